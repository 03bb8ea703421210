"""Roles of an organization: `/organizations/role-…`."""

from chalice.app import Response

from chalicelib import routes
from chalicelib.errors import NotFound, PermissionDenied
from chalicelib.organizations.roles import service as roles
from chalicelib.organizations.roles.answers import RoleObject, role_object
from chalicelib.organizations.roles.model import Role
from chalicelib.web import list_query
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


@endpoint(routes.CREATE_ROLE)
def create_role(request: StaffRequest) -> Response:
    """Create a role in the organization that the body names."""
    from chalicelib.organizations import inputs as organizations_in

    unique = roles.uniqueness(request.principal, request.records)
    fields = organizations_in.load_role(request.body, unique)
    role = roles.create(fields, principal=request.principal, records=request.records, runtime=request.runtime)
    return json_response(201, _shown(role, request))


@endpoint(routes.LIST_ROLES)
def list_roles(request: StaffRequest) -> Response:
    """List the roles of an organization."""
    asked = list_query.parse(request, request.principal.organization.id)
    page = roles.list_page(
        principal=request.principal, limit=asked.limit, after=asked.after, records=request.records
    )
    headers = paging.link_to_next(request, asked.list_name, page.next)
    return json_response(200, [_shown(role, request) for role in page.items], headers)


@endpoint(routes.SHOW_ROLE)
def show_role(request: StaffRequest) -> Response:
    """Show a role of an organization."""
    role = roles.role_in(request.principal, request.path_id(), request.records, missing=NotFound)
    return json_response(200, _shown(role, request))


@endpoint(routes.REPLACE_ROLE)
def replace_role(request: StaffRequest) -> Response:
    """Change a role's name and permissions."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_ROLE)
def change_role(request: StaffRequest) -> Response:
    """Change a role's name or permissions."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.organizations import inputs as organizations_in

    role = roles.role_in(request.principal, request.path_id(), request.records, missing=PermissionDenied)
    unique = roles.uniqueness(request.principal, request.records, role.id)
    fields = organizations_in.load_role(request.body, unique, partial=partial)
    changed = roles.change(
        role, fields, principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(200, _shown(changed, request))


@endpoint(routes.DELETE_ROLE)
def delete_role(request: StaffRequest) -> Response:
    """Delete a role that no member has."""
    role = roles.role_in(request.principal, request.path_id(), request.records, missing=PermissionDenied)
    roles.delete(role, principal=request.principal, records=request.records, runtime=request.runtime)
    return no_content()


def _shown(role: Role, request: StaffRequest) -> RoleObject:
    return role_object(role, request.principal.organization.id)
