"""Staff accounts as they come in, and users as they go out, keys in the documents' order."""

from collections.abc import Container, Mapping
from dataclasses import field
from typing import Annotated, Any, NotRequired, TypedDict

from chalicelib.accounts.model import DEFAULT_IMAGE, User
from chalicelib.errors import ContactMissing
from chalicelib.frozen import frozen
from chalicelib.web.contact_fields import Email, Phone
from chalicelib.web.fields import UNSET, Secret, Text, Unset, is_blank
from chalicelib.web.values import EmailAddress, Id, PhoneNumber, Time, Url

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


@frozen(kw_only=True)
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


@frozen(kw_only=True)
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


@frozen(kw_only=True)
class Closing:
    """What it takes to close an account."""

    old_password: Annotated[str, Secret()] = field(repr=False)


class UserObject(TypedDict):
    """A user."""

    id: Id
    surname: str
    name: str
    patronymic: str
    address: str
    email: EmailAddress | None
    phone: PhoneNumber | None
    image: Url
    confirmed_email: bool
    confirmed_phone: bool
    created_at: Time
    updated_at: Time


class RegisteredUser(TypedDict):
    """An account just registered; a contact only when it was given."""

    surname: str
    name: str
    patronymic: str
    address: str
    email: NotRequired[EmailAddress | None]
    phone: NotRequired[PhoneNumber | None]


def user_object(user: User, base_url: str) -> UserObject:
    """Return a user; the address of the image is on the host that was called."""
    return {
        "id": user.id,
        "surname": user.surname,
        "name": user.name,
        "patronymic": user.patronymic,
        "address": user.address,
        "email": user.email,
        "phone": user.phone,
        "image": base_url + DEFAULT_IMAGE,
        "confirmed_email": user.confirmed_email,
        "confirmed_phone": user.confirmed_phone,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    }


def names_only(shown: UserObject) -> UserObject:
    """Return a user without what is nobody's business but that of who works with them."""
    return {**shown, "address": "", "email": None, "phone": None}


def registered_user(user: User, given: Container[str]) -> RegisteredUser:
    """Return an account just registered.

    Args:
        user: the account.
        given: the names of the fields that were given.
    """
    registered: RegisteredUser = {
        "surname": user.surname,
        "name": user.name,
        "patronymic": user.patronymic,
        "address": user.address,
    }
    if "email" in given:
        registered["email"] = user.email
    if "phone" in given:
        registered["phone"] = user.phone
    return registered
