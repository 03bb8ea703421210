"""Services as they go out."""

from typing import TypedDict

from chalicelib.organizations.schemas import OrganizationObject
from chalicelib.organizations.services.model import Service
from chalicelib.web.values import Id, PhoneNumber, Time


class ServiceObject(TypedDict):
    """A service with its organization."""

    id: Id
    name: str
    address: str
    phone: PhoneNumber
    organization: OrganizationObject
    created_at: Time
    updated_at: Time


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
