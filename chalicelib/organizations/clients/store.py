"""Clients in the table."""

from chalicelib.organizations.clients.model import Client
from chalicelib.table.codec import DocumentKind

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
