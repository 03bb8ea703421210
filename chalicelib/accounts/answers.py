"""Users and sessions as they go out, keys in the documents' order."""

from typing import TypedDict

from chalicelib.accounts.model import User
from chalicelib.auth.model import Session

DEFAULT_IMAGE = "/static/Users/default-user-image.jpeg"


class UserObject(TypedDict):
    """A user."""

    id: int
    surname: str
    name: str
    patronymic: str
    address: str
    email: str | None
    phone: str | None
    image: str
    confirmed_email: bool
    confirmed_phone: bool
    created_at: str
    updated_at: str


class SessionObject(TypedDict):
    """A session; its user is an id."""

    id: int
    user: int
    device: str
    created_at: str


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


def session_object(session: Session) -> SessionObject:
    """Return a session of a user."""
    return {
        "id": session.id,
        "user": int(session.owner),
        "device": session.device,
        "created_at": session.created_at,
    }
