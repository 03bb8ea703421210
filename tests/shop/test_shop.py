"""The rules of buckets and orders."""

from dataclasses import replace

import pytest

from chalicelib.auth.model import Session
from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.errors import NotReturnable, WrongState
from chalicelib.shop.orders.model import (
    ALLOWED_FROM,
    ERROR,
    PAID,
    RESTOCKING,
    RETURNED,
    STATUSES,
    OrderLine,
    ShopOrder,
    with_status,
)

FIRST, SECOND = BucketLine("l1", "p1", 2, 1_000), BucketLine("l2", "p2", 1, 250)


def _order(status: str, *lines: OrderLine) -> ShopOrder:
    return ShopOrder("o", "c", status, "cash", "2026-01-15T12:00:00.000000Z", lines)


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        ("new", {"paid", "returned", "error"}),
        ("to_pay", {"paid", "returned", "error"}),
        ("paid", {"returned"}),
        ("returned", set()),
        ("error", set()),
    ],
)
def test_an_order_goes_only_where_its_status_lets_it(status: str, becomes: set[str]) -> None:
    order = _order(status)
    for to in becomes:
        assert with_status(order, to) == replace(order, status=to, version=2)
    for to in ALLOWED_FROM.keys() - becomes:
        with pytest.raises((NotReturnable, WrongState)):
            with_status(order, to)


def test_a_refused_status_change_is_told_in_the_words_of_its_surface() -> None:
    with pytest.raises(NotReturnable):
        with_status(_order(ERROR), RETURNED)
    for to in (PAID, ERROR):
        with pytest.raises(WrongState) as caught:
            with_status(_order(RETURNED), to)
        assert caught.value.allowed == "`new`, `to_pay`"


def test_every_status_has_its_row_and_restocking_is_final() -> None:
    froms = {status for allowed in ALLOWED_FROM.values() for status in allowed}

    assert froms | ALLOWED_FROM.keys() == set(STATUSES)
    assert RESTOCKING.isdisjoint(froms)


def test_a_sum_is_each_price_times_its_quantity() -> None:
    lines = [OrderLine("a", "p1", 3, 1_999), OrderLine("b", "p2", 10**9, 99_999_999)]

    assert _order("new").sum == 0
    assert _order("new", *lines).sum == 5_997 + 99_999_999_000_000_000


def test_a_line_goes_behind_the_others_and_a_changed_one_keeps_its_place() -> None:
    bucket = Bucket("c").with_line(FIRST).with_line(SECOND)
    assert list(bucket.lines.values()) == [FIRST, SECOND]

    changed = bucket.with_line(replace(FIRST, quantity=9))

    assert list(changed.lines.values()) == [replace(FIRST, quantity=9), SECOND]
    assert (bucket.version, changed.version) == (2, 3)


def test_a_line_with_a_quantity_of_zero_is_left_out() -> None:
    bucket = Bucket("c").with_line(FIRST).with_line(SECOND)

    emptied = bucket.with_line(replace(FIRST, quantity=0))

    assert (emptied.lines, emptied.version) == ({"p2": SECOND}, 3)
    assert emptied.with_line(replace(FIRST, quantity=0)).lines == {"p2": SECOND}


def test_an_ordered_bucket_is_empty_and_newer() -> None:
    bucket = Bucket("c").with_line(FIRST)

    assert bucket.emptied() == Bucket("c", {}, 2)


def test_a_line_is_found_by_its_own_uuid() -> None:
    bucket = Bucket("c").with_line(FIRST)

    assert (bucket.line("l1"), bucket.line("p1"), bucket.line("")) == (FIRST, None, None)


@pytest.mark.parametrize(
    ("session_id", "session_epoch", "accepted"),
    [(1, 0, True), (2, 0, False), (2, 1, True), (1, 1, True), (2, 2, False)],
)
def test_a_session_is_valid_in_its_epoch_or_if_it_is_the_surviving_one(
    session_id: int, session_epoch: int, accepted: bool
) -> None:
    customer = Customer("c", "leia", "l@a.example", "now", session_epoch=1, surviving_session=1)
    session = Session(session_id, "customer", "c", "", "now", 0, "r", session_epoch=session_epoch)

    assert customer.accepts(session) is accepted


def test_no_repr_shows_a_password() -> None:
    assert "secret" not in repr(Customer("c", "leia", "l@a.example", "now", password_hash="secret"))
