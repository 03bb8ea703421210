"""Staff accounts and sign-in as they come in (companion, "Staff accounts")."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from chalicelib.errors import CodeRefused, ContactMissing
from chalicelib.web.old_fields import Email, Field, Phone, Text, TypedPhone, load
from chalicelib.web.uniqueness import Unique

_NAME_LENGTH = 150
_ADDRESS_LENGTH = 200
_ANY_PASSWORD = 1024  # an existing password is compared, not judged


class _Profile(Schema):
    surname = Text(_NAME_LENGTH, required=True)
    name = Text(_NAME_LENGTH, required=True)
    patronymic = Text(_NAME_LENGTH, required=True, blank=True)
    address = Text(_ADDRESS_LENGTH, required=True, blank=True)
    email = Email(allow_none=True)
    phone = Phone(allow_none=True)
    password = Text(128, least=8)


class _Registration(_Profile):
    password = Text(128, least=8, required=True)


class _Code(Field):
    """A code as text or as a number; what it is not is no matter, it will not match."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValidationError("A valid integer is required.")
        return str(value)


class _Confirmation(Schema):
    type_code = Text(20, required=True)
    code = _Code(required=True)


class _SignIn(Schema):
    email = Text(254, allow_none=True)
    phone = TypedPhone(allow_none=True)
    password = Text(_ANY_PASSWORD, required=True)


class _Refresh(Schema):
    refresh = Text(4096, required=True)


def load_registration(body: Mapping[str, Any], unique: Unique | None = None) -> dict[str, Any]:
    """Return the fields of an account to register.

    Raises:
        ContactMissing: neither an email nor a phone is given.
        ValidationFailed: fields are missing or wrong.
    """
    _ensure_contact(body)
    return load(_Registration, body, unique=unique)


def load_sign_in(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the credentials of a sign-in: `email` or `phone`, and `password`.

    Raises:
        ContactMissing: neither an email nor a phone is given.
        ValidationFailed: fields are missing or wrong.
    """
    _ensure_contact(body)
    return load(_SignIn, body)


def load_refresh(body: Mapping[str, Any]) -> str:
    """Return the refresh token that was sent.

    Raises:
        ValidationFailed: there is none.
    """
    token: str = load(_Refresh, body)["refresh"]
    return token


def load_profile(body: Mapping[str, Any], unique: Unique | None = None, *, partial: bool) -> dict[str, Any]:
    """Return the fields of an account that a PUT or a PATCH gives; `email` and `phone` may be None.

    Raises:
        ValidationFailed: fields are missing or wrong.
    """
    return load(_Profile, body, partial=partial, unique=unique)


def load_confirmation(body: Mapping[str, Any]) -> str:
    """Return the confirmation code that was sent.

    Raises:
        CodeRefused: it is for something else than an email.
        ValidationFailed: fields are missing or wrong.
    """
    given = load(_Confirmation, body)
    if given["type_code"] != "email":
        raise CodeRefused
    code: str = given["code"]
    return code


def _ensure_contact(body: Mapping[str, Any]) -> None:
    if body.get("email") is None and body.get("phone") is None:
        raise ContactMissing
