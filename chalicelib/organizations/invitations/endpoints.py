"""What organizations offer me: `/organizations/invitation-…`."""

from dataclasses import replace

from chalicelib.auth.staff import CONFIRMED, SIGNED_IN, StaffCall
from chalicelib.contract import ADDS, DELETES, LISTS
from chalicelib.errors import NotFound, TooManyMemberships
from chalicelib.organizations.invitations import service
from chalicelib.organizations.invitations.schemas import InvitationObject
from chalicelib.organizations.members import store
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.schemas import MemberObject, member_object
from chalicelib.table.paging import Page
from chalicelib.web.endpoint import GET, POST, endpoint
from chalicelib.web.paging import Paging


@endpoint(
    GET,
    "/organizations/invitation-l",
    who=SIGNED_IN,
    paging=Paging.LINK,
    own_list=True,
    uses=LISTS,
)
def list_invitations(call: StaffCall) -> Page[InvitationObject]:
    """List the memberships that I was offered and have not accepted, the newest first.

    To decline one, delete the membership.
    """
    return service.list_invitations(call)


@endpoint(
    POST,
    "/organizations/invitation-a/{id}",
    who=CONFIRMED,
    errors=(NotFound, TooManyMemberships),
    uses=ADDS | DELETES,
    preload=service.keys_of_user,
    preload_next=service.member_keys,
    loads=service.member_to_accept,
)
def accept_invitation(call: StaffCall, member: Member) -> MemberObject:
    """Accept a membership; its role's rights are mine from the next request on."""
    if member.accepted:
        return member_object(member)
    service.ensure_room(call)
    after = replace(member, accepted=True, updated_at=call.now, version=member.version + 1)
    store.accept(call.work, member, after, call.preloaded)
    return member_object(after)
