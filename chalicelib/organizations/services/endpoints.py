"""Services of an organization: `/organizations/service-…`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes
from chalicelib.accounts.answers import user_object
from chalicelib.errors import NotFound, PermissionDenied
from chalicelib.organizations import catalog as directory
from chalicelib.organizations import service as organizations
from chalicelib.organizations.answers import organization_object
from chalicelib.organizations.services.answers import ServiceObject, service_object
from chalicelib.organizations.services.model import Service
from chalicelib.table.keys import Key
from chalicelib.web import list_query
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


def _service(request: StaffRequest) -> Iterable[Key]:
    return directory.keys_of(Service, request.organization_id, request.path_id())


def _counter(_: StaffRequest) -> Iterable[Key]:
    return directory.keys_to_create(Service)


@endpoint(routes.CREATE_SERVICE, reads=_counter)
def create_service(request: StaffRequest) -> Response:
    """Create a service of the organization that the body names."""
    from chalicelib.organizations import inputs as organizations_in

    fields = organizations_in.load_service(request.body)
    service = directory.create(
        Service, fields, principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(201, _shown([service], request)[0])


@endpoint(routes.LIST_SERVICES)
def list_services(request: StaffRequest) -> Response:
    """List the services of an organization."""
    asked = list_query.parse(request, request.principal.organization.id)
    page = directory.list_page(
        Service, principal=request.principal, limit=asked.limit, after=asked.after, runtime=request.runtime
    )
    headers = paging.link_to_next(request, asked.list_name, page.next)
    return json_response(200, _shown(page.items, request), headers)


@endpoint(routes.SHOW_SERVICE, reads=_service)
def show_service(request: StaffRequest) -> Response:
    """Show a service of an organization."""
    service = directory.thing_in(
        Service, request.principal, request.path_id(), request.records, missing=NotFound
    )
    return json_response(200, _shown([service], request)[0])


@endpoint(routes.REPLACE_SERVICE, reads=_service)
def replace_service(request: StaffRequest) -> Response:
    """Change a service."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_SERVICE, reads=_service)
def change_service(request: StaffRequest) -> Response:
    """Change some fields of a service."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.organizations import inputs as organizations_in

    service = _to_write(request)
    fields = organizations_in.load_service(request.body, partial=partial)
    changed = directory.change(service, fields, principal=request.principal, runtime=request.runtime)
    return json_response(200, _shown([changed], request)[0])


@endpoint(routes.DELETE_SERVICE, reads=_service)
def delete_service(request: StaffRequest) -> Response:
    """Take a service off the list."""
    directory.delete(_to_write(request), principal=request.principal, runtime=request.runtime)
    return no_content()


def _to_write(request: StaffRequest) -> Service:
    return directory.thing_in(
        Service, request.principal, request.path_id(), request.records, missing=PermissionDenied
    )


def _shown(services: list[Service], request: StaffRequest) -> list[ServiceObject]:
    founded = organizations.with_creator(request.principal.organization, request.records, request.runtime)
    creator = user_object(founded.creator, request.base_url)
    home = organization_object(founded.organization, creator)
    return [service_object(service, home) for service in services]
