"""Input fields of the shop, with Django REST Framework's own messages."""

import re
from collections.abc import Container
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from chalicelib import times
from chalicelib.shop import money
from chalicelib.web.json_numbers import Fraction
from chalicelib.web.old_fields import Field, Text

NOT_AN_INTEGER = "A valid integer is required."
NOT_A_NUMBER = "A valid number is required."
TOO_MANY_DECIMALS = "Ensure that there are no more than 2 decimal places."
NOT_A_USERNAME = (
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."
)
ONLY_DIGITS = "This password is entirely numeric."
NOT_A_MOMENT = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)

_USERNAME = re.compile(r"[\w.@+-]+")
_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


def _ensure_between(value: int | Decimal, least: int | Decimal, most: int | Decimal) -> None:
    if value < least:
        raise ValidationError(f"Ensure this value is greater than or equal to {least}.")
    if value > most:
        raise ValidationError(f"Ensure this value is less than or equal to {most}.")


class Integer(Field):
    """A JSON integer between two bounds; text and fractions are none."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self._least, self._most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(NOT_AN_INTEGER)
        _ensure_between(value, self._least, self._most)
        return value


def _amount(value: Any) -> Decimal | None:
    """Return the very amount that was sent, None where it is none."""
    if isinstance(value, Fraction):
        return value.exactly()
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return None


class Price(Field):
    """An amount of money, as a number or in text, with at most two decimals; loaded as cents."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:
        amount = _amount(value)
        if amount is None:
            raise ValidationError(NOT_A_NUMBER)
        _ensure_between(amount, Decimal("0.00"), Decimal(money.text(money.LARGEST)))
        try:
            return money.cents(amount)
        except ValueError as error:
            raise ValidationError(TOO_MANY_DECIMALS) from error


class Choice(Field):
    """One of a few texts."""

    def __init__(self, choices: Container[str], **options: Any) -> None:
        super().__init__(**options)
        self._choices = choices

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        if not isinstance(value, str) or value not in self._choices:
            raise ValidationError(f'"{value}" is not a valid choice.')
        return value


class Username(Text):
    """A customer's name: letters, digits and @.+-_ ."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=150, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        text = super()._deserialize(value, attr, data)
        if not _USERNAME.fullmatch(text):
            raise ValidationError(NOT_A_USERNAME)
        return text


class NewPassword(Text):
    """A password to be: 8 to 128 characters, not all digits, not the username of the same body."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=128, least=8, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        text = super()._deserialize(value, attr, data)
        if text.isdigit():
            raise ValidationError(ONLY_DIGITS)
        username = data.get("username")
        if isinstance(username, str) and username.casefold() == text.casefold():
            raise ValidationError("The password is too similar to the username.")
        return text


class Moment(Field):
    """A moment in ISO 8601; without an offset it is UTC. Loaded as the documents print moments."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> str:
        try:
            moment = datetime.fromisoformat(value)
            if "T" not in value:
                raise ValueError
            return times.iso(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except (ValueError, TypeError, OverflowError) as error:
            raise ValidationError(NOT_A_MOMENT) from error


class Anything(Field):
    """Whatever was sent; its rules are the shop's."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        return value
