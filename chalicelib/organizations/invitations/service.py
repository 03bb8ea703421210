"""Which invitation a request is about, and a user's list of them."""

from collections.abc import Iterable

from chalicelib import ids
from chalicelib.auth.staff import StaffCall
from chalicelib.errors import NotFound, TooManyMemberships
from chalicelib.organizations.invitations.schemas import InvitationObject, invitation_object
from chalicelib.organizations.members import store
from chalicelib.organizations.members.model import MAX_MEMBERSHIPS, Member
from chalicelib.organizations.members.store import (
    MEMBER,
    ORGANIZATION_OF_INVITATION,
    memberships_of,
    role_of,
)
from chalicelib.organizations.model import Organization
from chalicelib.organizations.store import ORGANIZATION
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import Page
from chalicelib.table.preloaded import Preloaded, within_one_read
from chalicelib.web.request import Request


def keys_of_user(request: Request) -> list[Key | None]:
    """Return the keys of the invitation that the path names, and of what the user has accepted."""
    user_id = ids.parse(request.subject)
    return [key_of(keys.invitation, user_id, request.id), key_of(keys.memberships, user_id)]


def member_keys(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the keys of the membership that the path names, and of its organization."""
    user_id = ids.parse(request.subject)
    organization_id = None if user_id is None else _organization_of(request, user_id, preloaded)
    return [key_of(keys.organization, organization_id), key_of(keys.member, organization_id, user_id)]


def _organization_of(request: Request, user_id: int, preloaded: Preloaded) -> int | None:
    invites = preloaded.get(ORGANIZATION_OF_INVITATION, key_of(keys.invitation, user_id, request.id))
    accepted = memberships_of(preloaded, user_id).items()
    return invites or next((number for number, held in accepted if held.id == request.id), None)


def member_to_accept(call: StaffCall) -> Member:
    """Return the membership that the path names, accepted already or not.

    Raises:
        NotFound: the user was not offered it, or its organization is closed.
    """
    member = _member(call)
    if member is None:
        # It may have been accepted while both keys were read: then neither the invitation nor what was
        # accepted was there.
        call.read_again(keys_of_user(call.request))
        call.read(member_keys(call.request, call.preloaded))
        member = _member(call)
    if member is None:
        raise NotFound
    return member


def _member(call: StaffCall) -> Member | None:
    organization_key, member_key = member_keys(call.request, call.preloaded)
    member = call.preloaded.get(MEMBER, member_key)
    if member is None or member.id != call.request.id:
        return None
    return member if _open(call.preloaded.get(ORGANIZATION, organization_key)) else None


def _open(organization: Organization | None) -> Organization | None:
    return None if organization is None or organization.closed else organization


def ensure_room(call: StaffCall) -> None:
    """Refuse to accept more memberships than a user can have."""
    if len(memberships_of(call.preloaded, call.principal.id)) >= MAX_MEMBERSHIPS:
        raise TooManyMemberships(MAX_MEMBERSHIPS)


def list_invitations(call: StaffCall) -> Page[InvitationObject]:
    """Return one page of what open organizations offer the principal."""
    found = store.page_of_invitations(call.principal.id, call.page, call.runtime)
    page, to_read = within_one_read(found, _related_keys, store.position_after)
    preloaded = call.read(to_read)
    shown = (_shown(entry, preloaded) for entry in page.items)
    return Page([invitation for invitation in shown if invitation], page.next, None)


def _related_keys(entry: Member) -> Iterable[Key]:
    # The membership is read again by key: an index entry may lag behind.
    yield keys.member(entry.organization, entry.user)
    yield keys.organization(entry.organization)
    yield keys.roles(entry.organization)


def _shown(entry: Member, preloaded: Preloaded) -> InvitationObject | None:
    member = preloaded.get(MEMBER, keys.member(entry.organization, entry.user))
    organization = _open(preloaded.get(ORGANIZATION, keys.organization(entry.organization)))
    if member is None or member.accepted or member.id != entry.id or organization is None:
        return None
    return invitation_object(member, organization, role_of(preloaded, member))
