"""Clients of an organization: `/clients/…`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes
from chalicelib.errors import NotFound, PermissionDenied
from chalicelib.organizations import catalog as directory
from chalicelib.organizations.clients.answers import client_object
from chalicelib.organizations.clients.model import Client
from chalicelib.table.keys import Key
from chalicelib.web import list_query
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


def _client(request: StaffRequest) -> Iterable[Key]:
    return directory.keys_of(Client, request.organization_id, request.path_id())


def _counter(_: StaffRequest) -> Iterable[Key]:
    return directory.keys_to_create(Client)


@endpoint(routes.CREATE_CLIENT, reads=_counter)
def create_client(request: StaffRequest) -> Response:
    """Create a client of the organization that the body names."""
    from chalicelib.organizations import inputs as organizations_in

    fields = organizations_in.load_client(request.body)
    client = directory.create(
        Client, fields, principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(201, client_object(client))


@endpoint(routes.LIST_CLIENTS)
def list_clients(request: StaffRequest) -> Response:
    """List the clients of an organization."""
    asked = list_query.parse(request, request.principal.organization.id)
    page = directory.list_page(
        Client, principal=request.principal, limit=asked.limit, after=asked.after, runtime=request.runtime
    )
    headers = paging.link_to_next(request, asked.list_name, page.next)
    return json_response(200, [client_object(shown) for shown in page.items], headers)


@endpoint(routes.SHOW_CLIENT, reads=_client)
def show_client(request: StaffRequest) -> Response:
    """Show a client of an organization."""
    client = directory.thing_in(
        Client, request.principal, request.path_id(), request.records, missing=NotFound
    )
    return json_response(200, client_object(client))


@endpoint(routes.REPLACE_CLIENT, reads=_client)
def replace_client(request: StaffRequest) -> Response:
    """Change a client."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_CLIENT, reads=_client)
def change_client(request: StaffRequest) -> Response:
    """Change some fields of a client."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.organizations import inputs as organizations_in

    client = _to_write(request)
    fields = organizations_in.load_client(request.body, partial=partial)
    changed = directory.change(client, fields, principal=request.principal, runtime=request.runtime)
    return json_response(200, client_object(changed))


@endpoint(routes.DELETE_CLIENT, reads=_client)
def delete_client(request: StaffRequest) -> Response:
    """Take a client off the list."""
    directory.delete(_to_write(request), principal=request.principal, runtime=request.runtime)
    return no_content()


def _to_write(request: StaffRequest) -> Client:
    return directory.thing_in(
        Client, request.principal, request.path_id(), request.records, missing=PermissionDenied
    )
