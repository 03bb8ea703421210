"""A customer who reserves whatever there is: an operator sees who it is, and gives it back."""

import pytest

from ops.admin import reservations
from tests.races.together import together
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop

pytestmark = [pytest.mark.engine, pytest.mark.attacks]


def test_who_holds_the_whole_shop_is_shown_first_and_has_to_give_it_back(shop: Shop) -> None:
    runtime, products = shop.world.runtime, [shop.product(20) for _ in range(5)]
    hoarder, buyer = shop.shopper(), shop.shopper()
    together([lambda product=product: hoarder.line(product, 20) for product in products])
    assert [buyer.add(product).status for product in products] == [409] * 5

    shown = reservations.show(None, 10, runtime)
    released = reservations.release(hoarder.uuid, True, runtime)

    assert [line for line in shown.splitlines() if hoarder.uuid in line and "100" in line]
    assert released.startswith("100 pieces")
    assert [buyer.add(product).status for product in products] == [200] * 5
    assert hoarder.lines() == []
    assert_books_are_right(shop.world)
