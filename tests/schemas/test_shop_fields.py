"""The customers' fields: what is taken, what is said of what is not, and what becomes of it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from chalicelib.errors import ValidationFailed
from chalicelib.shop.customers.inputs import Registration
from chalicelib.web import fields

REQUIRED = "This field is required."
NULL = "This field may not be null."
BLANK = "This field may not be blank."
NOT_TEXT = "Not a valid string."
CONTROL = "Control characters are not allowed."
NOT_A_USERNAME = (
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."
)

CUSTOMER = {"username": "leia", "email": "leia@alderaan.example", "password": "correct horse"}

Load = Callable[[Mapping[str, Any]], dict[str, Any]]


def _registration(body: Mapping[str, Any]) -> dict[str, Any]:
    return fields.changes_in(fields.parse(Registration, body).complete())


def _most(number: int) -> str:
    return f"Ensure this field has no more than {number} characters."


TEXTS = [
    (_registration, CUSTOMER, "first_name", 150, True),
    (_registration, CUSTOMER, "last_name", 150, True),
    (_registration, CUSTOMER, "phone", 20, True),
    (_registration, CUSTOMER, "city", 100, True),
]


def _wrong(load: Load, body: Mapping[str, Any]) -> dict[str, list[str]]:
    with pytest.raises(ValidationFailed) as caught:
        load(body)
    return caught.value.fields


@pytest.mark.parametrize(("load", "good", "field", "most", "blank"), TEXTS, ids=lambda value: str(value)[:20])
def test_texts(load: Load, good: dict[str, Any], field: str, most: int, blank: bool) -> None:
    kept = ["a", "x" * most, " ends ", "Zażółć 📺", "tab\tline\nend\r", '<b>"&#%']
    for value in kept + (["", "  "] if blank else []):
        assert load(good | {field: value})[field] == value
    refused = {
        "x" * (most + 1): _most(most),
        "a\0b": CONTROL,
        "\x7f": CONTROL,
        "a\ud800": CONTROL,
        "\x85": CONTROL,
    }
    if not blank:
        refused |= {"": BLANK, " \t": BLANK}
    for value, message in refused.items():
        expected = BLANK if not blank and not value.strip() else message
        assert _wrong(load, good | {field: value}) == {field: [expected]}, repr(value)
    no_texts: list[Any] = [1, True, 1.5, [], {}]
    for no_text in no_texts:
        assert _wrong(load, good | {field: no_text}) == {field: [NOT_TEXT]}
    assert _wrong(load, good | {field: None}) == {field: [NULL]}


@pytest.mark.parametrize("value", ["a", "leia.organa@x+y-z_1", "Łukasz", "x" * 150, "電話", "1"])
def test_a_username_is_kept_as_it_is_typed(value: str) -> None:
    assert _registration(CUSTOMER | {"username": value})["username"] == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", BLANK),
        (" ", BLANK),
        ("x" * 151, _most(150)),
        ("two words", NOT_A_USERNAME),
        (" leia", NOT_A_USERNAME),
        ("leia\n", NOT_A_USERNAME),
        ("a#b", NOT_A_USERNAME),
        ("a/b", NOT_A_USERNAME),
        ("a%b", NOT_A_USERNAME),
        ("a\0", CONTROL),
        (7, NOT_TEXT),
        (None, NULL),
    ],
)
def test_anything_else_is_no_username(value: Any, message: str) -> None:
    assert _wrong(_registration, CUSTOMER | {"username": value}) == {"username": [message]}


@pytest.mark.parametrize("value", ["x" * 8, "x" * 128, "        x", "1234567a", "пароль-пароль", "1234567!"])
def test_a_password_is_kept_as_it_is_typed(value: str) -> None:
    assert _registration(CUSTOMER | {"password": value})["password"] == value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("x" * 7, "Ensure this field has at least 8 characters."),
        ("x" * 129, _most(128)),
        ("12345678", "This password is entirely numeric."),
        ("１２３４５６７８", "This password is entirely numeric."),
        ("LEIA-leia", "The password is too similar to the username."),
        ("", BLANK),
        (12345678, NOT_TEXT),
        (None, NULL),
    ],
)
def test_a_weak_password_is_refused(value: Any, message: str) -> None:
    body = CUSTOMER | {"username": "leia-LEIA", "password": value}

    assert _wrong(_registration, body) == {"password": [message]}
