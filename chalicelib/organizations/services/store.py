"""Services in the table."""

from chalicelib.organizations.catalog.store import Catalog
from chalicelib.organizations.services.model import Service
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import ServiceItem

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
SERVICES = Catalog(SERVICE, ServiceItem, keys.service, keys.services_of)
