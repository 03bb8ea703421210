"""Services of an organization: `/organizations/service-…`."""

from chalicelib.auth.staff import StaffCall, member_with
from chalicelib.contract import ADDS, LISTS, WRITES, OrganizationIn
from chalicelib.errors import NotFound
from chalicelib.organizations.catalog.service import (
    change_entry,
    delete_entry,
    entry_key,
    entry_to_change,
    entry_to_show,
)
from chalicelib.organizations.schemas import OrganizationObject
from chalicelib.organizations.service import creator_key, organization_with_creator
from chalicelib.organizations.services.model import Service
from chalicelib.organizations.services.schemas import NewService, ServiceChange, ServiceObject, service_object
from chalicelib.organizations.services.store import SERVICES
from chalicelib.table.paging import Page
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Paging


@endpoint(
    POST,
    "/organizations/service-c",
    who=member_with("service_create"),
    organization=OrganizationIn.BODY,
    takes=NewService,
    status=201,
    uses=ADDS,
    new_id="service",
    preload_next=creator_key,
)
def create_service(call: StaffCall, new: NewService) -> ServiceObject:
    """Create a service of the organization that the body names."""
    now = call.now
    service = Service(
        id=call.next_id("service"),
        organization=call.principal.organization.id,
        name=new.name,
        address=new.address,
        phone=new.phone,
        created_at=now,
        updated_at=now,
    )
    SERVICES.add(call.work, service)
    return service_object(service, _organization(call))


@endpoint(
    GET,
    "/organizations/service-l/{organization}",
    who=member_with("service_view"),
    organization=OrganizationIn.PATH,
    paging=Paging.LINK,
    uses=LISTS,
    preload_next=creator_key,
)
def list_services(call: StaffCall) -> Page[ServiceObject]:
    """List the services of an organization."""
    page = SERVICES.page(call.principal.organization.id, call.page, call.runtime)
    organization = _organization(call)
    return page.map(lambda service: service_object(service, organization))


@endpoint(
    GET,
    "/organizations/service-r/{id}/{organization}",
    who=member_with("service_view"),
    organization=OrganizationIn.PATH,
    errors=(NotFound,),
    preload=entry_key(SERVICES),
    preload_next=creator_key,
    loads=entry_to_show(SERVICES),
)
def show_service(call: StaffCall, service: Service) -> ServiceObject:
    """Show a service of an organization."""
    return service_object(service, _organization(call))


@endpoint(
    PUT,
    "/organizations/service-ud/{id}",
    who=member_with("service_change"),
    organization=OrganizationIn.BODY,
    takes=ServiceChange,
    uses=WRITES,
    preload=entry_key(SERVICES),
    preload_next=creator_key,
    loads=entry_to_change(SERVICES),
)
def replace_service(call: StaffCall, service: Service, change: ServiceChange) -> ServiceObject:
    """Change a service."""
    changed = change_entry(SERVICES, call, service, changes_in(change))
    return service_object(changed, _organization(call))


@endpoint(
    PATCH,
    "/organizations/service-ud/{id}",
    who=member_with("service_change"),
    organization=OrganizationIn.BODY,
    takes=ServiceChange,
    partial=True,
    uses=WRITES,
    preload=entry_key(SERVICES),
    preload_next=creator_key,
    loads=entry_to_change(SERVICES),
)
def change_service(call: StaffCall, service: Service, change: ServiceChange) -> ServiceObject:
    """Change some fields of a service."""
    changed = change_entry(SERVICES, call, service, changes_in(change))
    return service_object(changed, _organization(call))


@endpoint(
    DELETE,
    "/organizations/service-ud/{id}",
    who=member_with("service_delete"),
    organization=OrganizationIn.BODY,
    status=204,
    uses=WRITES,
    preload=entry_key(SERVICES),
    loads=entry_to_change(SERVICES),
)
def delete_service(call: StaffCall, service: Service) -> None:
    """Take a service off the list."""
    delete_entry(SERVICES, call, service)


def _organization(call: StaffCall) -> OrganizationObject:
    return organization_with_creator(call.principal.organization, call.preloaded, call.request.base_url)
