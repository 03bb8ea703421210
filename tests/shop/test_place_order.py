"""`POST /api/orders`: the whole bucket becomes an order, or nothing does."""

from typing import Any

import pytest

from chalicelib import times
from ops.docs.exchanges.exchange import ANY_UUID
from tests.documents.difference import difference
from tests.shop.refusals import EMPTY, NO_PAYMENT, REQUIRED, invalid, told
from tests.support.shop import Administrator, Shop, Shopper


def test_an_order_takes_the_whole_bucket(shop: Shop, customer: Shopper) -> None:
    first, second = shop.product(10, price=1_999), shop.product(10, price=1)
    customer.line(first, 3)
    customer.line(second, 2)

    answer = customer.order("cash")

    expected = {
        "order_uuid": ANY_UUID,
        "status": "new",
        "date_created": times.iso(shop.world.clock.now),
        "date_paid": None,
        "sum": "59.99",
        "payment": "cash",
        "customer": customer.uuid,
    }
    assert answer.status == 200
    assert difference(expected, answer.json) is None
    assert customer.lines() == []
    assert (shop.left(first), shop.left(second)) == (7, 8)


@pytest.mark.parametrize(
    ("payment", "answered"),
    [
        ("CASH", "cash"),
        ("CARD", "card"),
        ("PAYU", "payu"),
        ("card", "card"),
        ("PayU", "payu"),
        ("cAsH", "cash"),
    ],
)
def test_a_payment_is_taken_in_any_case(shop: Shop, customer: Shopper, payment: str, answered: str) -> None:
    customer.line(shop.product())

    answer = customer.order(payment)

    assert (answer.status, answer.json["payment"]) == (200, answered)


@pytest.mark.parametrize(
    "payment",
    ["gold", "", " cash", "cash ", "CASH\n", "ca\u017fh", "\u212aard", None, 1, 1.0, True, [], ["cash"], {}],
)
def test_any_other_payment_is_refused(shop: Shop, customer: Shopper, payment: Any) -> None:
    customer.line(shop.product())

    assert told(customer.order(payment)) == NO_PAYMENT
    assert len(customer.lines()) == 1


def test_the_payment_is_required(shop: Shop, customer: Shopper) -> None:
    customer.line(shop.product())

    assert told(customer.call("POST", "/api/orders", {})) == invalid(payment=REQUIRED)
    assert told(customer.call("POST", "/api/orders")) == invalid(payment=REQUIRED)


def test_an_empty_bucket_makes_no_order(customer: Shopper) -> None:
    assert told(customer.order()) == EMPTY


def test_an_emptied_bucket_makes_no_order(shop: Shop, customer: Shopper) -> None:
    customer.ordered(shop.product())

    assert told(customer.order()) == EMPTY
    assert customer.call("GET", "/api/orders").json["count"] == 1


def test_the_payment_is_looked_at_before_the_bucket(customer: Shopper) -> None:
    assert told(customer.order("gold")) == NO_PAYMENT
    assert told(customer.call("POST", "/api/orders", {})) == invalid(payment=REQUIRED)


def test_a_withdrawn_product_in_the_bucket_is_ordered(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(price=250)
    customer.line(product, 2)
    administrator.withdraw(product)

    answer = customer.order()

    assert (answer.status, answer.json["sum"]) == (200, "5.00")


def test_an_order_keeps_the_prices_of_the_bucket(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(price=1_000)
    customer.line(product, 2)
    administrator.call("PATCH", f"products/{product.uuid}", {"price": "0.01"})

    order = customer.order().json

    assert order["sum"] == "20.00"
    administrator.call("PATCH", f"products/{product.uuid}", {"price": "7.00"})
    assert customer.show(order["order_uuid"]).json[1][0]["value"] == "10.00"


def test_the_largest_price_in_the_largest_quantity_is_exact(shop: Shop, customer: Shopper) -> None:
    customer.line(shop.product(10**9, price=99_999_999), 10**9)

    assert customer.order().json["sum"] == "999999990000000.00"


def test_two_orders_have_different_names_for_everything(shop: Shop, customer: Shopper) -> None:
    product = shop.product()

    orders = [customer.show(customer.ordered(product)).json for _ in range(2)]

    uuids = [order["order_uuid"] for order, _ in orders]
    uuids += [line["order_product_uuid"] for _, lines in orders for line in lines]
    assert len(set(uuids)) == 4
