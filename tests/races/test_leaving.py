"""Customers who leave while their other requests are under way: nothing stays reserved, nothing is lost."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.races.together import open_shop, together
from tests.support.books import assert_books_are_right
from tests.support.shop import PASSWORD, Shop

pytestmark = [pytest.mark.engine, pytest.mark.races]


@pytest.fixture
def shop(concurrent_engine: Engine) -> Iterator[Shop]:
    with open_shop(concurrent_engine, 1) as opened:
        yield opened


@pytest.mark.parametrize("filled", [True, False])
def test_whoever_leaves_while_putting_in_and_ordering_leaves_nothing_reserved(
    shop: Shop, filled: bool
) -> None:
    product, other = shop.product(20), shop.product(20)
    for _ in range(6):
        shopper = shop.shopper()
        if filled:
            shopper.line(other, 2)

        left, *_ = together(
            [
                lambda shopper=shopper: shopper.call(
                    "DELETE", f"/api/profile/{shopper.uuid}", {"password": PASSWORD}
                ),
                lambda shopper=shopper: shopper.add(product, 3) if not filled else shopper.order(),
                lambda shopper=shopper: shopper.order(),
            ]
        )

        assert left.status == 200
        assert shopper.call("GET", "/api/profile").status == 403
    buckets = [item for item in shop.world.items().values() if item["kind"]["S"] == "bucket"]
    assert {item["doc"]["S"] for item in buckets} == {"{}"}
    assert_books_are_right(shop.world)
