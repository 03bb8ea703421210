"""Users as they go out, keys in the documents' order."""

from collections.abc import Container
from typing import NotRequired, TypedDict

from chalicelib.accounts.model import User
from chalicelib.web.values import EmailAddress, Id, PhoneNumber, Time, Url

DEFAULT_IMAGE = "/static/Users/default-user-image.jpeg"


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
