"""Input fields with the documented messages, which are Django REST Framework's own."""

import re
import unicodedata
from collections.abc import Container, Mapping
from functools import cache
from typing import Any, ClassVar, cast

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from chalicelib import ids
from chalicelib.errors import ValidationFailed
from chalicelib.web.uniqueness import Unique

REQUIRED = "This field is required."
NULL = "This field may not be null."
BLANK = "This field may not be blank."
NOT_A_STRING = "Not a valid string."
NOT_A_BOOLEAN = "Must be a valid boolean."
CONTROL_CHARACTERS = "Control characters are not allowed."
NOT_AN_EMAIL = "Enter a valid email address."
NOT_A_PHONE = "Enter a valid phone number."

_KEPT_CONTROLS = "\t\n\r"
_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_PHONE_FILLING = re.compile(r"[\s().-]")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


class Field(fields.Field[Any]):
    """A field with the documented messages for what is missing or null."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": REQUIRED, "null": NULL}  # type: ignore[misc]


def type_of(value: Any) -> str:
    """Return the name of a JSON value's type, as the messages have it."""
    return "float" if isinstance(value, float) else type(value).__name__


def _is_unusable(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Cs" or (category == "Cc" and character not in _KEPT_CONTROLS)


def wrong_characters(text: str) -> bool:
    """Tell whether a text holds control characters or lone surrogates (spec, "Both")."""
    return not text.isprintable() and any(map(_is_unusable, text))


class Text(Field):
    """Text that comes back as it went in.

    Args:
        most: how many characters it may have.
        least: how many it must have.
        blank: whether it may be empty or blanks alone.
    """

    def __init__(self, most: int, least: int = 0, blank: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._most, self._least, self._blank = most, least, blank

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(NOT_A_STRING)
        if not self._blank and not value.strip():
            raise ValidationError(BLANK)
        wrong = []
        if len(value) > self._most:
            wrong.append(f"Ensure this field has no more than {self._most} characters.")
        if len(value) < self._least:
            wrong.append(f"Ensure this field has at least {self._least} characters.")
        if wrong_characters(value):
            wrong.append(CONTROL_CHARACTERS)
        if wrong:
            raise ValidationError(wrong)
        return value


class Email(Text):
    """A mail address, kept as typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=254, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        text = super()._deserialize(value, attr, data)
        if not _EMAIL.fullmatch(text):
            raise ValidationError(NOT_AN_EMAIL)
        return text


class TypedPhone(Text):
    """A phone number to be looked up: as typed, but for the blanks, dots, hyphens and brackets."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=40, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        return _PHONE_FILLING.sub("", super()._deserialize(value, attr, data))


class Phone(TypedPhone):
    """A phone number in international form, as it is stored: E.164."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        number = super()._deserialize(value, attr, data)
        if not _E164.fullmatch(number):
            raise ValidationError(NOT_A_PHONE)
        return number


class Flag(Field):
    """true or false, and nothing that resembles them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(NOT_A_BOOLEAN)
        return value


class PrimaryKey(Field):
    """The id of a related record; digits in a string are taken as the number."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:
        digits = isinstance(value, str) and value.isascii() and value.isdigit()
        if not digits and (isinstance(value, bool) or not isinstance(value, int)):
            raise ValidationError(f"Incorrect type. Expected pk value, received {type_of(value)}.")
        number = ids.parse(value)
        if number is None:
            raise ValidationError(ids.unknown(value))
        return number


@cache
def _instance(schema: type[Schema]) -> Schema:
    return schema(unknown=EXCLUDE)  # unknown fields are ignored (spec, "Reading the Orders API document")


def load(
    schema: type[Schema],
    body: Mapping[str, Any],
    references: Mapping[str, Container[int]] | None = None,
    *,
    partial: bool = False,
    unique: Unique | None = None,
) -> dict[str, Any]:
    """Return the fields that a body gives.

    Args:
        schema: the fields, in the document's order.
        body: the JSON object that was sent.
        references: for a field that names a related record, the ids that exist.
        partial: whether fields may be absent.
        unique: the fields whose values others may have, asked when something else is wrong.

    Raises:
        ValidationFailed: every wrong field is named at once, in the schema's order.
    """
    checked = _instance(schema)
    wrong: dict[str, list[str]] = {}
    try:
        given: Any = checked.load(body, partial=partial)
    except ValidationError as error:
        wrong, given = cast(dict[str, list[str]], error.messages), error.valid_data
    for name, existing in (references or {}).items():
        if name in given and given[name] not in existing:
            wrong[name] = [ids.unknown(given[name])]
    if wrong:
        for name, why_not in (unique or {}).items():
            if name in given and name not in wrong and (reason := why_not(given[name])):
                wrong[name] = [reason]
        raise ValidationFailed({name: wrong[name] for name in checked.fields if name in wrong})
    return dict(given)
