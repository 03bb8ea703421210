"""What memberships refer to, which one a request is about, and who may give which role to whom."""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from chalicelib import ids
from chalicelib.accounts.store import USER
from chalicelib.auth.staff import StaffCall, member_with
from chalicelib.errors import DomainError, NotFound, PermissionDenied, ValidationFailed
from chalicelib.frozen import frozen
from chalicelib.organizations.members import store
from chalicelib.organizations.members.model import MAX_MEMBERS, Member
from chalicelib.organizations.members.store import (
    ALREADY_MEMBER,
    MEMBER,
    USER_OF_MEMBER,
    already_member,
    role_of,
)
from chalicelib.organizations.roles.service import (
    change_members,
    ensure_holds,
    roles_of_organization,
)
from chalicelib.organizations.roles.store import former_members
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import StaleState
from chalicelib.web.fields import References, Taken
from chalicelib.web.request import Request

MAY_DELETE = member_with("organization_member_delete")


def user_key(request: Request) -> list[Key | None]:
    """Return the key of the user whom a body makes a member."""
    return [key_of(keys.user, request.given.get("user"))]


def id_key(request: Request) -> list[Key | None]:
    """Return the key that tells whose membership the path names."""
    return [key_of(keys.member_id, request.organization_id, request.id)]


def id_and_user_keys(request: Request) -> list[Key | None]:
    """Return the keys of `id_key` and of `user_key`."""
    return [*id_key(request), *user_key(request)]


def member_key(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the key of the membership that the path names."""
    return [key_of(keys.member, request.organization_id, _user_of_path(request, preloaded))]


def member_keys(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the keys of the membership that the path names, and of all that its user has accepted."""
    of_user = key_of(keys.memberships, _user_of_path(request, preloaded))
    return [*member_key(request, preloaded), of_user]


def _user_of_path(request: Request, preloaded: Preloaded) -> int | None:
    (by_id,) = id_key(request)
    return preloaded.get(USER_OF_MEMBER, by_id)


def member_to_show(call: StaffCall) -> Member:
    """Return the membership that the path names.

    Raises:
        NotFound: there is none in the organization that the right is held in.
    """
    return _member(call, NotFound)


def member_to_change(call: StaffCall) -> Member:
    """Return the membership that the path names.

    Raises:
        PermissionDenied: there is none in the organization that the right is held in.
    """
    return _member(call, PermissionDenied)


def member_to_delete(call: StaffCall) -> Member:
    """Return the membership that the path names: the principal's own, or one that the principal may end.

    Raises:
        PermissionDenied: it is another's and the principal lacks the right, or there is none.
    """
    member = _member(call, PermissionDenied)
    if member.user != call.principal.id:
        if not MAY_DELETE.allows(call.principal):
            raise PermissionDenied
        ensure_may_take(call, member)
    return member


def _member(call: StaffCall, missing: type[DomainError]) -> Member:
    user_id = _user_of_path(call.request, call.preloaded)
    if user_id is None:
        raise missing
    member = call.preloaded.require(MEMBER, keys.member(call.principal.organization.id, user_id))
    if member.id != call.request.id:
        raise StaleState
    return member


@frozen
class _ConfirmedUsers(Container[int]):
    """The confirmed users whose accounts are open, as far as they were read."""

    preloaded: Preloaded

    def __contains__(self, user_id: object) -> bool:
        user = self.preloaded.get(USER, key_of(keys.user, user_id))
        return user is not None and user.confirmed and not user.closed


def references(call: StaffCall) -> References:
    """Return, for each field of a membership that names a record, the ids that it may name."""
    return {"user": _ConfirmedUsers(call.preloaded), "role": roles_of_organization(call)}


def taken(call: StaffCall) -> Taken:
    """Return what tells why a user can't become a member; a membership may keep its own user."""
    own: Member | None = call.loaded
    organization = call.principal.organization

    def reason(field: str, value: int) -> str | None:
        if field != "user" or (own is not None and own.user == value):
            return None
        key = keys.member(organization.id, value)
        is_member = value == organization.creator or key in call.read([key])
        return ALREADY_MEMBER if is_member else None

    return reason


def ensure_may_have(call: StaffCall, user_id: int, role_id: int) -> None:
    """Refuse a membership that the principal may not give.

    Raises:
        PermissionDenied: the role has a right that the principal does not hold.
        ValidationFailed: there is no such role, or the user is the organization's creator, who has every
            right without being a member.
    """
    role = roles_of_organization(call).get(role_id)
    if role is None:
        raise ValidationFailed({"role": [ids.unknown(role_id)]})
    ensure_holds(call, role.permissions)
    if user_id == call.principal.organization.creator:
        raise already_member()


def ensure_room(call: StaffCall, user_id: int, instead_of: Member | None = None) -> None:
    """Refuse to invite a user with whom an organization would have too many members, former ones included.

    Whoever was a member before is one of them already, and who accepted a membership stays one of them.
    """
    former = former_members(call.preloaded, call.principal.organization.id)
    if user_id in former:
        return
    members = sum(role.member_count for role in roles_of_organization(call).values())
    more = 1 if instead_of is None or instead_of.accepted else 0
    if members + len(former) + more > MAX_MEMBERS:
        message = f"An organization can have at most {MAX_MEMBERS} members, invited and former ones included."
        raise ValidationFailed({"non_field_errors": [message]})


def first_version(call: StaffCall) -> int:
    """Return the version that a new membership has.

    It is larger than that of any earlier one of the same user, since whatever ends one changes the roles: who
    has read that one can't write over the new one.
    """
    return call.preloaded.version(keys.roles(call.principal.organization.id)) + 1


def ensure_may_take(call: StaffCall, member: Member) -> None:
    """Refuse to remove a role with a right that the principal does not hold."""
    ensure_holds(call, role_of(call.preloaded, member).permissions)


def change_member(call: StaffCall, before: Member, given: Mapping[str, Any]) -> Member:
    """Give a membership another role, or offer it to another user; nobody changes their own."""
    changes = {name: value for name, value in given.items() if getattr(before, name) != value}
    if not changes:
        return before
    if before.user == call.principal.id:
        raise PermissionDenied
    after = replace(before, **changes, updated_at=call.now, version=before.version + 1)
    ensure_may_take(call, before)
    ensure_may_have(call, after.user, after.role)
    if after.user != before.user:
        ensure_room(call, after.user, instead_of=before)
        after = replace(after, accepted=False, version=first_version(call))
    store.replace(call.work, before, after, call.preloaded)
    counts = {} if after.role == before.role else {before.role: -1, after.role: 1}
    change_members(call, counts, leaving=None if after.user == before.user else before)
    return after
