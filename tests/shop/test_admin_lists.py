"""`GET /api/admin/orders` and `customers`: lists that are spread over shards are whole and in order."""

from typing import Any

import pytest

from tests.shop.envelopes import assert_walks_both_ways
from tests.support.shop import Administrator, Shop
from tests.support.world import World

SIZES = [1, 3, 25]


@pytest.fixture
def empty_shop(world: World) -> Shop:
    """A shop without anything in it."""
    return Shop(world)


def _walked(administrator: Administrator, path: str, size: int, count: int) -> list[Any]:
    world, token = administrator.world, administrator.token
    separator = "&" if "?" in path else "?"
    address = f"/api/admin/{path}{separator}page_size={size}"
    return assert_walks_both_ways(lambda *called: world.call(*called, token=token), address, size, count)


def test_all_customers_orders_are_listed_newest_first(empty_shop: Shop) -> None:
    product, administrator = empty_shop.product(100), empty_shop.administrator()
    customers = [empty_shop.shopper() for _ in range(3)]
    placed = []
    for customer in customers * 3:
        empty_shop.world.clock.advance(seconds=1)
        placed.append(customer.ordered(product))
    customers[0].cancel(placed[0])
    expected = [administrator.call("GET", f"orders/{order}").json[0] for order in reversed(placed)]

    for size in SIZES:
        assert _walked(administrator, "orders", size, 9) == expected
        assert _walked(administrator, "orders?status=new", size, 8) == expected[:-1]
        assert _walked(administrator, "orders?status=returned", size, 1) == expected[-1:]
        assert _walked(administrator, "orders?status=paid", size, 0) == []


def test_all_customers_are_listed_newest_first(empty_shop: Shop) -> None:
    administrator, registered = empty_shop.administrator(), []
    for _ in range(9):
        empty_shop.world.clock.advance(seconds=1)
        registered.append(empty_shop.customer().uuid)
    expected = [administrator.call("GET", f"customers/{uuid}").json for uuid in reversed(registered)]

    for size in SIZES:
        assert _walked(administrator, "customers", size, 9) == expected


def test_customers_of_one_moment_are_all_listed(empty_shop: Shop) -> None:
    administrator = empty_shop.administrator()
    registered = {empty_shop.customer().uuid for _ in range(7)}

    walked = _walked(administrator, "customers", 2, 7)

    assert {customer["uuid"] for customer in walked} == registered
