"""`POST /api/bucket`: a product goes into the bucket and is reserved at once."""

from typing import Any

import pytest

from tests.shop.refusals import (
    ALREADY_IN,
    NOT_AN_INTEGER,
    NOT_AVAILABLE,
    NOT_ENOUGH,
    REQUIRED,
    invalid,
    told,
)
from tests.support.late_items import visible_late
from tests.support.shop import Administrator, Shop, Shopper

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def test_reserves_what_is_put_in(shop: Shop, customer: Shopper) -> None:
    product = shop.product(10, price=100_050)

    answer = customer.add(product, 3)

    value = 1000.5
    assert told(answer) == (
        200,
        {"customer": customer.uuid, "quantity": 3, "product": product.uuid, "value": value},
    )
    assert list(answer.json) == ["customer", "quantity", "product", "value"]
    assert shop.left(product) == 7


@pytest.mark.parametrize(
    ("cents", "printed"),
    [(100_000, "1000.0"), (0, "0.0"), (1, "0.01"), (10, "0.1"), (1_999, "19.99"), (99_999_999, "999999.99")],
)
def test_value_is_a_number_exact_to_the_cent(shop: Shop, customer: Shopper, cents: int, printed: str) -> None:
    answer = customer.add(shop.product(price=cents))

    assert f'"value":{printed}}}' in answer.text


def test_the_last_one_can_be_taken(shop: Shop, customer: Shopper) -> None:
    product = shop.product(4)

    assert customer.add(product, 4).status == 200
    assert shop.left(product) == 0


def test_the_uuid_of_a_product_is_taken_in_upper_case_too(shop: Shop, customer: Shopper) -> None:
    product = shop.product()

    answer = customer.add(product.uuid.upper())

    assert (answer.status, answer.json["product"]) == (200, product.uuid)
    assert told(customer.add(product)) == ALREADY_IN


@pytest.mark.parametrize("wanted", [UNKNOWN, "telewizor", "", None, 7, 1.5, True, [], {}, ["a"], "x" * 9_000])
def test_what_names_no_product_is_not_available(customer: Shopper, wanted: Any) -> None:
    expected = invalid(product=["This field may not be null."]) if wanted is None else NOT_AVAILABLE
    assert told(customer.add(wanted)) == expected


def test_a_withdrawn_product_is_not_available(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product()
    administrator.withdraw(product)

    assert told(customer.add(product)) == NOT_AVAILABLE
    assert shop.left(product) == 10


def test_a_sold_out_product_is_not_available_rather_than_too_few(shop: Shop, customer: Shopper) -> None:
    assert told(customer.add(shop.product(0), 5)) == NOT_AVAILABLE


def test_more_than_is_left_is_too_many(shop: Shop, customer: Shopper) -> None:
    product = shop.product(4)

    assert told(customer.add(product, 5)) == NOT_ENOUGH
    assert shop.left(product) == 4


def test_already_in_the_bucket_comes_before_all_else(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    withdrawn, sold_out, scarce = shop.product(), shop.product(1), shop.product(2)
    for product in (withdrawn, sold_out, scarce):
        customer.line(product)
    administrator.withdraw(withdrawn)

    answers = [customer.add(product, 9) for product in (withdrawn, sold_out, scarce)]

    assert [told(answer) for answer in answers] == [ALREADY_IN] * 3


def test_a_withdrawn_product_is_not_available_rather_than_too_few(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(1)
    administrator.withdraw(product)

    assert told(customer.add(product, 2)) == NOT_AVAILABLE


@pytest.mark.parametrize("quantity", [0, -1, -(10**30)])
def test_a_quantity_below_one_is_refused(shop: Shop, customer: Shopper, quantity: int) -> None:
    answer = customer.add(shop.product(), quantity)

    assert told(answer) == invalid(quantity=["Ensure this value is greater than or equal to 1."])


@pytest.mark.parametrize("quantity", ["1", "", 1.0, 1.5, True, False, [], {}, [1], "ένα"])
def test_a_quantity_is_an_integer_and_nothing_like_one(shop: Shop, customer: Shopper, quantity: Any) -> None:
    assert told(customer.add(shop.product(), quantity)) == invalid(quantity=NOT_AN_INTEGER)


@pytest.mark.parametrize("quantity", [11, 2**31, 2**63, 2**64, 10**38, 10**40, 10**300, 10**4299])
def test_a_huge_quantity_is_just_too_many(shop: Shop, customer: Shopper, quantity: int) -> None:
    product = shop.product()

    assert told(customer.add(product, quantity)) == NOT_ENOUGH
    assert shop.left(product) == 10


def test_both_fields_are_required(customer: Shopper) -> None:
    answer = customer.call("POST", "/api/bucket", {})

    assert told(answer) == invalid(quantity=REQUIRED, product=REQUIRED)
    assert list(answer.json["details"]) == ["quantity", "product"]


def test_null_is_no_quantity_and_no_product(customer: Shopper) -> None:
    answer = customer.call("POST", "/api/bucket", {"quantity": None, "product": None})

    null = ["This field may not be null."]
    assert told(answer) == invalid(quantity=null, product=null)


def test_a_change_of_price_does_not_reach_the_bucket(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(price=1_000)
    customer.line(product)

    administrator.call("PATCH", f"products/{product.uuid}", {"price": "99.00"})

    assert [line["value"] for line in customer.lines()] == ["10.00"]
    assert shop.shopper().add(product).json["value"] == 99.0


@pytest.mark.parametrize("quantity", [3, 4])
def test_what_is_put_in_twice_at_once_is_in_the_bucket_already(
    shop: Shop, customer: Shopper, quantity: int
) -> None:
    product = shop.product(4)

    with visible_late(shop.world, lambda: customer.add(product, quantity), "/BUCKET"):
        assert told(customer.add(product, quantity)) == ALREADY_IN

    assert shop.left(product) == 4 - quantity
