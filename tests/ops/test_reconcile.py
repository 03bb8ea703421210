from typing import Any

import pytest

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.table import keys
from chalicelib.table.items import StockItem
from ops.admin import reconcile
from ops.admin.reconcile import Balance
from ops.demo import shop as demo_shop
from tests.support.world import World


def customer(world: World, method: str, path: str, **body: Any) -> Any:
    token = world.token(demo_shop.CUSTOMER_UUID, audience=CUSTOMER_AUDIENCE)
    return world.call(method, path, body, token=token)


def tamper(world: World, product: str, available: int) -> None:
    item = StockItem(*keys.stock(product))
    item.update(actions=[StockItem.available.set(available)])


def test_a_fresh_shop_adds_up(demo_world: World) -> None:
    assert reconcile.walk(demo_world.runtime) == [
        Balance(demo_shop.TELEFON, "telefon", received=7, available=7, in_buckets=0, sold=0),
        Balance(demo_shop.TELEWIZOR, "telewizor", received=9, available=9, in_buckets=0, sold=0),
    ]
    assert reconcile.check(demo_world.runtime) == []


def test_counts_what_is_in_buckets_and_what_is_sold_but_not_what_was_returned(demo_world: World) -> None:
    customer(demo_world, "POST", "/api/bucket", product=demo_shop.TELEWIZOR, quantity=2)
    customer(demo_world, "POST", "/api/orders", payment="CASH")
    customer(demo_world, "POST", "/api/bucket", product=demo_shop.TELEFON, quantity=1)
    returned = customer(demo_world, "POST", "/api/orders", payment="CARD").json["order_uuid"]
    customer(demo_world, "POST", f"/api/orders/{returned}/set_canceled")
    customer(demo_world, "POST", "/api/bucket", product=demo_shop.TELEFON, quantity=3)

    balances = reconcile.walk(demo_world.runtime)

    assert balances == [
        Balance(demo_shop.TELEFON, "telefon", received=7, available=4, in_buckets=3, sold=0),
        Balance(demo_shop.TELEWIZOR, "telewizor", received=9, available=7, in_buckets=0, sold=2),
    ]


def test_a_withdrawn_product_is_still_checked(demo_world: World) -> None:
    administrator = demo_world.token(6)
    demo_world.call("DELETE", f"/api/admin/products/{demo_shop.TELEFON}", token=administrator)
    tamper(demo_world, demo_shop.TELEFON, 8)

    wrong = reconcile.check(demo_world.runtime)

    assert [(balance.uuid, balance.difference) for balance in wrong] == [(demo_shop.TELEFON, 1)]


def test_each_change_of_stock_counts(demo_world: World) -> None:
    administrator = demo_world.token(6)
    stock = f"/api/admin/products/{demo_shop.TELEFON}/stock"
    demo_world.call("PUT", stock, {"quantity": 20}, token=administrator)
    demo_world.call("POST", stock, {"adjust": -5, "reason": "broken"}, token=administrator)

    assert reconcile.walk(demo_world.runtime)[0].received == 15
    assert reconcile.check(demo_world.runtime) == []


@pytest.mark.parametrize("available", [8, 6, -1])
def test_stock_that_was_lost_or_made_up_is_listed_with_exit_code_1(
    demo_world: World, capsys: pytest.CaptureFixture[str], available: int
) -> None:
    tamper(demo_world, demo_shop.TELEFON, available)

    code = reconcile.run(demo_world.runtime, passes=2)

    last = capsys.readouterr().out.splitlines()[-2:]
    assert code == 1
    assert last == [
        "1 of 2 products do not add up:",
        f"{demo_shop.TELEFON} telefon: received 7 = available {available}"
        f" + in buckets 0 + sold 0: {available - 7:+d}",
    ]


def test_when_all_adds_up_it_says_so_with_exit_code_0(
    demo_world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    code = reconcile.run(demo_world.runtime, passes=3)

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 products, all add up."


def test_walks_more_products_customers_and_orders_than_one_page_holds(demo_world: World) -> None:
    administrator = demo_world.token(6)
    for number in range(101):
        body = {
            "name": f"p{number}",
            "description": "",
            "price": "1.00",
            "product_type": "t",
            "status": "new",
        }
        demo_world.call("POST", "/api/admin/products", {**body, "quantity": 1}, token=administrator)

    balances = reconcile.walk(demo_world.runtime)

    assert len(balances) == 103
    assert all(balance.adds_up for balance in balances)
