"""Input fields of the shop, with Django REST Framework's own messages."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from chalicelib import ids, texts, times
from chalicelib.shop import money
from chalicelib.web.fields import Field, InvalidValue, Text
from chalicelib.web.json_numbers import Fraction

NOT_AN_INTEGER = "A valid integer is required."
NOT_A_NUMBER = "A valid number is required."
TOO_MANY_DECIMALS = "Ensure that there are no more than 2 decimal places."
NOT_A_USERNAME = (
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."
)
ONLY_DIGITS = "This password is entirely numeric."
LIKE_THE_USERNAME = "The password is too similar to the username."
FIRST_MOMENT = "2000-01-01T00:00:00.000000Z"  # what is older is a clock that was never set, or a typing error
NOT_A_MOMENT = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)

_MAX_USERNAME_LENGTH = 150
_USERNAME = re.compile(r"[\w.@+-]+")
_ABOUT_USERNAMES = "Letters with their marks, digits and `@.+-_`; unique, whatever the case and the spelling."
_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


def _ensure_between(value: int | Decimal, minimum: int | Decimal, maximum: int | Decimal) -> None:
    if value < minimum:
        raise InvalidValue(f"Ensure this value is greater than or equal to {minimum}.")
    if value > maximum:
        raise InvalidValue(f"Ensure this value is less than or equal to {maximum}.")


class Integer(Field):
    """A JSON integer between two bounds; strings and fractions are rejected."""

    def __init__(self, minimum: int, maximum: int, **options: bool) -> None:
        super().__init__(**options)
        self.minimum, self.maximum = minimum, maximum

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the integer."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidValue(NOT_AN_INTEGER)
        _ensure_between(value, self.minimum, self.maximum)
        return value

    def schema(self) -> dict[str, Any]:
        """Return the schema of an integer."""
        # A client's JSON can't say a larger number exactly, nor can it read a larger bound.
        maximum = {"maximum": self.maximum} if self.maximum < 2**53 else {}
        return {"type": "integer", "minimum": self.minimum, **maximum}


class Price(Field):
    """An amount of money, as a number or in text, with at most two decimals."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the amount in cents."""
        amount = _amount(value)
        if amount is None:
            raise InvalidValue(NOT_A_NUMBER)
        _ensure_between(amount, Decimal("0.00"), Decimal(money.text(money.MAX_PRICE)))
        try:
            return money.cents(amount)
        except ValueError as error:
            raise InvalidValue(TOO_MANY_DECIMALS) from error

    def schema(self) -> dict[str, Any]:
        """Return the schema of an amount."""
        return {
            "title": "Amount",
            "description": "An amount of money with at most two decimals, in text or as a number.",
            "anyOf": [
                {"type": "string", "pattern": f"^{_AMOUNT.pattern}$"},
                {"type": "number", "minimum": 0, "maximum": money.number(money.MAX_PRICE)},
            ],
            "examples": ["3000.00"],
        }


def _amount(value: Any) -> Decimal | None:
    """Return exactly the amount that was sent, None if it is not an amount."""
    if isinstance(value, Fraction):
        return value.exactly()
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return None


class Username(Text):
    """A customer's name: letters with their marks, digits and @.+-_ ."""

    def __init__(self, **options: bool) -> None:
        super().__init__(max_length=_MAX_USERNAME_LENGTH, **options)

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the name."""
        text: str = super().parse(value, body)
        if not _USERNAME.fullmatch(texts.without_marks(text)) or texts.shows_nothing(text):
            raise InvalidValue(NOT_A_USERNAME)
        return text

    def schema(self) -> dict[str, Any]:
        """Return the schema of a name."""
        return {**super().schema(), "description": _ABOUT_USERNAMES}


def is_same_username(username: str, other: str) -> bool:
    """Tell whether two texts are one username; too long a one is none."""
    return len(username) <= _MAX_USERNAME_LENGTH and texts.compared(username) == texts.compared(other)


class NewPassword(Text):
    """A password to be: 8 to 128 characters, not all digits, not the username of the same body."""

    def __init__(self, **options: bool) -> None:
        super().__init__(max_length=128, min_length=8, **options)

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the password."""
        text: str = super().parse(value, body)
        if text.isdigit():
            raise InvalidValue(ONLY_DIGITS)
        username = body.get("username")
        if isinstance(username, str) and is_same_username(username, text):
            raise InvalidValue(LIKE_THE_USERNAME)
        return text

    def schema(self) -> dict[str, Any]:
        """Return the schema of a password to be."""
        rule = "Not digits alone, and not the username."
        return {**super().schema(), "format": "password", "description": rule}


class Moment(Field):
    """A moment of this century in ISO 8601; without an offset it is UTC."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the moment as the documents print it."""
        try:
            moment = datetime.fromisoformat(value)
            if "T" not in value:
                raise ValueError
            text = times.iso(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except (ValueError, TypeError, OverflowError) as error:
            raise InvalidValue(NOT_A_MOMENT) from error
        if text < FIRST_MOMENT:
            raise InvalidValue(f"Ensure this value is greater than or equal to {FIRST_MOMENT}.")
        return text

    def schema(self) -> dict[str, Any]:
        """Return the schema of a moment."""
        rule = (
            "ISO 8601 with a `T`; seconds and offset may be left out, and without an offset it is UTC."
            f" Not before {FIRST_MOMENT[:10]}."
        )
        return {"type": "string", "format": "date-time", "description": rule}


class Uuid(Field):
    """The uuid of something that may not exist; anything but a uuid becomes None."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the uuid in its canonical form, None for anything else."""
        return ids.parse_uuid(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a uuid."""
        return {"type": "string", "format": "uuid"}
