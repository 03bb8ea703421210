"""A shop under load, without a table: the stores' own writes, committed into a recorder.

Products are wanted by Zipf's law: the second half as often as the first, the third a third. Customers and
networks differ less: the fourth comes half as often as the first. What belongs to an order is what the bill
assumes (`ops.costs.workloads`).
"""

import random
import uuid
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from chalicelib import times
from chalicelib.auth import sessions, throttling
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.config import Settings, SigningKey
from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.errors import NotEnoughProducts
from chalicelib.shop.orders import store as orders
from chalicelib.shop.orders.model import NEW, PAID, RETURNED, OrderLine, ShopOrder, with_status
from chalicelib.shop.products import store as products
from chalicelib.table.preloaded import Preloaded
from ops.costs.workloads import SHOP
from ops.scale.recorder import RecordedWork, Recorder

SEED = 1
PRODUCTS, CUSTOMERS, NETWORKS = 1_000, 200_000, 20_000
LINES = 3
MAX_ORDERS = 1_000
_SETTINGS = Settings("none", (SigningKey("simulated", "s" * 40),))
_BEGINNING = datetime(2026, 1, 15, 12, tzinfo=UTC)
_HASH = f"pbkdf2_sha256$600000${'s' * 22}${'h' * 44}"


@dataclass(frozen=True)
class _Origin:
    """Where somebody signs in from."""

    address: str
    runtime: Runtime


class _Zipf:
    """Draws numbers from 0 on, the first most often: the exponent says how much."""

    def __init__(self, count: int, exponent: float, rng: random.Random) -> None:
        self._sums = list(accumulate(rank**-exponent for rank in range(1, count + 1)))
        self._rng = rng

    def draw(self) -> int:
        return bisect(self._sums, self._rng.random() * self._sums[-1])


class Shop:
    """The shop under load."""

    def __init__(self, seed: int = SEED) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - it has to be the same every time
        self._now = _BEGINNING
        self._runtime = Runtime(_SETTINGS, clock=lambda: self._now, rng=self._rng)
        self.recorder = Recorder()
        self._products = [self._runtime.new_uuid() for _ in range(PRODUCTS)]
        self._buckets: dict[str, Bucket] = {}
        self._product = _Zipf(PRODUCTS, 1.0, self._rng)
        self._customer = _Zipf(CUSTOMERS, 0.5, self._rng)
        self._network = _Zipf(NETWORKS, 0.5, self._rng)

    def run(self, orders_a_minute: int, most: int = MAX_ORDERS) -> int:
        """Let orders, and what belongs to them, come at random moments; return how many seconds that was.

        For as long as so many orders take at this rate, but for a second at least.
        """
        seconds = max(1, most * 60 // orders_a_minute)
        for _ in range(max(1, orders_a_minute * seconds // 60)):
            self._at(self._rng.randrange(seconds))
            self._order()
        return seconds

    def _at(self, second: int) -> None:
        self.recorder.second = second
        self._now = _BEGINNING + timedelta(seconds=second, microseconds=self._rng.randrange(1_000_000))

    def _work(self) -> RecordedWork:
        return RecordedWork(self._runtime, self.recorder)

    def _times(self, request: str, do: Callable[[], None]) -> None:
        """Do something as often as it belongs to an order, on the average."""
        whole, rest = divmod(SHOP[request], 1)
        for _ in range(int(whole) + (self._rng.random() < rest)):
            do()

    def _order(self) -> None:
        """Let one order come, and what belongs to it in the same second."""
        customer = str(uuid.UUID(int=self._customer.draw(), version=4))
        self._times("register-customer", self._register)
        self._times("log-in-customer", lambda: self._log_in(customer))
        self._times("refresh-customer", lambda: self._refresh(customer))
        while len(self._bucket(customer).lines) < LINES:
            self._add(customer)
        self._times("remove-bucket-line", lambda: self._come_and_go(customer))
        placed = self._place(customer)
        self._times("cancel-order", lambda: self._move(placed, RETURNED))
        self._times("admin-set-paid", lambda: self._move(placed, PAID))

    def _register(self) -> None:
        new, work = self._runtime.new_uuid(), self._work()
        now = self._runtime.now()
        customers.add(work, Customer(new, new, f"{new}@example.com", now, password_hash=_HASH))
        work.commit()

    def _log_in(self, customer: str) -> None:
        network, work = self._network.draw(), self._work()
        origin = _Origin(f"10.{network >> 8}.{network & 255}.1", self._runtime)
        limits = [
            *throttling.of_network(origin),
            *throttling.of_account(origin, throttling.PASSWORD, CUSTOMER_AUDIENCE, customer),
        ]
        throttling.record(work, limits, Preloaded(), self._runtime, secret_matches=True)
        self._begin(work, customer)
        work.commit()

    def _refresh(self, customer: str) -> None:
        work = self._work()
        self._begin(work, customer)  # writes the same item as renewing a session does
        work.commit()

    def _begin(self, work: RecordedWork, customer: str) -> None:
        sessions.begin(
            work, CUSTOMER_AUDIENCE, customer, device="Mozilla/5.0", session_epoch=0, runtime=self._runtime
        )

    def _bucket(self, customer: str) -> Bucket:
        return self._buckets.get(customer) or Bucket(customer)

    def _add(self, customer: str) -> BucketLine:
        bucket = self._bucket(customer)
        product = self._products[self._product.draw()]
        while product in bucket.lines:
            product = self._products[self._product.draw()]
        line = BucketLine(self._runtime.new_uuid(), product, 1, 12_999)
        self._write(bucket, bucket.with_line(line), product, 1)
        return line

    def _come_and_go(self, customer: str) -> None:
        line = self._add(customer)
        bucket = self._bucket(customer)
        self._write(bucket, bucket.with_line(replace(line, quantity=0)), line.product, -1)

    def _write(self, before: Bucket, after: Bucket, product: str, quantity: int) -> None:
        work = self._work()
        buckets.write(work, before, after)
        products.take_stock(work, product, quantity, NotEnoughProducts())
        work.commit()
        self._buckets[after.customer] = after

    def _place(self, customer: str) -> ShopOrder:
        bucket, work = self._bucket(customer), self._work()
        lines = tuple(
            OrderLine(self._runtime.new_uuid(), line.product, line.quantity, line.price)
            for line in bucket.lines.values()
        )
        order = ShopOrder(self._runtime.new_uuid(), customer, NEW, "card", times.iso(self._now), lines)
        orders.add(work, order)
        buckets.write(work, bucket, bucket.emptied())
        work.commit()
        self._buckets[customer] = bucket.emptied()
        return order

    def _move(self, order: ShopOrder, status: str) -> None:
        work, moved = self._work(), with_status(order, status)
        orders.change_status(work, order, moved)
        work.commit()
