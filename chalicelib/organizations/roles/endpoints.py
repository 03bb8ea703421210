"""Roles of an organization: `/organizations/role-…`."""

from chalicelib.auth.staff import StaffCall, member_with
from chalicelib.contract import ADDS, WRITES, OrganizationIn
from chalicelib.errors import NotFound, RoleInUse
from chalicelib.organizations.roles import service
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.schemas import NewRole, RoleChange, RoleObject, role_object
from chalicelib.table import keys
from chalicelib.table.paging import Page, page_of_sequence
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Paging


@endpoint(
    POST,
    "/organizations/role-c",
    who=member_with("role_create"),
    organization=OrganizationIn.BODY,
    takes=NewRole,
    taken=service.taken,
    status=201,
    uses=ADDS,
    new_id="role",
)
def create_role(call: StaffCall, new: NewRole) -> RoleObject:
    """Create a role in the organization that the body names."""
    now = call.now
    role = Role(call.next_id("role"), new.name, new.permissions, created_at=now, updated_at=now)
    service.ensure_holds(call, new.permissions)
    service.ensure_room(call, role)
    service.ensure_name_free(call, new.name)
    service.write(call, role)
    return _shown(call, role)


@endpoint(
    GET,
    "/organizations/role-l/{organization}",
    who=member_with("role_view"),
    organization=OrganizationIn.PATH,
    paging=Paging.LINK,
)
def list_roles(call: StaffCall) -> Page[RoleObject]:
    """List the roles of an organization."""
    roles = sorted(service.roles_of_organization(call).items())
    page = page_of_sequence([role for _, role in roles], call.page, lambda role: keys.by_id(role.id))
    return page.map(lambda role: _shown(call, role))


@endpoint(
    GET,
    "/organizations/role-r/{id}/{organization}",
    who=member_with("role_view"),
    organization=OrganizationIn.PATH,
    errors=(NotFound,),
    loads=service.role_to_show,
)
def show_role(call: StaffCall, role: Role) -> RoleObject:
    """Show a role of an organization."""
    return _shown(call, role)


@endpoint(
    PUT,
    "/organizations/role-ud/{id}",
    who=member_with("role_change"),
    organization=OrganizationIn.BODY,
    takes=RoleChange,
    taken=service.taken,
    uses=WRITES,
    loads=service.role_to_change,
)
def replace_role(call: StaffCall, role: Role, change: RoleChange) -> RoleObject:
    """Change a role's name and permissions."""
    return _shown(call, service.change_role(call, role, changes_in(change)))


@endpoint(
    PATCH,
    "/organizations/role-ud/{id}",
    who=member_with("role_change"),
    organization=OrganizationIn.BODY,
    takes=RoleChange,
    partial=True,
    taken=service.taken,
    uses=WRITES,
    loads=service.role_to_change,
)
def change_role(call: StaffCall, role: Role, change: RoleChange) -> RoleObject:
    """Change a role's name or permissions."""
    return _shown(call, service.change_role(call, role, changes_in(change)))


@endpoint(
    DELETE,
    "/organizations/role-ud/{id}",
    who=member_with("role_delete"),
    organization=OrganizationIn.BODY,
    status=204,
    errors=(RoleInUse,),
    uses=WRITES,
    loads=service.role_to_change,
)
def delete_role(call: StaffCall, role: Role) -> None:
    """Delete a role that no member has; nobody deletes rights that they do not hold."""
    service.ensure_holds(call, role.permissions)
    if role.member_count:
        raise RoleInUse
    service.delete(call, role)


def _shown(call: StaffCall, role: Role) -> RoleObject:
    return role_object(role, call.principal.organization.id)
