"""Who holds stock in a bucket, for the operator: show the largest holders, give a bucket's stock back."""

import heapq
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib import ids
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.runtime import Runtime
from chalicelib.shop import money
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.store import CUSTOMER_KIND, HOLDER
from chalicelib.shop.products.store import PRODUCT
from chalicelib.table import keys
from chalicelib.table.engine import back_off
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork
from ops import CommandError
from ops.admin import inventory

_PROGRESS_EVERY = 500
_MAX_NAME_LENGTH = 255  # characters; what is longer is nobody's name, and could make no key


@dataclass(frozen=True, order=True)
class Holding:
    """What a customer holds: how much, what it is worth in cents, since when, and whose it is."""

    pieces: int
    value: int
    since: str
    uuid: str
    username: str


def show(product: str | None, most: int, runtime: Runtime) -> str:
    """Return who holds most, of one product or of all."""
    uuid = None if product is None else _product_uuid(product, runtime)
    holders = pieces = 0
    largest: list[Holding] = []
    for holding in _holdings(uuid, runtime):
        holders, pieces = holders + 1, pieces + holding.pieces
        largest = heapq.nlargest(most, [*largest, holding])
    of = "" if uuid is None else f" of product {uuid}"
    if not holders:
        return f"nothing{of} is reserved."
    shown = f", {len(largest)} of whom are shown" if len(largest) < holders else ""
    lines = [_line("customer", "pieces", "value", "reserved since", "username")]
    lines += [
        _line(each.uuid, str(each.pieces), money.text(each.value), each.since or "-", each.username)
        for each in largest
    ]
    return "\n".join([*lines, f"pieces{of} in buckets: {pieces}, of {holders} customers{shown}."])


def _line(customer: str, pieces: str, value: str, since: str, username: str) -> str:
    return f"{customer:36}  {pieces:>10}  {value:>14}  {since:27}  {username}"


def _product_uuid(named: str, runtime: Runtime) -> str:
    uuid = ids.parse_uuid(named)
    key = key_of(keys.product, uuid)
    if uuid is None or read([key], runtime).get(PRODUCT, key) is None:
        raise CommandError(f"there is no product {named}.")
    return uuid


def _holdings(product: str | None, runtime: Runtime) -> Iterator[Holding]:
    for number, (customer, bucket) in enumerate(inventory.every_bucket(runtime), start=1):
        lines = [line for line in bucket.lines.values() if product in (None, line.product)]
        if lines:
            yield _holding(customer, lines)
        if number % _PROGRESS_EVERY == 0:
            print(f"{number} customers …", file=sys.stderr, flush=True)


def _holding(customer: Customer, lines: list[BucketLine]) -> Holding:
    return Holding(
        pieces=sum(line.quantity for line in lines),
        value=sum(line.quantity * line.price for line in lines),
        since=min(line.reserved_at or "" for line in lines),
        uuid=customer.uuid,
        username=customer.username,
    )


def release(named: str, agreed: bool, runtime: Runtime) -> str:
    """Empty a customer's bucket, put what was in it back on stock, and return what was done."""
    customer = _find(named, runtime)
    whose = f"the bucket of customer {customer.uuid} ({customer.username})"
    for run in range(1, runtime.max_runs + 1):
        bucket = _bucket(customer, runtime)
        if not bucket.lines:
            return f"{whose} is empty."
        held = _holding(customer, list(bucket.lines.values()))
        what = f"{held.pieces} pieces worth {money.text(held.value)}"
        if not agreed:
            raise CommandError(f"this takes {what} out of {whose}; say --yes to do it.")
        work = UnitOfWork(runtime)
        buckets.give_back(work, bucket)
        try:
            work.commit()
        except StaleState:
            back_off(runtime, run)
        else:
            return f"{what} from {whose} are back on stock."
    raise CommandError(f"{whose} changes all the time; try again.")


def _bucket(customer: Customer, runtime: Runtime) -> Bucket:
    return buckets.bucket_of(read([keys.bucket(customer.uuid)], runtime), customer.uuid)


def _find(named: str, runtime: Runtime) -> Customer:
    """Return the customer with a uuid, a username or an email."""
    found = {customer.uuid: customer for customer in _named_so(named, runtime)}
    if not found:
        raise CommandError(f"there is no customer {named[:_MAX_NAME_LENGTH]}.")
    if len(found) > 1:
        raise CommandError(f"{named} is a username and an email of two: say which, {' or '.join(found)}.")
    (customer,) = found.values()
    if customer.closed:
        raise CommandError(f"customer {customer.uuid} has closed the account, which emptied the bucket.")
    return customer


def _named_so(named: str, runtime: Runtime) -> Iterator[Customer]:
    if not 0 < len(named) <= _MAX_NAME_LENGTH:
        return
    guards = [keys.username_guard(named), keys.email_guard(CUSTOMER_AUDIENCE, named)]
    claims = read(guards, runtime)
    uuids = [ids.parse_uuid(named), *(claims.get(HOLDER, guard) for guard in guards)]
    wanted: list[Key | None] = [key_of(keys.customer, uuid) for uuid in uuids]
    customers = read(wanted, runtime)
    for key in wanted:
        customer = customers.get(CUSTOMER_KIND, key)
        if customer is not None:
            yield customer
