"""Which role a request is about, and who may grant which rights."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from chalicelib.auth import rights
from chalicelib.auth.staff import StaffCall
from chalicelib.errors import DomainError, NotFound, PermissionDenied, ValidationFailed
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.organizations.roles import store
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.store import ROLES
from chalicelib.table import keys
from chalicelib.web.fields import Taken

MAX_ROLES = 100
MAX_BYTES = 64 * 1024  # of all together: every request in the organization reads them, at 4 KiB a unit
_NAME_TAKEN = "role with this name already exists."


def roles_of_organization(call: StaffCall) -> dict[int, Role]:
    """Return all roles of the organization that the right is held in, by id."""
    return call.preloaded.get(ROLES, keys.roles(call.principal.organization.id)) or {}


def role_to_show(call: StaffCall) -> Role:
    """Return the role that the path names.

    Raises:
        NotFound: there is none in the organization that the right is held in.
    """
    return _role(call, NotFound)


def role_to_change(call: StaffCall) -> Role:
    """Return the role that the path names.

    Raises:
        PermissionDenied: there is none in the organization that the right is held in.
    """
    return _role(call, PermissionDenied)


def _role(call: StaffCall, missing: type[DomainError]) -> Role:
    role_id = call.request.id
    role = None if role_id is None else roles_of_organization(call).get(role_id)
    if role is None:
        raise missing
    return role


def taken(call: StaffCall) -> Taken:
    """Return the function that tells whether a role's name is taken; a role may keep its own."""
    roles, own = roles_of_organization(call), call.loaded

    def reason(field: str, value: str) -> str | None:
        return _NAME_TAKEN if field == "name" and _is_taken(value, roles, own) else None

    return reason


def _is_taken(name: str, roles: Mapping[int, Role], own: Role | None) -> bool:
    own_id = None if own is None else own.id
    return any(role.name == name and role.id != own_id for role in roles.values())


def ensure_name_free(call: StaffCall, name: str, own: Role | None = None) -> None:
    """Refuse a name that another role has."""
    if _is_taken(name, roles_of_organization(call), own):
        raise ValidationFailed({"name": [_NAME_TAKEN]})


def ensure_room(call: StaffCall, role: Role) -> None:
    """Refuse a new or changed role with which there are too many, or too much is stored of them."""
    after = {**roles_of_organization(call), role.id: role}
    if len(after) > MAX_ROLES:
        _refuse(f"An organization can have at most {MAX_ROLES} roles.")
    if store.size(after) > MAX_BYTES:
        _refuse(f"All roles of an organization can have at most {MAX_BYTES // 1024} KiB together.")


def _refuse(message: str) -> NoReturn:
    raise ValidationFailed({"non_field_errors": [message]})


def ensure_holds(call: StaffCall, codenames: Iterable[str]) -> None:
    """Refuse to give, or to take away, a right that the principal does not hold."""
    if not rights.effective(codenames) <= call.principal.rights:
        raise PermissionDenied


def _ensure_not_own(call: StaffCall, role: Role) -> None:
    """Refuse to change the rights of the role that the principal has."""
    key = keys.member(call.principal.organization.id, call.principal.id)
    member = call.preloaded.get(MEMBER, key)
    if member is not None and member.role == role.id:
        raise PermissionDenied


def write(call: StaffCall, *roles: Role, leaving: int | None = None) -> None:
    """Write new or changed roles among the others, and which user leaves the organization."""
    after = {**roles_of_organization(call), **{role.id: role for role in roles}}
    store.replace(call.work, call.principal.organization.id, after, call.preloaded, leaving)


def delete(call: StaffCall, role: Role) -> None:
    """Write the roles without one of them."""
    left = {number: kept for number, kept in roles_of_organization(call).items() if number != role.id}
    store.replace(call.work, call.principal.organization.id, left, call.preloaded)


def change_role(call: StaffCall, before: Role, given: Mapping[str, Any]) -> Role:
    """Change a role; its new permissions replace the old ones from the next request on."""
    if "permissions" in given:
        ensure_holds(call, given["permissions"])
    changes = {name: value for name, value in given.items() if getattr(before, name) != value}
    if not changes:
        return before
    if "permissions" in changes:
        ensure_holds(call, before.permissions)
        _ensure_not_own(call, before)
    after = replace(before, **changes, updated_at=call.now)
    ensure_name_free(call, after.name, own=before)
    ensure_room(call, after)
    write(call, after)
    return after


def change_members(call: StaffCall, changes: Mapping[int, int], leaving: Member | None = None) -> None:
    """Change how many members have a role, by role id, and note who leaves the organization.

    The roles are written even without changes, on condition that the rights that were checked still hold.
    """
    roles = roles_of_organization(call)
    known = (roles[number] for number in changes if number in roles)
    changed = (replace(role, member_count=max(0, role.member_count + changes[role.id])) for role in known)
    write(call, *changed, leaving=leaving.user if leaving is not None and leaving.accepted else None)
