"""Services as they go out."""

from typing import TypedDict

from chalicelib.organizations.answers import OrganizationObject
from chalicelib.organizations.services.model import Service


class ServiceObject(TypedDict):
    """A service around its organization."""

    id: int
    name: str
    address: str
    phone: str
    organization: OrganizationObject
    created_at: str
    updated_at: str


def service_object(service: Service, organization: OrganizationObject) -> ServiceObject:
    """Return a service."""
    return {
        "id": service.id,
        "name": service.name,
        "address": service.address,
        "phone": service.phone,
        "organization": organization,
        "created_at": service.created_at,
        "updated_at": service.updated_at,
    }
