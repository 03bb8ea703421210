"""Clients of an organization: `/clients/…`."""

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
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.clients.schemas import ClientChange, ClientObject, NewClient, client_object
from chalicelib.organizations.clients.store import CLIENTS
from chalicelib.table.paging import Page
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Paging


@endpoint(
    POST,
    "/clients/client-c",
    who=member_with("client_create"),
    organization=OrganizationIn.BODY_OR_LIST,
    takes=NewClient,
    status=201,
    uses=ADDS,
    new_id="client",
)
def create_client(call: StaffCall, new: NewClient) -> ClientObject:
    """Create a client of the organization that the body names."""
    now = call.now
    client = Client(
        id=call.next_id("client"),
        organization=call.principal.organization.id,
        surname=new.surname,
        name=new.name,
        patronymic=new.patronymic,
        address=new.address,
        phone=new.phone,
        links=new.links,
        created_at=now,
        updated_at=now,
    )
    CLIENTS.add(call.work, client)
    return client_object(client)


@endpoint(
    GET,
    "/clients/client-l/{organization}",
    who=member_with("client_view"),
    organization=OrganizationIn.PATH,
    paging=Paging.LINK,
    uses=LISTS,
)
def list_clients(call: StaffCall) -> Page[ClientObject]:
    """List the clients of an organization."""
    return CLIENTS.page(call.principal.organization.id, call.page, call.runtime).map(client_object)


@endpoint(
    GET,
    "/clients/client-r/{id}/{organization}",
    who=member_with("client_view"),
    organization=OrganizationIn.PATH,
    errors=(NotFound,),
    preload=entry_key(CLIENTS),
    loads=entry_to_show(CLIENTS),
)
def show_client(call: StaffCall, client: Client) -> ClientObject:
    """Show a client of an organization."""
    return client_object(client)


@endpoint(
    PUT,
    "/clients/client-u/{id}",
    who=member_with("client_change"),
    organization=OrganizationIn.BODY_OR_LIST,
    takes=ClientChange,
    uses=WRITES,
    preload=entry_key(CLIENTS),
    loads=entry_to_change(CLIENTS),
)
def replace_client(call: StaffCall, client: Client, change: ClientChange) -> ClientObject:
    """Change a client."""
    return client_object(change_entry(CLIENTS, call, client, changes_in(change)))


@endpoint(
    PATCH,
    "/clients/client-u/{id}",
    who=member_with("client_change"),
    organization=OrganizationIn.BODY_OR_LIST,
    takes=ClientChange,
    partial=True,
    uses=WRITES,
    preload=entry_key(CLIENTS),
    loads=entry_to_change(CLIENTS),
)
def change_client(call: StaffCall, client: Client, change: ClientChange) -> ClientObject:
    """Change some fields of a client."""
    return client_object(change_entry(CLIENTS, call, client, changes_in(change)))


@endpoint(
    DELETE,
    "/clients/client-d/{id}",
    who=member_with("client_delete"),
    organization=OrganizationIn.BODY_OR_LIST,
    status=204,
    uses=WRITES,
    preload=entry_key(CLIENTS),
    loads=entry_to_change(CLIENTS),
)
def delete_client(call: StaffCall, client: Client) -> None:
    """Take a client off the list."""
    delete_entry(CLIENTS, call, client)
