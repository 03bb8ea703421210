"""Organizations, their roles, members and services, and their clients as they come in (companion)."""

import json
from collections.abc import Container, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from chalicelib import ids
from chalicelib.organizations import rights
from chalicelib.web.old_fields import (
    CONTROL_CHARACTERS,
    Field,
    Phone,
    PrimaryKey,
    Text,
    load,
    type_of,
    wrong_characters,
)
from chalicelib.web.uniqueness import Unique

_NAME_LENGTH = 150
_DESCRIPTION_LENGTH = 500
_ADDRESS_LENGTH = 200
_OBJECT_LENGTH = 2000  # an object is shown with each of a hundred orders
_OBJECT_DEPTH = 10


class _Object(Field):
    """A JSON object with whatever is in it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            message = f'Expected a dictionary of items but got type "{type_of(value)}".'
            raise ValidationError(message)
        if _depth(value, _OBJECT_DEPTH) > _OBJECT_DEPTH:
            raise ValidationError(f"Ensure this field is nested no deeper than {_OBJECT_DEPTH} levels.")
        if any(map(wrong_characters, _texts_in(value))):
            raise ValidationError(CONTROL_CHARACTERS)
        if len(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) > _OBJECT_LENGTH:
            raise ValidationError(f"Ensure this field has no more than {_OBJECT_LENGTH} characters.")
        return value


def _parts_of(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _depth(value: Any, most: int) -> int:
    """Return how many levels a value has, looking no further than one beyond the limit."""
    if not isinstance(value, dict | list):
        return 0
    return 1 + max((_depth(part, most - 1) for part in _parts_of(value)), default=0) if most >= 0 else 1


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    named = list(value) if isinstance(value, dict) else []
    return named + [text for part in _parts_of(value) for text in _texts_in(part)]


class _Permissions(Field):
    """A list of permission ids, as codenames; each once, in the order given."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValidationError(f'Expected a list of items but got type "{type_of(value)}".')
        one = PrimaryKey()
        codenames: dict[str, None] = {}
        for number in value:
            parsed: Any = one.deserialize(number)
            if parsed not in rights.CODENAME_OF:
                raise ValidationError(ids.unknown(number))
            codenames[rights.CODENAME_OF[parsed]] = None
        return tuple(codenames)


class _Organization(Schema):
    name = Text(_NAME_LENGTH, required=True)
    description = Text(_DESCRIPTION_LENGTH, blank=True)
    address = Text(_ADDRESS_LENGTH, blank=True)
    numbers = _Object(allow_none=True)
    links = _Object(allow_none=True)


class _Role(Schema):
    name = Text(_NAME_LENGTH, required=True)
    permissions = _Permissions(required=True)


class _Member(Schema):
    user = PrimaryKey(required=True)
    role = PrimaryKey(required=True)


class _Service(Schema):
    name = Text(_NAME_LENGTH, required=True)
    address = Text(_ADDRESS_LENGTH, required=True, blank=True)
    phone = Phone(required=True)


class _Client(Schema):
    surname = Text(_NAME_LENGTH, blank=True)
    name = Text(_NAME_LENGTH, required=True)
    patronymic = Text(_NAME_LENGTH, blank=True)
    address = Text(_ADDRESS_LENGTH, blank=True)
    phone = Phone(required=True)
    links = _Object(allow_none=True)


def load_organization(
    body: Mapping[str, Any], unique: Unique | None = None, *, partial: bool = False
) -> dict[str, Any]:
    """Return the fields of an organization that a body gives; a PATCH may give any.

    Raises:
        ValidationFailed: fields are missing or wrong.
    """
    return load(_Organization, body, partial=partial, unique=unique)


def load_role(
    body: Mapping[str, Any], unique: Unique | None = None, *, partial: bool = False
) -> dict[str, Any]:
    """Return the fields of a role that a body gives; a PATCH may give any.

    Raises:
        ValidationFailed: fields are missing or wrong, or name what does not exist.
    """
    return load(_Role, body, partial=partial, unique=unique)


def load_member(
    body: Mapping[str, Any],
    references: Mapping[str, Container[int]],
    unique: Unique | None = None,
    *,
    partial: bool = False,
) -> dict[str, Any]:
    """Return the fields of a membership that a body gives; a PATCH may give any.

    Raises:
        ValidationFailed: fields are missing or wrong, or name what does not exist.
    """
    return load(_Member, body, references, partial=partial, unique=unique)


def load_service(body: Mapping[str, Any], *, partial: bool = False) -> dict[str, Any]:
    """Return the fields of a service that a body gives; a PATCH may give any.

    Raises:
        ValidationFailed: fields are missing or wrong.
    """
    return load(_Service, body, partial=partial)


def load_client(body: Mapping[str, Any], *, partial: bool = False) -> dict[str, Any]:
    """Return the fields of a client that a body gives; a PATCH may give any.

    Raises:
        ValidationFailed: fields are missing or wrong.
    """
    return load(_Client, body, partial=partial)
