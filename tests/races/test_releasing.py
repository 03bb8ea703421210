"""An operator who gives a bucket back while its customer goes on: each piece is given back once."""

from collections.abc import Iterator
from functools import partial

import pytest

from chalicelib.shop.products.model import Product
from ops.admin import reservations
from tests.engines.engine import Engine
from tests.races.together import open_shop, together
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop, Shopper

pytestmark = [pytest.mark.engine, pytest.mark.races]

ROUNDS = range(6)


@pytest.fixture
def shop(concurrent_engine: Engine) -> Iterator[Shop]:
    with open_shop(concurrent_engine, 1) as opened:
        yield opened


def _busy(shopper: Shopper, line: str, product: Product) -> str:
    """Add, raise, lower, remove and order; any of it may come too late."""
    answers = [
        shopper.add(product, 2),
        shopper.change(line, 5),
        shopper.change(line, 1),
        shopper.order(),
        shopper.add(product),
        shopper.remove(line),
    ]
    assert {answer.status for answer in answers} <= {200, 404, 409}
    return ""


def test_a_bucket_that_is_in_use_is_given_back_once(shop: Shop) -> None:
    for _ in ROUNDS:
        shopper, held, other = shop.shopper(), shop.product(20), shop.product(20)
        line = shopper.line(held, 3)

        together([partial(_busy, shopper, line, other), partial(_release, shop, shopper)])

        assert_books_are_right(shop.world)


def test_of_two_operators_one_gives_a_bucket_back(shop: Shop) -> None:
    for _ in ROUNDS:
        shopper, product = shop.shopper(), shop.product(20)
        shopper.line(product, 3)

        told = together([partial(_release, shop, shopper)] * 3)

        assert sum(said.startswith("3 pieces") for said in told) == 1
        assert sum(said.endswith("is empty.") for said in told) == 2
        assert shop.left(product) == 20
    assert_books_are_right(shop.world)


def test_what_is_ordered_and_given_back_at_once_is_one_of_both(shop: Shop) -> None:
    for _ in ROUNDS:
        shopper, product = shop.shopper(), shop.product(20)
        shopper.line(product, 3)

        ordered, _ = together(
            [lambda shopper=shopper: str(shopper.order().status), partial(_release, shop, shopper)]
        )

        assert shop.left(product) == (17 if ordered == "200" else 20)
        assert shopper.lines() == []
    assert_books_are_right(shop.world)


def _release(shop: Shop, shopper: Shopper) -> str:
    return reservations.release(shopper.uuid, True, shop.world.runtime)
