"""Staff accounts as they come in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from chalicelib.errors import ContactMissing
from chalicelib.web.contact_fields import Email, Phone
from chalicelib.web.fields import UNSET, Secret, Text, Unset, is_blank

_NAME_LENGTH = 150
_ADDRESS_LENGTH = 200
PASSWORD_LENGTHS = (128, 8)


def ensure_contact(body: Mapping[str, Any]) -> None:
    """Refuse a body with neither an email nor a phone (blanks are none), whatever else is wrong with it.

    Raises:
        ContactMissing: it has neither.
    """
    contacts = (body.get("email"), body.get("phone"))
    if all(contact is None or is_blank(contact) for contact in contacts):
        raise ContactMissing


@dataclass(frozen=True, kw_only=True)
class NewUser:
    """An account to register."""

    surname: Annotated[str, Text(_NAME_LENGTH)]
    name: Annotated[str, Text(_NAME_LENGTH)]
    patronymic: Annotated[str, Text(_NAME_LENGTH, blank=True)]
    address: Annotated[str, Text(_ADDRESS_LENGTH, blank=True)]
    email: Annotated[str | None, Email(null=True)] = None
    phone: Annotated[str | None, Phone(null=True)] = None
    password: Annotated[str, Text(*PASSWORD_LENGTHS)] = field(repr=False)

    precondition = staticmethod(ensure_contact)


@dataclass(frozen=True, kw_only=True)
class UserChange:
    """What a PUT or a PATCH sets; null or blanks take a contact away."""

    surname: Annotated[str | Unset, Text(_NAME_LENGTH, required=True)] = UNSET
    name: Annotated[str | Unset, Text(_NAME_LENGTH, required=True)] = UNSET
    patronymic: Annotated[str | Unset, Text(_NAME_LENGTH, blank=True, required=True)] = UNSET
    address: Annotated[str | Unset, Text(_ADDRESS_LENGTH, blank=True, required=True)] = UNSET
    email: Annotated[str | Unset | None, Email(null=True)] = UNSET
    phone: Annotated[str | Unset | None, Phone(null=True)] = UNSET
    password: Annotated[str | Unset, Text(*PASSWORD_LENGTHS)] = field(default=UNSET, repr=False)
    old_password: Annotated[str | Unset, Secret()] = field(default=UNSET, repr=False)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What it takes to close an account."""

    old_password: Annotated[str, Secret()] = field(repr=False)
