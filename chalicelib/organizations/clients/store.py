"""Clients in the table."""

from chalicelib.organizations.catalog.store import Catalog
from chalicelib.organizations.clients.model import Client
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import ClientItem

CLIENT = DocumentKind(
    "client",
    Client,
    "id",
    "organization",
    "name",
    "phone",
    "created_at",
    "updated_at",
    "surname",
    "patronymic",
    "address",
    "links",
    "deleted",
    "version",
)
CLIENTS = Catalog(CLIENT, ClientItem, keys.client, keys.clients_of)
