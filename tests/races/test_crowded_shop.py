"""Customers who do anything at random, two devices each, and a shop whose books are right afterwards."""

import random
from collections.abc import Callable

import pytest

from chalicelib.shop.products.model import Product
from tests.engines.engine import Engine
from tests.races.together import open_shop, together
from tests.support.books import assert_books_are_right
from tests.support.shop import Shopper
from tests.support.world import Answer

pytestmark = pytest.mark.races

DOCUMENTED = {200, 404, 409}
CODES = {None, 1003, 1041, 1042, 1043, 1083}
STEPS = 40


class Device:
    """A customer's device: each step one random action on what it sees or remembers."""

    def __init__(self, shopper: Shopper, products: list[Product], seed: str) -> None:
        self._shopper, self._products, self._chance = shopper, products, random.Random(seed)
        self._orders: list[str] = []

    def live(self) -> list[Answer]:
        """Do some steps and return the answers."""
        return [self._step() for _ in range(STEPS)]

    def _step(self) -> Answer:
        actions: list[Callable[[], Answer]] = [
            self._add,
            self._change,
            self._remove,
            self._order,
            self._cancel,
        ]
        return self._chance.choices(actions, weights=[6, 3, 2, 2, 2])[0]()

    def _add(self) -> Answer:
        return self._shopper.add(self._chance.choice(self._products), self._chance.randint(1, 3))

    def _line(self) -> str | None:
        lines = self._shopper.lines()
        return str(self._chance.choice(lines)["bucket_uuid"]) if lines else None

    def _change(self) -> Answer:
        line = self._line()
        return self._add() if line is None else self._shopper.change(line, self._chance.randint(0, 4))

    def _remove(self) -> Answer:
        line = self._line()
        return self._add() if line is None else self._shopper.remove(line)

    def _order(self) -> Answer:
        answer = self._shopper.order(self._chance.choice(["cash", "CARD", "PayU"]))
        if answer.status == 200:
            self._orders.append(answer.json["order_uuid"])
        return answer

    def _cancel(self) -> Answer:
        return self._shopper.cancel(self._chance.choice(self._orders)) if self._orders else self._order()


@pytest.mark.parametrize("seed", range(3))
def test_whatever_four_customers_do_at_once_the_books_are_right(concurrent_engine: Engine, seed: int) -> None:
    with open_shop(concurrent_engine, seed) as shop:
        products = [shop.product(6) for _ in range(5)]
        shoppers = [shop.shopper() for _ in range(4)]
        devices = [
            Device(shopper, products, f"{seed} {shopper.customer.username} {number}")
            for shopper in shoppers
            for number in range(2)
        ]

        answers = [answer for lived in together([device.live for device in devices]) for answer in lived]

        assert len(answers) == len(devices) * STEPS
        assert {answer.status for answer in answers} <= DOCUMENTED
        assert {answer.json.get("code") for answer in answers} <= CODES
        assert_books_are_right(shop.world)
