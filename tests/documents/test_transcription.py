"""The transcribed documents are consistent in themselves."""

from __future__ import annotations

import pytest

from ops.docs.exchanges import customer_api, orders_api
from ops.docs.exchanges.exchange import ANY_MASKED_HASH, ANY_TIME, ANY_UUID, Exchange, Marker
from tests.documents.difference import difference

ALL = (*orders_api.EXCHANGES, *customer_api.EXCHANGES)
HOST = "https://shop.example"


def test_titles_are_unique() -> None:
    assert len({exchange.title for exchange in ALL}) == len(ALL)


@pytest.mark.parametrize("exchange", ALL, ids=lambda exchange: exchange.title)
def test_an_exchange_builds_on_earlier_known_ones(exchange: Exchange) -> None:
    assert set(exchange.after) <= {other.title for other in ALL} - {exchange.title}


@pytest.mark.parametrize("exchange", ALL, ids=lambda exchange: exchange.title)
def test_an_id_in_a_path_comes_from_the_bucket(exchange: Exchange) -> None:
    assert ("{" in exchange.path) <= bool(exchange.bucket)


def test_every_row_of_an_error_table_is_told_apart() -> None:
    assert len(customer_api.ERRORS) == 23
    assert len(set(customer_api.ERRORS)) == 23


def test_a_code_has_one_meaning() -> None:
    meanings = {(error.code, error.message) for error in customer_api.ERRORS if error.code}

    assert len(meanings) == len({code for code, _ in meanings})


def test_the_printed_order_is_worth_its_sum() -> None:
    header, lines = customer_api.ORDER_READ.response_body
    products = customer_api.PRODUCT_LIST.response_body["results"]

    assert [(line["product"], line["quantity"]) for line in lines] == list(customer_api.ORDERED_BUCKET)
    assert [line["value"] for line in lines] == [products[line["product"]]["price"] for line in lines]
    assert header["sum"] == f"{sum(float(line['value']) * line['quantity'] for line in lines):.2f}"


def test_a_response_is_a_copy_on_the_called_host() -> None:
    retrieved = orders_api.RETRIEVE.response(HOST)

    assert retrieved["creator"]["image"] == "https://shop.example/static/Users/default-user-image.jpeg"
    assert retrieved["creator"] is not orders_api.RETRIEVE.response_body["creator"]
    assert retrieved["updated_at"] is ANY_TIME


def test_an_error_has_the_columns_of_its_table() -> None:
    rows = {error.message: error for error in customer_api.ERRORS}

    assert rows["not found"].body() == {"message": "not found"}
    assert list(rows["bucket is empty"].body().items()) == [("code", 1083), ("message", "bucket is empty")]
    assert rows["Validation error."].body({"email": ["This field is required."]}) == {
        "message": "Validation error.",
        "details": {"email": ["This field is required."]},
    }


@pytest.mark.parametrize(
    ("marker", "right", "wrong"),
    [
        (ANY_UUID, "df583417-eab9-4839-9569-001b17e4c785", "DF583417-EAB9-4839-9569-001B17E4C785"),
        (ANY_UUID, "df583417-eab9-4839-9569-001b17e4c785", "df583417eab948399569001b17e4c785"),
        (ANY_TIME, "2017-12-16T11:04:56.293906Z", "2017-12-16T11:04:56Z"),
        (ANY_TIME, "2017-12-16T11:04:56.293906Z", "2017-12-16T11:04:56.293906+00:00"),
        (ANY_TIME, "2017-12-16T11:04:56.293906Z", "2017-13-16T11:04:56.293906Z"),
        (ANY_TIME, "2017-12-16T11:04:56.293906Z", "2017-12-16T11:04:56.293906Z\n"),
        (ANY_MASKED_HASH, "pbkdf2_sha256$600000$xA9w********$vQwQ****", customer_api.PRINTED_PASSWORD),
        (ANY_MASKED_HASH, "pbkdf2_sha256$1000000$xA9w*$vQwQ*", "pbkdf2_sha256$599999$xA9w*$vQwQ*"),
        (ANY_MASKED_HASH, "pbkdf2_sha256$720000$xA9w*$vQwQ*", "pbkdf2_sha256$720000$xA9wvVJPALHV$vQwQ*"),
    ],
)
def test_a_marker_takes_its_shape_only(marker: Marker, right: str, wrong: str) -> None:
    assert marker == right
    assert marker != wrong
    assert marker != 1


@pytest.mark.parametrize(
    ("expected", "actual", "message"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "$: expected the keys ['a', 'b'], got ['b', 'a']"),
        ({"a": 1}, {"a": True}, "$.a: expected 1, got True"),
        ([{"value": 1000.0}], [{"value": 1000}], "$[0].value: expected 1000.0, got 1000"),
        ([1], [1, 2], "$: expected 1 elements, got 2"),
        ({"a": None}, {"a": ""}, "$.a: expected None, got ''"),
        ({"a": ANY_TIME}, {"a": "now"}, "$.a: expected <any time>, got 'now'"),
    ],
)
def test_a_difference_names_its_place(expected: object, actual: object, message: str) -> None:
    assert difference(expected, actual) == message


def test_a_labelled_marker_stands_for_one_value() -> None:
    one, other = "df583417-eab9-4839-9569-001b17e4c785", "80ad25ca-048c-4a01-9ff7-ed690b9cc00f"
    expected = [ANY_UUID.labelled("order"), ANY_UUID.labelled("order"), ANY_UUID]

    assert difference(expected, [one, one, other]) is None
    assert "the same order as before" in (difference(expected, [one, other, other]) or "")
