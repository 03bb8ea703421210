"""Services in the table."""

from chalicelib.organizations.services.model import Service
from chalicelib.table.codec import DocumentKind

SERVICE = DocumentKind(
    "service",
    Service,
    "id",
    "organization",
    "name",
    "address",
    "phone",
    "created_at",
    "updated_at",
    "deleted",
    "version",
)
