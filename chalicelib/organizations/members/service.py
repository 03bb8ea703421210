"""Members of an organization: create, list, show, change, delete (companion, "Organizations")."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib import ids
from chalicelib.accounts.model import User
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import DomainError, PermissionDenied, ValidationFailed
from chalicelib.organizations.granting import Office, ensure_grantable, office, read_again
from chalicelib.organizations.members import store as members
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.roles.service import counted
from chalicelib.runtime import Runtime
from chalicelib.table import id_blocks, keys, optimistic
from chalicelib.table.engine import Refused, read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot
from chalicelib.web.uniqueness import Unique

_MEMBER_ALREADY = "This user is already a member."


def keys_named_in(body: Mapping[str, Any]) -> list[Key]:
    """Return the keys of the records that a body refers to, so that they are read along with the session."""
    user_id = ids.parse(body.get("user"))
    return [] if user_id is None else [keys.user(user_id)]


def keys_of_member(organization_id: int | None, member_id: int | None) -> list[Key]:
    """Return the key to read for a membership that a path names."""
    if organization_id is None or member_id is None:
        return []
    return [keys.member_id(organization_id, member_id)]


@dataclass(frozen=True)
class _Confirmed(Container[int]):
    """The confirmed users that have not left, as far as they were read."""

    records: Snapshot

    def __contains__(self, user_id: object) -> bool:
        assert isinstance(user_id, int)
        user = self.records.get(User, keys.user(user_id))
        return user is not None and user.confirmed and not user.closed


def references(principal: StaffPrincipal, records: Snapshot) -> dict[str, Container[int]]:
    """Return, for each field of a membership that names a record, the ids that it may name."""
    return {"user": _Confirmed(records), "role": office(principal, records).book.roles}


def uniqueness(principal: StaffPrincipal, runtime: Runtime, own: Member | None = None) -> Unique:
    """Return what tells why a user can't become a member; `own` is the membership that may keep its user."""
    home = principal.organization

    def why_not(user_id: int) -> str | None:
        if own is not None and own.user == user_id:
            return None
        place = keys.member(home.id, user_id)
        inside = user_id == home.creator or place in read([place], runtime)
        return _MEMBER_ALREADY if inside else None

    return {"user": why_not}


def list_page(
    *, principal: StaffPrincipal, limit: int, after: Position | None, runtime: Runtime
) -> Page[Member]:
    """Return one page of the organization's members.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    return members.page(principal.organization.id, runtime, limit=limit, after=after)


def member_in(
    principal: StaffPrincipal,
    member_id: int | None,
    records: Snapshot,
    runtime: Runtime,
    *,
    missing: type[DomainError],
) -> Member:
    """Return a membership of the principal's organization: the only way in which a request gets one.

    Args:
        principal: with the rights held in the organization that the request names.
        member_id: from the path.
        records: what was read along.
        runtime: the way to wait between tries.
        missing: the error when there is no such membership in that organization.
    """
    home = principal.organization.id
    user_id = None if member_id is None else members.user_behind(records, home, member_id)
    if user_id is None:
        raise missing
    key = keys.member(home, user_id)
    found = (records if key in records else read([key], runtime)).get(Member, key)
    if found is None or found.id != member_id:
        raise missing
    return found


def create(
    fields: Mapping[str, Any], *, principal: StaffPrincipal, records: Snapshot, runtime: Runtime
) -> Member:
    """Make a user a member with a role.

    Raises:
        PermissionDenied: the role has a right that the principal does not hold.
        ValidationFailed: the user is a member already, or the role was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the roles keep changing.
    """
    entered = office(principal, records)
    _ensure_gives(entered, fields["role"])
    _ensure_outside(entered, fields["user"])
    now = runtime.now()
    member = Member(
        id=id_blocks.next_id("member", runtime),
        organization=principal.organization.id,
        user=fields["user"],
        role=fields["role"],
        organization_creator=principal.organization.creator,
        created_at=now,
        updated_at=now,
    )

    def write(entered: Office) -> Member:
        _ensure_gives(entered, member.role)
        try:
            members.add(member, entered.book, counted(entered.book, {member.role: 1}), runtime)
        except Refused as refused:
            raise _already(refused) from refused
        return member

    right = "organization_member_create"
    return optimistic.write(write, entered, lambda: read_again(entered, right, (), runtime), runtime)


def _ensure_gives(entered: Office, role_id: int) -> None:
    """Refuse to give a role that is gone, or that has a right which the principal does not hold."""
    role = entered.book.roles.get(role_id)
    if role is None:
        raise ValidationFailed({"role": [ids.unknown(role_id)]})
    ensure_grantable(entered, role.permissions)


def _ensure_outside(entered: Office, user_id: int) -> None:
    """Refuse who is inside without being a member: the organization's creator."""
    if user_id == entered.principal.organization.creator:
        raise _member_already()


def _already(refused: Refused) -> DomainError | Refused:
    """Return what a refusal means: the user is a member, or something changed meanwhile."""
    return _member_already() if members.PLACE in refused.stored else refused


def _member_already() -> ValidationFailed:
    return ValidationFailed({"user": [_MEMBER_ALREADY]})


def change(
    member: Member,
    fields: Mapping[str, Any],
    *,
    principal: StaffPrincipal,
    records: Snapshot,
    runtime: Runtime,
) -> Member:
    """Give a membership another role, or to another user.

    Raises:
        PermissionDenied: it is the principal's own, the role has a right that the principal does not hold, or
            the membership was deleted meanwhile.
        ValidationFailed: the user is a member already, or the role was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the roles keep changing.
    """

    def write(state: tuple[Office, Member]) -> Member:
        entered, before = state
        changes = {name: value for name, value in fields.items() if getattr(before, name) != value}
        if not changes:
            return before
        if before.user == entered.principal.id:
            raise PermissionDenied
        changed = replace(before, **changes, updated_at=runtime.now(), version=before.version + 1)
        _ensure_gives(entered, changed.role)
        _ensure_outside(entered, changed.user)
        moved = {} if changed.role == before.role else {before.role: -1, changed.role: 1}
        try:
            members.replace(before, changed, entered.book, counted(entered.book, moved), runtime)
        except Refused as refused:
            raise _already(refused) from refused
        return changed

    entered = office(principal, records)
    right = "organization_member_change"
    again = _again(entered, right, member, runtime)
    return optimistic.write(write, (entered, member), again, runtime)


def delete(member: Member, *, principal: StaffPrincipal, records: Snapshot, runtime: Runtime) -> None:
    """Delete a membership; its user is out from the next request on.

    Raises:
        PermissionDenied: it was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the roles keep changing.
    """

    def write(state: tuple[Office, Member]) -> None:
        entered, before = state
        members.remove(before, entered.book, counted(entered.book, {before.role: -1}), runtime)

    entered = office(principal, records)
    again = _again(entered, "organization_member_delete", member, runtime)
    optimistic.write(write, (entered, member), again, runtime)


def _again(
    entered: Office, right: str, member: Member, runtime: Runtime
) -> Callable[[], tuple[Office, Member]]:
    """Return what reads an office and a membership in it anew."""

    def read_both() -> tuple[Office, Member]:
        key = keys.member_id(member.organization, member.id)
        anew = read_again(entered, right, (key, keys.member(member.organization, member.user)), runtime)
        found = member_in(anew.principal, member.id, anew.records, runtime, missing=PermissionDenied)
        return anew, found

    return read_both
