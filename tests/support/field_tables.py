"""What the tables of field behaviour are made of: values that any text field, any id and any flag meets."""

from collections.abc import Container
from typing import Any

from chalicelib.errors import ValidationFailed

REQUIRED = "This field is required."
NULL = "This field may not be null."
BLANK = "This field may not be blank."
NOT_A_STRING = "Not a valid string."
CONTROL_CHARACTERS = "Control characters are not allowed."

NO_TEXTS: list[tuple[Any, str]] = [
    (None, NULL),
    (0, NOT_A_STRING),
    (1.5, NOT_A_STRING),
    (True, NOT_A_STRING),
    ([], NOT_A_STRING),
    (["text"], NOT_A_STRING),
    ({}, NOT_A_STRING),
]
UNUSABLE_TEXTS: list[tuple[Any, str]] = [
    ("a long\0 text", CONTROL_CHARACTERS),
    ("a long\x08 text", CONTROL_CHARACTERS),
    ("a long\x1b text", CONTROL_CHARACTERS),
    ("a long\x7f text", CONTROL_CHARACTERS),
    ("a long\x85 text", CONTROL_CHARACTERS),
    ("a long\ud800 text", CONTROL_CHARACTERS),
    ("a long\udfff text", CONTROL_CHARACTERS),
]
BLANK_TEXTS: list[tuple[Any, str]] = [("", BLANK), (" ", BLANK), ("\t\r\n", BLANK), ("\u00a0\u2003", BLANK)]
USABLE_TEXTS = [
    "a long text",
    "  blanks at both ends  ",
    "line one\nline two\r\n\ttabbed",
    "Приход 客户 عميل",
    "e\u0301 is not é",
    "👩‍👩‍👧 🛠️",
    "\u200bzero width",
    "a # and a % in it",
    "<b>&amp;'\"\\</b>",
]

LARGEST_ID = 2**63 - 1


def wrong_type(name: str) -> str:
    """Return the message for an id of this JSON type, in Python's words."""
    return f"Incorrect type. Expected pk value, received {name}."


def unknown(value: object) -> str:
    """Return the message for an id that names nothing."""
    return f'Invalid pk "{value}" - object does not exist.'


IDS = [(1, 1), (7, 7), (LARGEST_ID, LARGEST_ID), ("1", 1), ("007", 7), (str(LARGEST_ID), LARGEST_ID)]
NO_IDS: list[tuple[Any, str]] = [
    (None, NULL),
    (True, wrong_type("bool")),
    (False, wrong_type("bool")),
    (1.5, wrong_type("float")),
    (1.0, wrong_type("float")),
    ([], wrong_type("list")),
    ([1], wrong_type("list")),
    ({}, wrong_type("dict")),
    ("", wrong_type("str")),
    ("x", wrong_type("str")),
    ("-1", wrong_type("str")),
    (" 1", wrong_type("str")),
    ("1.5", wrong_type("str")),
    ("٣", wrong_type("str")),
    ("²", wrong_type("str")),
    (0, unknown(0)),
    (-1, unknown(-1)),
    (LARGEST_ID + 1, unknown(LARGEST_ID + 1)),
    (2**64 + 1, unknown(2**64 + 1)),
    (10**300, unknown(10**300)),
    ("0", unknown("0")),
    (str(2**64 + 1), unknown(2**64 + 1)),
    ("9" * 400, unknown("9" * 400)),
]


class Every(Container[int]):
    """References among which every id exists."""

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int)


def fields_of(error: ValidationFailed) -> list[tuple[str, list[str]]]:
    """Return what is wrong, in the order in which it is told."""
    return list(error.fields.items())
