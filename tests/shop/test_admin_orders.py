"""`/api/admin/orders…`: all customers' orders, paid or in error."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import times
from tests.shop.envelopes import wrong_page_sizes
from tests.shop.refusals import NOT_FOUND, NOT_RETURNABLE, WRONG_STATE, invalid, told
from tests.support.books import assert_books_are_right
from tests.support.shop import Administrator, Shop, Shopper

ABSENT = ["00000000-0000-4000-8000-000000000000", "1", "%23"]
NOT_A_MOMENT = [
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
]


def test_an_order_is_shown_with_its_customer_and_lines(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    order = customer.ordered(shop.product(), 2)

    answer = administrator.call("GET", f"orders/{order}")

    own = customer.show(order).json
    assert told(answer) == (200, [own[0] | {"customer": customer.uuid}, own[1]])
    assert list(answer.json[0]) == [*own[0], "customer"]


@pytest.mark.parametrize("uuid", ABSENT)
def test_an_order_that_is_not_there_is_not_found(administrator: Administrator, uuid: str) -> None:
    answers = [administrator.call("GET", f"orders/{uuid}")]
    answers += [administrator.move(uuid, step) for step in ("set_paid", "set_error")]

    assert [told(answer) for answer in answers] == [NOT_FOUND] * 3


def test_a_paid_order_says_when(shop: Shop, customer: Shopper, administrator: Administrator) -> None:
    product = shop.product(10)
    order = customer.ordered(product, 2)
    before = administrator.call("GET", f"orders/{order}").json

    answer = administrator.move(order, "set_paid")

    paid = {"status": "paid", "date_paid": times.iso(shop.world.clock.now)}
    assert told(answer) == (200, [before[0] | paid, before[1]])
    assert administrator.call("GET", f"orders/{order}") == answer
    assert shop.left(product) == 8
    assert_books_are_right(shop.world)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2017-12-16T11:04:56.293906Z", "2017-12-16T11:04:56.293906Z"),
        ("2017-12-16T11:04:56+01:00", "2017-12-16T10:04:56.000000Z"),
        ("2017-12-16T11:04", "2017-12-16T11:04:00.000000Z"),
    ],
)
def test_the_moment_of_payment_can_be_given(
    shop: Shop, customer: Shopper, administrator: Administrator, sent: str, stored: str
) -> None:
    answer = administrator.move(customer.ordered(shop.product()), "set_paid", {"date_paid": sent})

    assert (answer.status, answer.json[0]["date_paid"]) == (200, stored)


@pytest.mark.parametrize("sent", ["yesterday", "", "2017-12-16", "2017-13-01T00:00", 7, True, [], {}])
def test_a_wrong_moment_changes_nothing(
    shop: Shop, customer: Shopper, administrator: Administrator, sent: Any
) -> None:
    order = customer.ordered(shop.product())

    answer = administrator.move(order, "set_paid", {"date_paid": sent})

    assert told(answer) == invalid(date_paid=NOT_A_MOMENT)
    assert customer.show(order).json[0]["status"] == "new"


def test_an_order_in_error_gives_its_products_back_once(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    product = shop.product(10)
    order = customer.ordered(product, 4)

    answer = administrator.move(order, "set_error")

    assert (answer.status, answer.json[0]["status"], answer.json[0]["date_paid"]) == (200, "error", None)
    assert told(administrator.move(order, "set_error")) == WRONG_STATE
    assert shop.left(product) == 10
    assert_books_are_right(shop.world)


def _brought_to(status: str, order: str, customer: Shopper, administrator: Administrator) -> None:
    if status == "returned":
        customer.cancel(order)
    elif status != "new":
        administrator.move(order, f"set_{status}")


@pytest.mark.parametrize(
    ("status", "paid", "failed", "cancelled"),
    [("new", 200, 200, 200), ("paid", 409, 409, 200), ("returned", 409, 409, 409), ("error", 409, 409, 409)],
)
def test_what_an_order_may_become_depends_on_what_it_is(
    shop: Shop,
    administrator: Administrator,
    customer: Shopper,
    status: str,
    paid: int,
    failed: int,
    cancelled: int,
) -> None:
    orders = [customer.ordered(shop.product()) for _ in range(3)]
    for order in orders:
        _brought_to(status, order, customer, administrator)

    answers = [
        administrator.move(orders[0], "set_paid"),
        administrator.move(orders[1], "set_error"),
        customer.cancel(orders[2]),
    ]

    refusals = [WRONG_STATE, WRONG_STATE, NOT_RETURNABLE]
    assert [answer.status for answer in answers] == [paid, failed, cancelled]
    for answer, refusal in zip(answers, refusals, strict=True):
        assert answer.status == 200 or told(answer) == refusal
    assert_books_are_right(shop.world)


def test_a_step_that_there_is_not_is_not_found(
    shop: Shop, customer: Shopper, administrator: Administrator
) -> None:
    answer = administrator.move(customer.ordered(shop.product()), "set_new")

    assert told(answer) == (404, {"detail": "Not found.", "message": "not found"})


def test_a_wrong_status_or_page_size_is_named(administrator: Administrator) -> None:
    wrong_page_sizes(administrator.call, "orders")
    refused = invalid(status=["Must be one of new, to_pay, paid, returned, error."])
    assert told(administrator.call("GET", "orders?status=NEW")) == refused


@pytest.mark.parametrize(
    ("minutes", "status"), [(-60, 200), (0, 200), (4, 200), (6, 400), (60 * 24 * 365, 400)]
)
def test_an_order_was_not_paid_in_the_future_but_for_clocks_that_differ(
    shop: Shop, customer: Shopper, administrator: Administrator, minutes: int, status: int
) -> None:
    moment = times.iso(shop.world.clock.now + timedelta(minutes=minutes))
    order = customer.ordered(shop.product())

    answer = administrator.move(order, "set_paid", {"date_paid": moment})

    assert answer.status == status
    if status == 400:
        assert told(answer) == invalid(date_paid=["Ensure this value is not in the future."])
        assert customer.show(order).json[0]["status"] == "new"
