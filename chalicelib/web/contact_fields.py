"""Fields for mail addresses and phone numbers."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from chalicelib import texts
from chalicelib.web.fields import InvalidValue, Text

NOT_AN_EMAIL = "Enter a valid email address."
NOT_A_PHONE = "Enter a valid phone number."

MAX_EMAIL_LENGTH = 254
_MAX_LOCAL_PART_BYTES = 64  # bytes, as mail services have it
_ATOM = r"[^\s@\"(),:;<>\[\\\].]+"
_LABEL = r"[^\W_](?:[^\W_]|-){0,61}"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:(?:{_LABEL})?[^\W_]\.)+[^\W\d_](?:[^\W_]|-){{0,61}}[^\W_]")
_FILLING = r"[\s().\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff-]"
_BRACKETS = re.compile("[()]")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_FILLED_E164 = f"{_FILLING}*".join(("^", r"\+", f"[1-9](?:{_FILLING}*[0-9]){{6,14}}", "$"))
_COUNTRY_CODE = r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
_KEEPS_ITS_ZERO = r"39|225|241|242|378"  # where a number begins with 0 from abroad as well
_DIALLED_AT_HOME = re.compile(
    rf"\+(?!\(?(?:{_KEEPS_ITS_ZERO}))(\(?(?:{_COUNTRY_CODE}|(?!{_COUNTRY_CODE})[2-9][0-9]{{2}})\)?)\(0\)"
)


class Email(Text):
    """A mail address, kept as typed."""

    def __init__(self, **options: bool) -> None:
        super().__init__(max_length=MAX_EMAIL_LENGTH, **options)

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the address."""
        text: str = super().parse(value, body)
        if not _is_mail_address(text):
            raise InvalidValue(NOT_AN_EMAIL)
        return text

    def schema(self) -> dict[str, Any]:
        """Return the schema of an address."""
        address = {**super().schema(), "format": "idn-email"}
        blanks = {**super().schema(), "pattern": r"^\s*$", "description": "As good as null."}
        return {"anyOf": [address, blanks]} if self.null else address


def _is_mail_address(text: str) -> bool:
    """Tell whether an address is one as it is typed, and also as mail services may write it."""
    if len(text.partition("@")[0].encode()) > _MAX_LOCAL_PART_BYTES or texts.has_meaningless_characters(text):
        return False
    spellings = (text, unicodedata.normalize("NFKC", text))
    return all(_EMAIL.fullmatch(texts.without_marks(spelling)) for spelling in spellings)


class TypedPhone(Text):
    """A phone number to be looked up: as typed, but for what fills it, and for a zero dialled at home."""

    def __init__(self, **options: bool) -> None:
        super().__init__(max_length=40, **options)

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the number without what fills it."""
        return dialled(super().parse(value, body))


def dialled(written: str) -> str:
    """Return a phone number without what fills it, and without a zero that is dialled at home only."""
    number = "".join(filter(_is_of_phone, written))
    return _BRACKETS.sub("", _DIALLED_AT_HOME.sub(r"+\1", number))


def _is_of_phone(character: str) -> bool:
    return not (character.isspace() or character in ".-" or unicodedata.category(character) == "Cf")


class Phone(TypedPhone):
    """A phone number in international form, as it is stored: E.164."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the number in E.164 form."""
        number = super().parse(value, body)
        if not _E164.fullmatch(number):
            raise InvalidValue(NOT_A_PHONE)
        return number

    def schema(self) -> dict[str, Any]:
        """Return the schema of a phone number."""
        return {
            **super().schema(),
            "pattern": rf"^\s*$|{_FILLED_E164}" if self.null else _FILLED_E164,
            "description": (
                "In international form (E.164); blanks, dots, hyphens, brackets and invisible characters are"
                " left out, and so is a `(0)` behind the country code."
            ),
            "examples": ["+79137779135"],
        }
