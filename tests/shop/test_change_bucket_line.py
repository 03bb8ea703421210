"""`POST` and `DELETE /api/bucket/{uuid}`: a line's quantity changes, and the stock by the difference."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.shop.refusals import NOT_AN_INTEGER, NOT_AVAILABLE, NOT_ENOUGH, NOT_FOUND, REQUIRED, invalid, told
from tests.support.shop import Administrator, Shop, Shopper

REMOVED = (200, {"status": "OK", "message": "product removed"})
ABSENT = ["00000000-0000-4000-8000-000000000000", "1", "telewizor", "%00", "%23"]


@pytest.mark.parametrize(("quantity", "left"), [(1, 9), (2, 8), (3, 7), (10, 0)])
def test_takes_or_gives_back_just_the_difference(
    shop: Shop, customer: Shopper, quantity: int, left: int
) -> None:
    product = shop.product(10)
    line = customer.line(product, 2)

    answer = customer.change(line, quantity)

    assert told(answer) == (200, {"quantity": quantity})
    assert shop.left(product) == left
    assert [(held["bucket_uuid"], held["quantity"]) for held in customer.lines()] == [(line, quantity)]


def test_a_quantity_of_zero_removes_the_line(shop: Shop, customer: Shopper) -> None:
    product = shop.product(10)
    line = customer.line(product, 4)

    answer = customer.change(line, 0)

    assert told(answer) == (200, {"quantity": 0})
    assert (shop.left(product), customer.lines()) == (10, [])
    assert told(customer.change(line, 0)) == NOT_FOUND


def test_more_than_is_left_beside_what_is_held_is_too_many(shop: Shop, customer: Shopper) -> None:
    product = shop.product(10)
    line = customer.line(product, 2)

    assert told(customer.change(line, 11)) == NOT_ENOUGH
    assert (shop.left(product), customer.lines()[0]["quantity"]) == (8, 2)


@pytest.mark.parametrize("quantity", [11, 2**31, 2**63, 10**12, 10**38, 10**300, 10**4299])
def test_a_huge_quantity_is_just_too_many(shop: Shop, customer: Shopper, quantity: int) -> None:
    product = shop.product(10)

    assert told(customer.change(customer.line(product), quantity)) == NOT_ENOUGH
    assert shop.left(product) == 9


def test_a_negative_quantity_is_refused(shop: Shop, customer: Shopper) -> None:
    answer = customer.change(customer.line(shop.product()), -1)

    assert told(answer) == invalid(quantity=["Ensure this value is greater than or equal to 0."])


@pytest.mark.parametrize("quantity", ["1", 0.0, 1.5, True, False, [], {}])
def test_a_quantity_is_an_integer_and_nothing_like_one(shop: Shop, customer: Shopper, quantity: Any) -> None:
    assert told(customer.change(customer.line(shop.product()), quantity)) == invalid(quantity=NOT_AN_INTEGER)


def test_the_quantity_is_required(shop: Shop, customer: Shopper) -> None:
    answer = customer.call("POST", f"/api/bucket/{customer.line(shop.product())}", {})

    assert told(answer) == invalid(quantity=REQUIRED)


@pytest.mark.parametrize("uuid", ABSENT)
def test_a_line_that_is_not_there_is_not_found(customer: Shopper, uuid: str) -> None:
    assert [told(customer.change(uuid, 1)), told(customer.remove(uuid))] == [NOT_FOUND] * 2


def test_the_uuid_of_a_product_names_no_line(shop: Shop, customer: Shopper) -> None:
    product = shop.product()
    customer.line(product)

    assert told(customer.remove(product.uuid)) == NOT_FOUND


@pytest.mark.parametrize("quantity", [6, 11, 10**13])
def test_a_withdrawn_product_is_not_raised(
    shop: Shop, customer: Shopper, administrator: Administrator, quantity: int
) -> None:
    product = shop.product(10)
    line = customer.line(product, 5)
    administrator.withdraw(product)

    assert told(customer.change(line, quantity)) == NOT_AVAILABLE
    assert (shop.left(product), customer.lines()[0]["quantity"]) == (5, 5)


def test_a_withdrawn_product_can_be_lowered_and_ordered_and_removed(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product, buyer = shop.product(10), shop.shopper()
    line, ordered = customer.line(product, 5), buyer.line(product, 3)
    administrator.withdraw(product)

    assert told(customer.change(line, 5)) == (200, {"quantity": 5})
    assert told(customer.change(line, 1)) == (200, {"quantity": 1})
    assert told(customer.remove(line)) == REMOVED
    assert told(buyer.change(ordered, 2)) == (200, {"quantity": 2})
    assert buyer.order().status == 200
    assert shop.left(product) == 8


def test_a_line_that_is_raised_has_the_present_price_and_one_that_is_not_keeps_its_own(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    products = [shop.product(price=100) for _ in range(4)]
    raised, lowered, equal, left = [customer.line(product, 3) for product in products]
    for product in products:
        administrator.call("PATCH", f"products/{product.uuid}", {"price": "5.00"})

    answers = [customer.change(raised, 7), customer.change(lowered, 2), customer.change(equal, 3)]

    assert [told(answer) for answer in answers] == [(200, {"quantity": quantity}) for quantity in (7, 2, 3)]
    assert [(held["bucket_uuid"], held["quantity"], held["value"]) for held in customer.lines()] == [
        (raised, 7, "5.00"),
        (lowered, 2, "1.00"),
        (equal, 3, "1.00"),
        (left, 3, "1.00"),
    ]
    assert customer.order().json["sum"] == "43.00"


def _meanwhile(customer: Shopper, change: Callable[[], object]) -> None:
    """Let something happen between what the next request reads and what it writes."""

    def once(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", once)
        change()

    events = customer.world.events
    events.register("before-call.dynamodb.TransactWriteItems", once)


@pytest.mark.parametrize("is_in", [True, False])
def test_a_price_that_changes_at_the_same_time_is_the_new_one(
    shop: Shop, customer: Shopper, administrator: Administrator, is_in: bool
) -> None:
    product = shop.product(10, price=100)
    line = customer.line(product) if is_in else ""
    body = {"price": "500.00"}
    _meanwhile(customer, lambda: administrator.call("PATCH", f"products/{product.uuid}", body))

    answer = customer.change(line, 3) if is_in else customer.add(product, 3)

    assert answer.status == 200
    assert [(held["quantity"], held["value"]) for held in customer.lines()] == [(3, "500.00")]


@pytest.mark.parametrize("is_in", [True, False])
def test_of_a_product_that_is_withdrawn_at_the_same_time_nothing_is_taken(
    shop: Shop, customer: Shopper, administrator: Administrator, is_in: bool
) -> None:
    product = shop.product(10)
    line = customer.line(product) if is_in else ""
    _meanwhile(customer, lambda: administrator.withdraw(product))

    answer = customer.change(line, 3) if is_in else customer.add(product, 3)

    assert told(answer) == NOT_AVAILABLE
    assert shop.left(product) == 10 - is_in


def test_removing_gives_back_what_it_took(shop: Shop, customer: Shopper) -> None:
    product = shop.product(10)
    line = customer.line(product, 4)

    answer = customer.remove(line)

    assert told(answer) == REMOVED
    assert (shop.left(product), customer.lines()) == (10, [])
    assert told(customer.remove(line)) == NOT_FOUND


def test_a_removed_product_can_be_put_in_again_as_a_new_line(shop: Shop, customer: Shopper) -> None:
    product = shop.product(10)
    first = customer.line(product, 4)
    customer.remove(first)

    second = customer.line(product, 3)

    assert second != first
    assert shop.left(product) == 7
