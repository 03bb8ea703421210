"""Services as they come in, and as they go out."""

from typing import Annotated, TypedDict

from chalicelib.frozen import frozen
from chalicelib.organizations.model import ADDRESS_LENGTH, NAME_LENGTH
from chalicelib.organizations.schemas import OrganizationObject
from chalicelib.organizations.services.model import Service
from chalicelib.web.contact_fields import Phone
from chalicelib.web.fields import UNSET, Text, Unset
from chalicelib.web.values import Id, PhoneNumber, Time


@frozen(kw_only=True)
class NewService:
    """A service to create."""

    name: Annotated[str, Text(NAME_LENGTH)]
    address: Annotated[str, Text(ADDRESS_LENGTH, blank=True)]
    phone: Annotated[str, Phone()]


@frozen(kw_only=True)
class ServiceChange:
    """What a PUT or a PATCH sets."""

    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    address: Annotated[str | Unset, Text(ADDRESS_LENGTH, blank=True, required=True)] = UNSET
    phone: Annotated[str | Unset, Phone(required=True)] = UNSET


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
