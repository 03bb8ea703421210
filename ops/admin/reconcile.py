"""Checks that no stock was lost or made up: received = available + in buckets + sold, product by product.

Sold is what is in orders, except returned and failed ones, whose products went back on stock. On a shop that
is open, goods move while this walks: a product is reported only when it does not add up in several walks,
each time by the same amount.
"""

import sys
from collections import Counter
from dataclasses import dataclass

from chalicelib.runtime import Runtime
from chalicelib.shop.orders.model import RESTOCKING
from chalicelib.shop.products.model import Product
from ops.admin import inventory

_PROGRESS_EVERY = 500


@dataclass(frozen=True)
class Balance:
    """What one product's stock has become."""

    uuid: str
    name: str
    received: int
    available: int
    in_buckets: int
    sold: int

    @property
    def difference(self) -> int:
        """What is there more (or, negative, less) than was received."""
        return self.available + self.in_buckets + self.sold - self.received

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost or made up, and nothing fell below zero."""
        return self.difference == 0 and min(self.available, self.in_buckets, self.sold) >= 0


def walk(runtime: Runtime) -> list[Balance]:
    """Return the balance of each product."""
    in_buckets: Counter[str] = Counter()
    for _, bucket in inventory.every_bucket(runtime):
        in_buckets.update({line.product: line.quantity for line in bucket.lines.values()})
    sold: Counter[str] = Counter()
    for order in inventory.every_order(runtime):
        if order.status not in RESTOCKING:
            sold.update({line.product: line.quantity for line in order.lines})
    balances = []
    for number, product in enumerate(inventory.every_product(runtime), start=1):
        balances.append(_balance(product, in_buckets, sold, runtime))
        if number % _PROGRESS_EVERY == 0:
            print(f"{number} products …", file=sys.stderr, flush=True)
    return balances


def _balance(product: Product, in_buckets: Counter[str], sold: Counter[str], runtime: Runtime) -> Balance:
    stock = inventory.stock_of(product.uuid, runtime)
    return Balance(
        product.uuid,
        product.name,
        received=stock.received,
        available=stock.available,
        in_buckets=in_buckets[product.uuid],
        sold=sold[product.uuid],
    )


def check(runtime: Runtime, passes: int = 1) -> list[Balance]:
    """Return the products that do not add up, in each of so many walks and by the same amount."""
    return _settled(walk(runtime), runtime, passes)


def _settled(balances: list[Balance], runtime: Runtime, passes: int) -> list[Balance]:
    wrong = [balance for balance in balances if not balance.adds_up]
    for _ in range(passes - 1):
        if not wrong:
            break
        before = {balance.uuid: balance.difference for balance in wrong}
        again = [balance for balance in walk(runtime) if not balance.adds_up]
        wrong = [balance for balance in again if before.get(balance.uuid) == balance.difference]
    return wrong


def run(runtime: Runtime, passes: int) -> int:
    """Print each product's balance, then those that do not add up; return 1 if there are any, else 0."""
    balances = walk(runtime)
    for balance in balances:
        print(_line(balance))
    wrong = _settled(balances, runtime, passes)
    if not wrong:
        print(f"{len(balances)} products, all add up.")
        return 0
    print(f"{len(wrong)} of {len(balances)} products do not add up:")
    for balance in wrong:
        print(f"{_line(balance)}: {balance.difference:+d}")
    return 1


def _line(balance: Balance) -> str:
    return (
        f"{balance.uuid} {balance.name}: received {balance.received} = available {balance.available}"
        f" + in buckets {balance.in_buckets} + sold {balance.sold}"
    )
