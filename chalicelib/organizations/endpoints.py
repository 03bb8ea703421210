"""Organizations: `/organizations/organization-…` and `/organizations/perm-l`."""

from dataclasses import replace

from chalicelib.auth.staff import CONFIRMED, MEMBER_OF_ORGANIZATION, SIGNED_IN, StaffCall, member_with
from chalicelib.contract import ADDS, DELETES, LISTS, WRITES, OrganizationIn
from chalicelib.organizations import service, store
from chalicelib.organizations.model import Organization
from chalicelib.organizations.schemas import (
    NewOrganization,
    OrganizationChange,
    OrganizationObject,
    PermissionObject,
    permission_objects,
)
from chalicelib.table import keys
from chalicelib.table.paging import Page, page_of_sequence
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Paging


@endpoint(
    POST,
    "/organizations/organization-lc",
    who=CONFIRMED,
    takes=NewOrganization,
    taken=service.taken,
    status=201,
    uses=ADDS,
    new_id="organization",
)
def create_organization(call: StaffCall, new: NewOrganization) -> OrganizationObject:
    """Found an organization; I become its creator."""
    now = call.now
    organization = Organization(
        id=call.next_id("organization"),
        name=new.name,
        description=new.description,
        address=new.address,
        creator=call.principal.id,
        created_at=now,
        updated_at=now,
        numbers=new.numbers,
        links=new.links,
    )
    store.add(call.work, organization)
    return _shown(call, organization)


@endpoint(
    GET,
    "/organizations/organization-lc",
    who=SIGNED_IN,
    paging=Paging.LINK,
    own_list=True,
    uses=LISTS,
)
def list_organizations(call: StaffCall) -> Page[OrganizationObject]:
    """List the organizations that I created or am a member of."""
    return service.list_organizations(call).map(lambda organization: _shown(call, organization))


@endpoint(
    GET,
    "/organizations/organization-rud/{organization}",
    who=MEMBER_OF_ORGANIZATION,
    organization=OrganizationIn.PATH,
    preload_next=service.creator_key,
)
def show_organization(call: StaffCall) -> OrganizationObject:
    """Show an organization."""
    return _shown(call, call.principal.organization)


@endpoint(
    PUT,
    "/organizations/organization-rud/{organization}",
    who=member_with("organization_change"),
    organization=OrganizationIn.PATH,
    takes=OrganizationChange,
    taken=service.taken,
    uses=WRITES | DELETES,
    preload_next=service.creator_key,
)
def replace_organization(call: StaffCall, change: OrganizationChange) -> OrganizationObject:
    """Change an organization."""
    return _changed(call, change)


@endpoint(
    PATCH,
    "/organizations/organization-rud/{organization}",
    who=member_with("organization_change"),
    organization=OrganizationIn.PATH,
    takes=OrganizationChange,
    partial=True,
    taken=service.taken,
    uses=WRITES | DELETES,
    preload_next=service.creator_key,
)
def change_organization(call: StaffCall, change: OrganizationChange) -> OrganizationObject:
    """Change some fields of an organization."""
    return _changed(call, change)


def _changed(call: StaffCall, change: OrganizationChange) -> OrganizationObject:
    before, changes = call.principal.organization, changes_in(change)
    if not changes:
        return _shown(call, before)
    after = replace(before, **changes, updated_at=call.now, version=before.version + 1)
    store.replace(call.work, before, after)
    return _shown(call, after)


@endpoint(
    DELETE,
    "/organizations/organization-rud/{organization}",
    who=member_with("organization_delete"),
    organization=OrganizationIn.PATH,
    status=204,
    uses=ADDS | DELETES,
)
def close_organization(call: StaffCall) -> None:
    """Close an organization.

    Nothing in it is destroyed, and nobody can access it any more.
    """
    before = call.principal.organization
    after = replace(before, closed=True, updated_at=call.now, version=before.version + 1)
    store.close(call.work, before, after)


@endpoint(
    GET,
    "/organizations/perm-l/{organization}",
    who=member_with("perm_view"),
    organization=OrganizationIn.PATH,
    paging=Paging.LINK,
)
def list_permissions(call: StaffCall) -> Page[PermissionObject]:
    """List the permissions that a role can have."""
    return page_of_sequence(permission_objects(), call.page, lambda shown: keys.by_id(shown["id"]))


def _shown(call: StaffCall, organization: Organization) -> OrganizationObject:
    return service.organization_with_creator(organization, call.preloaded, call.request.base_url)
