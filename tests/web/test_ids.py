"""Integer ids as they come in from outside (spec, "Reading the Orders API document")."""

from typing import Any

import pytest

from chalicelib import ids


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (1, 1),
        (99, 99),
        (ids.MAX_ID, 2**63 - 1),
        ("1", 1),
        ("007", 7),
        ("0" * 5000 + "7", 7),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_numbers_and_digits_are_ids(value: Any, number: int) -> None:
    parsed = ids.parse(value)

    assert (parsed, type(parsed)) == (number, int)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -1,
        2**63,
        1.5,
        1.0,
        float("nan"),
        [1],
        {"id": 1},
        b"1",
        "",
        "0",
        "000",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "0x1",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "one",
        "١",  # an Arabic digit
        "²",  # a digit to str.isdigit, and no number to int
        "9223372036854775808",
        "1" * 5000,  # more digits than int() reads
    ],
)
def test_anything_else_is_none(value: Any) -> None:
    assert ids.parse(value) is None
