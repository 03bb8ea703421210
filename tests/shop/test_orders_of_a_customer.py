"""`GET /api/orders/{uuid}`, `GET /api/orders` and `POST /api/orders/{uuid}/set_canceled`."""

import pytest

from chalicelib import times
from ops.docs.exchanges.exchange import ANY_UUID
from tests.documents.difference import difference
from tests.shop.envelopes import assert_walks_both_ways, wrong_page_sizes
from tests.shop.refusals import NOT_FOUND, NOT_RETURNABLE, UPDATED, invalid, told
from tests.support.shop import Administrator, Shop, Shopper

ABSENT = ["00000000-0000-4000-8000-000000000000", "1", "set_canceled", "%23", "%00"]


def test_the_lines_of_an_order_are_shown_in_the_order_of_the_bucket(shop: Shop, customer: Shopper) -> None:
    products = [shop.product(price=price) for price in (1_000, 250)]
    for product in products:
        customer.line(product, 2)
    order = customer.order("card").json

    answer = customer.show(order["order_uuid"])

    shown = {key: value for key, value in order.items() if key != "customer"}
    lines = [
        {
            "order_product_uuid": ANY_UUID,
            "quantity": 2,
            "value": value,
            "order": order["order_uuid"],
            "product": product.uuid,
        }
        for product, value in zip(products, ("10.00", "2.50"), strict=True)
    ]
    assert answer.status == 200
    assert difference([shown, lines], answer.json) is None
    assert shown["sum"] == "25.00"


def test_an_order_is_found_in_upper_case_too(shop: Shop, customer: Shopper) -> None:
    order = customer.ordered(shop.product())

    assert customer.show(order.upper()) == customer.show(order)


@pytest.mark.parametrize("uuid", ABSENT)
def test_an_order_that_is_not_there_is_not_found(customer: Shopper, uuid: str) -> None:
    assert [told(customer.show(uuid)), told(customer.cancel(uuid))] == [NOT_FOUND] * 2


def test_a_cancelled_order_is_returned_and_its_products_are_back_once(shop: Shop, customer: Shopper) -> None:
    products = [shop.product(10), shop.product(10)]
    for number, product in enumerate(products, start=3):
        customer.line(product, number)
    order = customer.order().json["order_uuid"]

    answer = customer.cancel(order)

    assert told(answer) == UPDATED
    assert customer.show(order).json[0]["status"] == "returned"
    assert [shop.left(product) for product in products] == [10, 10]
    assert told(customer.cancel(order)) == NOT_RETURNABLE
    assert [shop.left(product) for product in products] == [10, 10]


def test_a_cancel_needs_no_body_and_minds_none(shop: Shop, customer: Shopper) -> None:
    order = customer.ordered(shop.product())

    answer = shop.world.call("POST", f"/api/orders/{order}/set_canceled", raw=b"<none>", token=customer.token)

    assert told(answer) == UPDATED


def test_a_paid_order_can_be_cancelled_and_stays_paid_for(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(10)
    order = customer.ordered(product, 4)
    administrator.move(order, "set_paid")

    assert told(customer.cancel(order)) == UPDATED
    shown = customer.show(order).json[0]
    assert (shown["status"], shown["date_paid"]) == ("returned", times.iso(shop.world.clock.now))
    assert shop.left(product) == 10


def test_an_order_in_error_can_not_be_cancelled(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(10)
    order = customer.ordered(product, 4)
    administrator.move(order, "set_error")

    assert told(customer.cancel(order)) == NOT_RETURNABLE
    assert shop.left(product) == 10


def test_a_withdrawn_product_goes_back_on_stock_too(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(10)
    order = customer.ordered(product, 4)
    administrator.withdraw(product)

    assert told(customer.cancel(order)) == UPDATED
    assert shop.left(product) == 10


def _orders(shop: Shop, customer: Shopper, count: int) -> list[str]:
    """Make orders a second apart and return them newest first."""
    product, made = shop.product(count), []
    for _ in range(count):
        shop.world.clock.advance(seconds=1)
        made.append(customer.ordered(product))
    return made[::-1]


def test_my_orders_come_newest_first(shop: Shop, customer: Shopper) -> None:
    orders = _orders(shop, customer, 3)

    answer = customer.call("GET", "/api/orders")

    expected = [customer.show(order).json[0] for order in orders]
    assert told(answer) == (200, {"count": 3, "next": None, "previous": None, "results": expected})
    assert list(answer.json["results"][0]) == [
        "order_uuid",
        "status",
        "date_created",
        "date_paid",
        "sum",
        "payment",
    ]


def test_pages_lead_forward_and_back_over_every_order_once(shop: Shop, customer: Shopper) -> None:
    orders = _orders(shop, customer, 5)

    for size in (1, 2, 5):
        for narrowed in ("", "&status=new"):
            walked = assert_walks_both_ways(customer.call, f"/api/orders?page_size={size}{narrowed}", size, 5)
            assert [order["order_uuid"] for order in walked] == orders


def test_orders_of_one_moment_are_all_listed(shop: Shop, customer: Shopper) -> None:
    product = shop.product()
    orders = {customer.ordered(product) for _ in range(4)}

    walked = assert_walks_both_ways(customer.call, "/api/orders?page_size=1", 1, 4)

    assert {order["order_uuid"] for order in walked} == orders


def test_a_status_narrows_the_list_and_its_count(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    new, returned, paid, failed = _orders(shop, customer, 4)
    customer.cancel(returned)
    administrator.move(paid, "set_paid")
    administrator.move(failed, "set_error")

    for status, expected in [
        ("new", [new]),
        ("returned", [returned]),
        ("paid", [paid]),
        ("error", [failed]),
        ("to_pay", []),
        ("", [new, returned, paid, failed]),
    ]:
        listed = customer.call("GET", f"/api/orders?status={status}").json
        assert [order["order_uuid"] for order in listed["results"]] == expected
        assert listed["count"] == len(expected)


def test_a_wrong_status_or_page_size_is_named(customer: Shopper) -> None:
    wrong_page_sizes(customer.call, "/api/orders")
    refused = invalid(status=["Must be one of new, to_pay, paid, returned, error."])
    for status in ("NEW", "cancelled", "new,paid", "%00"):
        assert told(customer.call("GET", f"/api/orders?status={status}")) == refused
