"""Organizations: `/organizations/organization-…` and `/organizations/perm-l`."""

from chalice.app import Response

from chalicelib import routes
from chalicelib.accounts.answers import user_object
from chalicelib.organizations import service as organizations
from chalicelib.organizations.answers import OrganizationObject, organization_object, permission_objects
from chalicelib.organizations.service import FoundedOrganization
from chalicelib.table import keys
from chalicelib.table.paging import slice_of
from chalicelib.web import list_query
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


@endpoint(routes.CREATE_ORGANIZATION)
def create_organization(request: StaffRequest) -> Response:
    """Found an organization; I become its creator."""
    from chalicelib.organizations import inputs as organizations_in

    unique = organizations.uniqueness(None, request.runtime)
    fields = organizations_in.load_organization(request.body, unique)
    founded = organizations.create(fields, principal=request.principal, runtime=request.runtime)
    return json_response(201, _shown(founded, request))


@endpoint(routes.LIST_ORGANIZATIONS)
def list_organizations(request: StaffRequest) -> Response:
    """List the organizations that I created or am a member of."""
    asked = list_query.parse(request, request.principal.id)
    listed, following = organizations.list_page(
        principal=request.principal,
        limit=asked.limit,
        after=asked.after,
        known=request.records,
        runtime=request.runtime,
    )
    headers = paging.link_to_next(request, asked.list_name, following)
    return json_response(200, [_shown(founded, request) for founded in listed], headers)


@endpoint(routes.SHOW_ORGANIZATION)
def show_organization(request: StaffRequest) -> Response:
    """Show an organization."""
    founded = organizations.with_creator(request.principal.organization, request.records, request.runtime)
    return json_response(200, _shown(founded, request))


@endpoint(routes.REPLACE_ORGANIZATION)
def replace_organization(request: StaffRequest) -> Response:
    """Change an organization."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_ORGANIZATION)
def change_organization(request: StaffRequest) -> Response:
    """Change some fields of an organization."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.organizations import inputs as organizations_in

    unique = organizations.uniqueness(request.principal.organization.id, request.runtime)
    fields = organizations_in.load_organization(request.body, unique, partial=partial)
    changed = organizations.change(fields, principal=request.principal, runtime=request.runtime)
    founded = organizations.with_creator(changed, request.records, request.runtime)
    return json_response(200, _shown(founded, request))


@endpoint(routes.CLOSE_ORGANIZATION)
def close_organization(request: StaffRequest) -> Response:
    """Close an organization."""
    organizations.close(principal=request.principal, runtime=request.runtime)
    return no_content()


@endpoint(routes.LIST_PERMISSIONS)
def list_permissions(request: StaffRequest) -> Response:
    """List the permissions that a role can have."""
    asked = list_query.parse(request, request.principal.organization.id)
    listed = permission_objects()
    page = slice_of(listed, asked.limit, asked.after, lambda permission: keys.by_id(permission["id"]))
    return json_response(200, page.items, paging.link_to_next(request, asked.list_name, page.next))


def _shown(founded: FoundedOrganization, request: StaffRequest) -> OrganizationObject:
    creator = user_object(founded.creator, request.base_url)
    return organization_object(founded.organization, creator)
