"""The shop's fields: what is taken, what is said of what is not, and what becomes of it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from chalicelib.errors import ValidationFailed
from chalicelib.shop import inputs as shop_in
from chalicelib.web.json_numbers import Fraction

REQUIRED = "This field is required."
NULL = "This field may not be null."
BLANK = "This field may not be blank."
NOT_TEXT = "Not a valid string."
CONTROL = "Control characters are not allowed."
NOT_A_NUMBER = "A valid number is required."
DECIMALS = "Ensure that there are no more than 2 decimal places."
NOT_A_USERNAME = (
    "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."
)
NOT_A_MOMENT = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)
BELOW, ABOVE = (
    "Ensure this value is greater than or equal to 0.00.",
    "Ensure this value is less than or equal to 999999.99.",
)

CUSTOMER = {"username": "leia", "email": "leia@alderaan.example", "password": "correct horse"}
PRODUCT = {"name": "radio", "description": "", "price": "1.00", "product_type": "rtv", "status": "new"}

Load = Callable[[Mapping[str, Any]], dict[str, Any]]


def _most(number: int) -> str:
    return f"Ensure this field has no more than {number} characters."


TEXTS = [
    (shop_in.load_registration, CUSTOMER, "first_name", 150, True),
    (shop_in.load_registration, CUSTOMER, "last_name", 150, True),
    (shop_in.load_registration, CUSTOMER, "phone", 20, True),
    (shop_in.load_registration, CUSTOMER, "city", 100, True),
    (shop_in.load_new_product, PRODUCT, "name", 50, False),
    (shop_in.load_new_product, PRODUCT, "description", 1000, True),
    (shop_in.load_new_product, PRODUCT, "product_type", 50, False),
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
    assert shop_in.load_registration(CUSTOMER | {"username": value})["username"] == value


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
    assert _wrong(shop_in.load_registration, CUSTOMER | {"username": value}) == {"username": [message]}


@pytest.mark.parametrize("value", ["x" * 8, "x" * 128, "        x", "1234567a", "пароль-пароль", "1234567!"])
def test_a_password_is_kept_as_it_is_typed(value: str) -> None:
    assert shop_in.load_registration(CUSTOMER | {"password": value})["password"] == value


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

    assert _wrong(shop_in.load_registration, body) == {"password": [message]}


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("0", 0),
        ("0.00", 0),
        (0, 0),
        ("1.5", 150),
        (Fraction("1.5"), 150),
        ("19.99", 1_999),
        (Fraction("19.99"), 1_999),
        (Fraction("0.1"), 10),
        (Fraction("1.10"), 110),
        (Fraction("1e2"), 10_000),
        (Fraction("0.1e1"), 100),
        (Fraction("-0.0"), 0),
        ("1.100", 110),
        (1000, 100_000),
        ("999999.99", 99_999_999),
        (Fraction("999999.99"), 99_999_999),
        ("007.50", 750),
    ],
)
def test_a_price_is_loaded_as_cents(value: Any, cents: int) -> None:
    assert shop_in.load_new_product(PRODUCT | {"price": value})["price"] == cents


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("-0.01", BELOW),
        (-1, BELOW),
        ("1000000", ABOVE),
        ("1000000.00", ABOVE),
        (1_000_000, ABOVE),
        ("1.999", DECIMALS),
        (Fraction("0.001"), DECIMALS),
        (Fraction("1.1000000000000000001"), DECIMALS),
        (Fraction("1.00000000000000000000000000000000000000001"), DECIMALS),
        (Fraction("999999.990000000001"), ABOVE),
        (Fraction("-1e-9"), BELOW),
        (Fraction("1e-400"), NOT_A_NUMBER),
        (Fraction("1e-999999999"), NOT_A_NUMBER),
        (Fraction("1e-9999999999999999999"), NOT_A_NUMBER),
        (Fraction("0e99999999999999999999"), NOT_A_NUMBER),
        (Fraction("0." + 1000 * "0" + "1"), NOT_A_NUMBER),
        (Fraction("1e300"), NOT_A_NUMBER),
        ("", NOT_A_NUMBER),
        (" 1", NOT_A_NUMBER),
        ("1,50", NOT_A_NUMBER),
        ("1e3", NOT_A_NUMBER),
        ("NaN", NOT_A_NUMBER),
        ("Infinity", NOT_A_NUMBER),
        ("١", NOT_A_NUMBER),
        ("1.", NOT_A_NUMBER),
        (".5", NOT_A_NUMBER),
        (True, NOT_A_NUMBER),
        ([], NOT_A_NUMBER),
        ({}, NOT_A_NUMBER),
        (None, NULL),
    ],
)
def test_anything_else_is_no_price(value: Any, message: str) -> None:
    assert _wrong(shop_in.load_new_product, PRODUCT | {"price": value}) == {"price": [message]}


@pytest.mark.parametrize("value", [10**30, 10**300, Fraction("1e30"), Fraction("1e-7")])
def test_a_number_beyond_all_prices_is_refused_too(value: Any) -> None:
    assert _wrong(shop_in.load_new_product, PRODUCT | {"price": value}).keys() == {"price"}


@pytest.mark.parametrize("value", ["new", "promotions", "sales"])
def test_a_status_is_one_of_three(value: str) -> None:
    assert shop_in.load_new_product(PRODUCT | {"status": value})["status"] == value


@pytest.mark.parametrize("value", ["NEW", "", "old", " new"])
def test_any_other_status_is_refused(value: str) -> None:
    wrong = _wrong(shop_in.load_new_product, PRODUCT | {"status": value})
    assert wrong == {"status": [f'"{value}" is not a valid choice.']}


@pytest.mark.parametrize(
    ("value", "loaded"),
    [
        ("2017-12-16T11:04:56.293906Z", "2017-12-16T11:04:56.293906Z"),
        ("2017-12-16T11:04:56", "2017-12-16T11:04:56.000000Z"),
        ("2017-12-16T23:30-02:00", "2017-12-17T01:30:00.000000Z"),
        ("0001-01-02T00:00Z", "0001-01-02T00:00:00.000000Z"),
    ],
)
def test_a_moment_is_loaded_in_utc(value: str, loaded: str) -> None:
    assert shop_in.load_date_paid({"date_paid": value}) == loaded


@pytest.mark.parametrize(
    "value",
    ["", "now", "2017-12-16", "2017-02-30T00:00", "0001-01-01T00:00+12:00", "9999-12-31T23:00-05:00", 1, []],
)
def test_anything_else_is_no_moment(value: Any) -> None:
    with pytest.raises(ValidationFailed) as caught:
        shop_in.load_date_paid({"date_paid": value})
    assert caught.value.fields == {"date_paid": [NOT_A_MOMENT]}


def test_no_moment_is_now() -> None:
    assert shop_in.load_date_paid({}) is None
