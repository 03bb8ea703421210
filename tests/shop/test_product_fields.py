"""The fields of products and orders: what is taken, what is said of what is not, and what becomes of it."""

from collections.abc import Mapping
from typing import Any

import pytest

from chalicelib.errors import ValidationFailed
from chalicelib.shop.orders.schemas import NewShopOrder, PaymentNote
from chalicelib.shop.products.schemas import NewProduct, ProductChange
from chalicelib.web import fields
from chalicelib.web.json_numbers import Fraction

REQUIRED = "This field is required."
NULL = "This field may not be null."
BLANK = "This field may not be blank."
NOT_TEXT = "Not a valid string."
CONTROL = "Control characters are not allowed."
NOT_A_NUMBER = "A valid number is required."
DECIMALS = "Ensure that there are no more than 2 decimal places."
NOT_A_MOMENT = (
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
)
BELOW, ABOVE = (
    "Ensure this value is greater than or equal to 0.00.",
    "Ensure this value is less than or equal to 999999.99.",
)

PRODUCT = {"name": "radio", "description": "", "price": "1.00", "product_type": "rtv", "status": "new"}


def _most(number: int) -> str:
    return f"Ensure this field has no more than {number} characters."


def _product(given: Mapping[str, Any]) -> NewProduct:
    return fields.parse(NewProduct, PRODUCT | given).complete()


def _wrong(input_type: type[Any], body: Mapping[str, Any]) -> dict[str, list[str]]:
    with pytest.raises(ValidationFailed) as caught:
        fields.parse(input_type, body).complete()
    return caught.value.fields


@pytest.mark.parametrize(
    ("field", "most", "blank"),
    [("name", 50, False), ("description", 1000, True), ("product_type", 50, False)],
)
def test_a_text_is_kept_as_typed_or_refused_in_these_words(field: str, most: int, blank: bool) -> None:
    kept = ["a", "x" * most, " ends ", "Zażółć 📺", "tab\tline\nend\r", '<b>"&#%']
    for value in kept + (["", "  "] if blank else []):
        assert getattr(_product({field: value}), field) == value
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
        assert _wrong(NewProduct, PRODUCT | {field: value}) == {field: [message]}, repr(value)
    no_texts: list[Any] = [1, True, 1.5, [], {}]
    for no_text in no_texts:
        assert _wrong(NewProduct, PRODUCT | {field: no_text}) == {field: [NOT_TEXT]}
    assert _wrong(NewProduct, PRODUCT | {field: None}) == {field: [NULL]}


def test_every_field_of_a_product_but_its_first_stock_is_required() -> None:
    for input_type in (NewProduct, ProductChange):
        assert _wrong(input_type, {}) == {field: [REQUIRED] for field in PRODUCT}
    assert _product({}).quantity == 0


def test_a_patch_may_leave_out_any_field_of_a_product() -> None:
    change = fields.parse(ProductChange, {"price": 7}, partial=True).complete()

    assert fields.changes_in(change) == {"price": 700}


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
    assert _product({"price": value}).price == cents


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
    assert _wrong(NewProduct, PRODUCT | {"price": value}) == {"price": [message]}


@pytest.mark.parametrize("value", [10**30, 10**300, Fraction("1e30"), Fraction("1e-7")])
def test_a_number_beyond_all_prices_is_refused_too(value: Any) -> None:
    assert _wrong(NewProduct, PRODUCT | {"price": value}).keys() == {"price"}


@pytest.mark.parametrize("value", ["new", "promotions", "sales"])
def test_a_status_is_one_of_three(value: str) -> None:
    assert _product({"status": value}).status == value


@pytest.mark.parametrize("value", ["NEW", "", "old", " new"])
def test_any_other_status_is_refused(value: str) -> None:
    wrong = _wrong(NewProduct, PRODUCT | {"status": value})
    assert wrong == {"status": [f'"{value}" is not a valid choice.']}


@pytest.mark.parametrize("value", [["a"], {"a": 1}, 5, True, "x" * 101, "x" * 100_000])
def test_a_refusal_quotes_nothing_but_a_short_text(value: Any) -> None:
    assert _wrong(NewProduct, PRODUCT | {"status": value}) == {"status": ["Not a valid choice."]}


@pytest.mark.parametrize("field", PRODUCT)
@pytest.mark.parametrize("value", ["\ud83d", "\0", ["\x1b"], {"\x85": 1}, {"a": [{"b": "\udfff"}]}])
def test_no_field_lets_control_characters_in_however_deep(field: str, value: Any) -> None:
    assert _wrong(NewProduct, PRODUCT | {field: value}) == {field: [CONTROL]}


def test_what_is_no_field_may_hold_anything() -> None:
    assert _product({"unknown": "\ud83d"}) == _product({})


@pytest.mark.parametrize(
    ("value", "loaded"),
    [
        ("2017-12-16T11:04:56.293906Z", "2017-12-16T11:04:56.293906Z"),
        ("2017-12-16T11:04:56", "2017-12-16T11:04:56.000000Z"),
        ("2017-12-16T23:30-02:00", "2017-12-17T01:30:00.000000Z"),
        ("2000-01-01T00:00", "2000-01-01T00:00:00.000000Z"),
    ],
)
def test_a_moment_is_loaded_in_utc(value: str, loaded: str) -> None:
    assert fields.parse(PaymentNote, {"date_paid": value}).complete().date_paid == loaded


@pytest.mark.parametrize(
    "value",
    ["", "now", "2017-12-16", "2017-02-30T00:00", "0001-01-01T00:00+12:00", "9999-12-31T23:00-05:00", 1, []],
)
def test_anything_else_is_no_moment(value: Any) -> None:
    assert _wrong(PaymentNote, {"date_paid": value}) == {"date_paid": [NOT_A_MOMENT]}


@pytest.mark.parametrize("value", ["1999-12-31T23:59:59.999999Z", "1970-01-01T00:00", "0001-01-02T00:00Z"])
def test_nothing_was_paid_in_another_century(value: str) -> None:
    message = "Ensure this value is greater than or equal to 2000-01-01T00:00:00.000000Z."

    assert _wrong(PaymentNote, {"date_paid": value}) == {"date_paid": [message]}


def test_the_moment_of_payment_may_be_left_out_but_not_be_null() -> None:
    assert fields.parse(PaymentNote, {}).complete() == PaymentNote(date_paid=None)
    assert _wrong(PaymentNote, {"date_paid": None}) == {"date_paid": [NULL]}


@pytest.mark.parametrize(
    ("value", "payment"),
    [
        ("cash", "cash"),
        ("CARD", "card"),
        ("PayU", "payu"),
        ("blik", None),
        ("", None),
        (" cash", None),
        (1, None),
        (True, None),
        (["cash"], None),
        ({}, None),
        (None, None),
    ],
)
def test_a_payment_is_kept_in_lower_case_and_what_is_none_is_not_wrong_here(
    value: Any, payment: str | None
) -> None:
    assert fields.parse(NewShopOrder, {"payment": value}).complete().payment == payment


def test_an_order_has_to_say_something_for_its_payment() -> None:
    assert _wrong(NewShopOrder, {}) == {"payment": [REQUIRED]}
