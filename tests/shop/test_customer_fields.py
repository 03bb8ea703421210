"""The fields of customers and buckets: what is taken, what is said of what is not, and what becomes of it."""

from collections.abc import Mapping
from typing import Any

import pytest

from chalicelib.errors import ValidationFailed
from chalicelib.shop.bucket.schemas import LineChange, NewLine
from chalicelib.shop.customers.schemas import Login, PasswordChange, Profile, Registration
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
LINE = {"quantity": 1, "product": "561f3505-018f-4352-bcda-c6d00092eea1"}
NOT_AN_INTEGER = "A valid integer is required."


def _most(number: int) -> str:
    return f"Ensure this field has no more than {number} characters."


def _registered(given: Mapping[str, Any]) -> Registration:
    return fields.parse(Registration, CUSTOMER | given).complete()


def _wrong(input_type: type[Any], body: Mapping[str, Any]) -> dict[str, list[str]]:
    with pytest.raises(ValidationFailed) as caught:
        fields.parse(input_type, body).complete()
    return caught.value.fields


@pytest.mark.parametrize(
    ("field", "most"), [("first_name", 150), ("last_name", 150), ("phone", 20), ("city", 100)]
)
def test_a_text_is_kept_as_typed_or_refused_in_these_words(field: str, most: int) -> None:
    kept = ["a", "x" * most, " ends ", "Zażółć 📺", "tab\tline\nend\r", '<b>"&#%', "", "  "]
    for value in kept:
        assert getattr(_registered({field: value}), field) == value
    refused = {
        "x" * (most + 1): _most(most),
        "a\0b": CONTROL,
        "\x7f": CONTROL,
        "a\ud800": CONTROL,
        "\x85": CONTROL,
    }
    for value, message in refused.items():
        assert _wrong(Registration, CUSTOMER | {field: value}) == {field: [message]}, repr(value)
    no_texts: list[Any] = [1, True, 1.5, [], {}]
    for no_text in no_texts:
        assert _wrong(Registration, CUSTOMER | {field: no_text}) == {field: [NOT_TEXT]}
    assert _wrong(Registration, CUSTOMER | {field: None}) == {field: [NULL]}


def test_what_is_not_given_of_a_profile_is_no_change() -> None:
    profile = fields.parse(Profile, CUSTOMER | {"city": ""}).complete()

    assert fields.changes_in(profile) == {
        "username": CUSTOMER["username"],
        "email": CUSTOMER["email"],
        "city": "",
    }


@pytest.mark.parametrize("input_type", [Registration, Login, PasswordChange])
def test_no_repr_of_an_input_shows_a_password(input_type: type[Any]) -> None:
    body = {**CUSTOMER, "old_password": "the secret", "password": "the secret"}

    assert "the secret" not in repr(fields.parse(input_type, body).complete())


@pytest.mark.parametrize(
    ("input_type", "required"),
    [
        (Registration, ["username", "email", "password"]),
        (Profile, ["username", "email"]),
        (Login, ["username", "password"]),
        (PasswordChange, ["username", "old_password", "password"]),
        (NewLine, ["quantity", "product"]),
        (LineChange, ["quantity"]),
    ],
)
def test_what_is_required_is_named_in_order(input_type: type[Any], required: list[str]) -> None:
    assert list(_wrong(input_type, {}).items()) == [(name, [REQUIRED]) for name in required]


@pytest.mark.parametrize("value", ["a", "leia.organa@x+y-z_1", "Łukasz", "x" * 150, "電話", "1"])
def test_a_username_is_kept_as_it_is_typed(value: str) -> None:
    assert _registered({"username": value}).username == value


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
    assert _wrong(Registration, CUSTOMER | {"username": value}) == {"username": [message]}


@pytest.mark.parametrize("value", ["x" * 8, "x" * 128, "        x", "1234567a", "пароль-пароль", "1234567!"])
def test_a_password_is_kept_as_it_is_typed(value: str) -> None:
    assert _registered({"password": value}).password == value


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

    assert _wrong(Registration, body) == {"password": [message]}


@pytest.mark.parametrize("quantity", [1, 10**12, 10**4000])
def test_a_quantity_is_any_number(quantity: int) -> None:
    assert fields.parse(NewLine, LINE | {"quantity": quantity}).complete().quantity == quantity
    assert fields.parse(LineChange, {"quantity": quantity}).complete().quantity == quantity


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (-1, "Ensure this value is greater than or equal to {least}."),
        (1.5, NOT_AN_INTEGER),
        ("1", NOT_AN_INTEGER),
        (True, NOT_AN_INTEGER),
        ([], NOT_AN_INTEGER),
        (None, NULL),
    ],
)
def test_anything_else_is_no_quantity(value: Any, message: str) -> None:
    assert _wrong(NewLine, LINE | {"quantity": value}) == {"quantity": [message.format(least=1)]}
    assert _wrong(LineChange, {"quantity": value}) == {"quantity": [message.format(least=0)]}


@pytest.mark.parametrize(
    ("value", "product"),
    [
        (LINE["product"], LINE["product"]),
        (str(LINE["product"]).upper(), LINE["product"]),
        ("561f3505018f4352bcdac6d00092eea1", None),
        ("", None),
        ("telewizor", None),
        (5, None),
        ([], None),
        ({}, None),
    ],
)
def test_what_names_no_product_names_none(value: Any, product: str | None) -> None:
    assert fields.parse(NewLine, LINE | {"product": value}).complete().product == product


def test_a_product_may_not_be_null() -> None:
    assert _wrong(NewLine, LINE | {"product": None}) == {"product": [NULL]}
