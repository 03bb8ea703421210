"""Services as they come in."""

from dataclasses import dataclass
from typing import Annotated

from chalicelib.organizations.fields import ADDRESS_LENGTH, NAME_LENGTH
from chalicelib.web.contact_fields import Phone
from chalicelib.web.fields import UNSET, Text, Unset


@dataclass(frozen=True, kw_only=True)
class NewService:
    """A service to create."""

    name: Annotated[str, Text(NAME_LENGTH)]
    address: Annotated[str, Text(ADDRESS_LENGTH, blank=True)]
    phone: Annotated[str, Phone()]


@dataclass(frozen=True, kw_only=True)
class ServiceChange:
    """What a PUT or a PATCH sets."""

    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    address: Annotated[str | Unset, Text(ADDRESS_LENGTH, blank=True, required=True)] = UNSET
    phone: Annotated[str | Unset, Phone(required=True)] = UNSET
