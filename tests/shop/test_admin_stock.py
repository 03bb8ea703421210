"""`PUT` and `POST /api/admin/products/{uuid}/stock`: what can be bought, and a record of each change."""

import json
from typing import Any

import pytest

from tests.shop.refusals import (
    BELOW_ZERO,
    NOT_AN_INTEGER,
    NOT_AVAILABLE,
    NOT_FOUND,
    REQUIRED,
    Told,
    invalid,
    told,
)
from tests.support.books import assert_books_are_right
from tests.support.shop import Administrator, Shop

MOST = 10**9


def _adjust(administrator: Administrator, uuid: str, by: Any, reason: Any = "counted") -> Told:
    return told(administrator.call("POST", f"products/{uuid}/stock", {"adjust": by, "reason": reason}))


@pytest.mark.parametrize("quantity", [0, 1, 7, 10, MOST])
def test_setting_the_stock_sets_what_can_be_bought(
    shop: Shop, administrator: Administrator, quantity: int
) -> None:
    product, customer = shop.product(10), shop.shopper()
    customer.line(product, 3)
    before = administrator.call("GET", f"products/{product.uuid}").json

    answer = administrator.call("PUT", f"products/{product.uuid}/stock", {"quantity": quantity})

    assert told(answer) == (200, before | {"quantity": quantity})
    assert shop.left(product) == quantity
    assert [line["quantity"] for line in customer.lines()] == [3]
    assert_books_are_right(shop.world)


@pytest.mark.parametrize(("by", "left"), [(5, 15), (-4, 6), (-10, 0), (0, 10)])
def test_adjusting_moves_the_stock(shop: Shop, administrator: Administrator, by: int, left: int) -> None:
    product = shop.product(10)
    before = administrator.call("GET", f"products/{product.uuid}").json

    assert _adjust(administrator, product.uuid, by) == (200, before | {"quantity": left})
    assert shop.left(product) == left
    assert_books_are_right(shop.world)


def test_the_stock_does_not_fall_below_zero(shop: Shop, administrator: Administrator) -> None:
    product = shop.product(10)
    before = shop.world.items()

    assert _adjust(administrator, product.uuid, -11) == BELOW_ZERO
    assert shop.world.items() == before


def test_a_withdrawn_product_is_recalled(shop: Shop, administrator: Administrator) -> None:
    product, customer, buyer = shop.product(10), shop.shopper(), shop.shopper()
    line = customer.line(product, 4)
    shown = administrator.call("GET", f"products/{product.uuid}").json
    administrator.withdraw(product)

    assert _adjust(administrator, product.uuid, -7) == BELOW_ZERO
    assert _adjust(administrator, product.uuid, -2) == (200, shown | {"quantity": 4})
    none = administrator.call("PUT", f"products/{product.uuid}/stock", {"quantity": 0})

    assert told(none) == (200, shown | {"quantity": 0})
    assert told(customer.change(line, 5)) == told(buyer.add(product)) == NOT_AVAILABLE
    assert customer.change(line, 1).status == customer.order().status == 200
    assert shop.left(product) == 3
    assert_books_are_right(shop.world)


def test_a_product_that_never_was_has_no_stock(administrator: Administrator) -> None:
    nobodys = "00000000-0000-4000-8000-000000000000"

    assert _adjust(administrator, nobodys, 1) == NOT_FOUND
    assert told(administrator.call("PUT", f"products/{nobodys}/stock", {"quantity": 1})) == NOT_FOUND


def test_each_change_is_kept_with_who_made_it_and_why(shop: Shop, administrator: Administrator) -> None:
    product = shop.product(10)

    administrator.call("PUT", f"products/{product.uuid}/stock", {"quantity": 7})
    _adjust(administrator, product.uuid, 5, "found in the cellar")

    changes = {
        change["delta"]: (change["changed_by"], change["reason"])
        for (pk, _), item in shop.world.items().items()
        if pk == f"PRODUCT#{product.uuid}" and item["kind"]["S"] == "stock-change"
        for change in [json.loads(item["doc"]["S"])]
    }
    me = str(administrator.user.id)
    assert changes.keys() == {10, -3, 5}
    assert (changes[-3], changes[5]) == ((me, "stock set"), (me, "found in the cellar"))


@pytest.mark.parametrize(
    ("quantity", "message"),
    [
        (-1, "Ensure this value is greater than or equal to 0."),
        (MOST + 1, f"Ensure this value is less than or equal to {MOST}."),
        (10**300, f"Ensure this value is less than or equal to {MOST}."),
        ("7", NOT_AN_INTEGER[0]),
        (1.0, NOT_AN_INTEGER[0]),
        (True, NOT_AN_INTEGER[0]),
        (None, "This field may not be null."),
    ],
)
def test_a_stock_is_an_integer_within_bounds(
    shop: Shop, administrator: Administrator, quantity: Any, message: str
) -> None:
    product = shop.product(10)

    answer = administrator.call("PUT", f"products/{product.uuid}/stock", {"quantity": quantity})

    assert told(answer) == invalid(quantity=[message])
    assert shop.left(product) == 10


def test_an_adjustment_needs_an_amount_and_a_reason(shop: Shop, administrator: Administrator) -> None:
    product = shop.product(10)

    answer = administrator.call("POST", f"products/{product.uuid}/stock", {})

    assert told(answer) == invalid(adjust=REQUIRED, reason=REQUIRED)
    assert _adjust(administrator, product.uuid, "5", " ") == invalid(
        adjust=NOT_AN_INTEGER, reason=["This field may not be blank."]
    )
    assert _adjust(administrator, product.uuid, -MOST - 1, "x" * 501) == invalid(
        adjust=[f"Ensure this value is greater than or equal to -{MOST}."],
        reason=["Ensure this field has no more than 500 characters."],
    )
