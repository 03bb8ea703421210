"""Roles of an organization: create, list, show, change, delete (companion, "Organizations")."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import DomainError, PermissionDenied, RoleInUse, ValidationFailed
from chalicelib.organizations import store as organizations
from chalicelib.organizations.granting import Office, ensure_grantable, office, read_again
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.store import RoleBook
from chalicelib.runtime import Runtime
from chalicelib.table import id_blocks, keys, optimistic
from chalicelib.table.paging import Page, Position, slice_of
from chalicelib.table.snapshot import Snapshot
from chalicelib.web.uniqueness import Unique

_NAME_TAKEN = "role with this name already exists."
MOST_ROLES = 100  # of two kilobytes at most, in one item of at most 400


def list_page(
    *, principal: StaffPrincipal, limit: int, after: Position | None, records: Snapshot
) -> Page[Role]:
    """Return one page of the roles of the principal's organization, in the order of ids."""
    book = roles.book_in(records, principal.organization.id)
    listed = [book.roles[number] for number in sorted(book.roles)]
    return slice_of(listed, limit, after, lambda role: keys.by_id(role.id))


def uniqueness(principal: StaffPrincipal, records: Snapshot, own_id: int | None = None) -> Unique:
    """Return what tells why a role can't have a name; `own_id` is the role that may keep its own."""
    book = roles.book_in(records, principal.organization.id)
    return {"name": lambda name: _NAME_TAKEN if _is_taken(book, name, own_id) else None}


def role_in(
    principal: StaffPrincipal, role_id: int | None, records: Snapshot, *, missing: type[DomainError]
) -> Role:
    """Return a role of the principal's organization: the only way in which a request gets one.

    Args:
        principal: with the rights held in the organization that the request names.
        role_id: from the path.
        records: what was read along.
        missing: the error when there is no such role in that organization.
    """
    return _role(roles.book_in(records, principal.organization.id), role_id, missing)


def _role(book: RoleBook, role_id: int | None, missing: type[DomainError]) -> Role:
    role = None if role_id is None else book.roles.get(role_id)
    if role is None:
        raise missing
    return role


def create(
    fields: Mapping[str, Any], *, principal: StaffPrincipal, records: Snapshot, runtime: Runtime
) -> Role:
    """Create a role.

    Raises:
        PermissionDenied: it has a right that the principal does not hold.
        ValidationFailed: its name is taken, or there are as many roles as there can be.
        Unavailable: DynamoDB is busy or out of reach, or the roles keep changing.
    """
    entered = office(principal, records)
    ensure_grantable(entered, fields["permissions"])
    _ensure_room(entered.book)
    _ensure_name_free(entered.book, fields["name"], None)
    now = runtime.now()
    role = Role(
        id_blocks.next_id("role", runtime),
        fields["name"],
        fields["permissions"],
        created_at=now,
        updated_at=now,
    )

    def write(entered: Office) -> Role:
        ensure_grantable(entered, role.permissions)
        _ensure_room(entered.book)
        _ensure_name_free(entered.book, role.name, None)
        roles.write(entered.book, [*entered.book.roles.values(), role], runtime)
        return role

    return optimistic.write(write, entered, lambda: read_again(entered, "role_create", (), runtime), runtime)


def _ensure_room(book: RoleBook) -> None:
    if len(book.roles) >= MOST_ROLES:
        message = f"An organization can have at most {MOST_ROLES} roles."
        raise ValidationFailed({"non_field_errors": [message]})


def _ensure_name_free(book: RoleBook, name: str, own_id: int | None) -> None:
    if _is_taken(book, name, own_id):
        raise ValidationFailed({"name": [_NAME_TAKEN]})


def _is_taken(book: RoleBook, name: str, own_id: int | None) -> bool:
    return any(role.name == name and role.id != own_id for role in book.roles.values())


def change(
    role: Role,
    fields: Mapping[str, Any],
    *,
    principal: StaffPrincipal,
    records: Snapshot,
    runtime: Runtime,
) -> Role:
    """Change a role; its new permissions replace the old ones from the next request on.

    Raises:
        PermissionDenied: it would have a right that the principal does not hold, it is the principal's own,
            or it was deleted meanwhile.
        ValidationFailed: its new name is taken.
        Unavailable: DynamoDB is busy or out of reach, or the roles keep changing.
    """

    def write(entered: Office) -> Role:
        before = _role(entered.book, role.id, PermissionDenied)
        changes = {name: value for name, value in fields.items() if getattr(before, name) != value}
        if "permissions" in fields:
            ensure_grantable(entered, fields["permissions"])
        if not changes:
            return before
        if "permissions" in changes:
            _ensure_not_own(entered, before)
        changed = replace(before, **changes, updated_at=runtime.now())
        _ensure_name_free(entered.book, changed.name, changed.id)
        roles.write(entered.book, _with(entered.book, [changed]), runtime)
        return changed

    entered = office(principal, records)
    return optimistic.write(write, entered, lambda: read_again(entered, "role_change", (), runtime), runtime)


def _ensure_not_own(entered: Office, role: Role) -> None:
    own = organizations.role_held(entered.records, entered.principal.organization.id, entered.principal.id)
    if own is not None and own.id == role.id:
        raise PermissionDenied


def _with(book: RoleBook, changed: Iterable[Role]) -> Iterable[Role]:
    return {**book.roles, **{role.id: role for role in changed}}.values()


def counted(book: RoleBook, changes: Mapping[int, int]) -> Iterable[Role]:
    """Return the roles with changed counts of members, by role id; a role that is gone is left out."""
    known = (book.roles[number] for number in changes if number in book.roles)
    return _with(book, [replace(role, members=max(0, role.members + changes[role.id])) for role in known])


def delete(role: Role, *, principal: StaffPrincipal, records: Snapshot, runtime: Runtime) -> None:
    """Delete a role that no member has.

    Raises:
        RoleInUse: a member has it.
        PermissionDenied: it was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the roles keep changing.
    """

    def write(entered: Office) -> None:
        if _role(entered.book, role.id, PermissionDenied).members:
            raise RoleInUse
        left = [kept for kept in entered.book.roles.values() if kept.id != role.id]
        roles.write(entered.book, left, runtime)

    entered = office(principal, records)
    optimistic.write(write, entered, lambda: read_again(entered, "role_delete", (), runtime), runtime)
