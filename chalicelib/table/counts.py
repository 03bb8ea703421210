"""How many entries a list has: counted in the transactions that add, move or remove them, never by reading.

A count that many writers feed is spread over shards, each in a partition of its own; reading adds them up.
"""

import zlib
from collections.abc import Mapping

from pynamodb.expressions.operand import Path

from chalicelib.frozen import frozen
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import CountItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork

COUNT_SHARDS = 16  # of a busy count; a partition takes a thousand writes a second
LIST_SHARDS = 4  # index partitions of a busy list; each costs one query per page

TOTAL = "total"

COUNT = AttributeKind[dict[str, int]](
    "count", dict, total=int, new=int, to_pay=int, paid=int, returned=int, error=int
)


@frozen
class Count:
    """The count of a list's entries, in all and by status."""

    name: str
    shards: int = 1


CUSTOMERS = Count("customers", COUNT_SHARDS)
SHOP_ORDERS = Count("shop-orders", COUNT_SHARDS)


def orders_of(customer_uuid: str) -> Count:
    """The count of a customer's orders."""
    return Count(f"orders of {customer_uuid}")


def products(product_type: str | None = None) -> Count:
    """The count of the products on the list, of one type or in all."""
    return Count("products" if product_type is None else f"products of type {product_type}")


def shard_of(uuid: str, shards: int) -> int:
    """Return the shard of an entry, the same for its whole life."""
    return zlib.crc32(uuid.encode()) % shards


def add(work: UnitOfWork, count: Count, entry_uuid: str, changes: Mapping[str, int]) -> None:
    """Change how many entries there are, by what is counted (`TOTAL` or a status).

    Args:
        work: the unit of work in which the entry comes, goes or changes its status.
        count: the count.
        entry_uuid: decides which shard bears the change.
        changes: what to add.
    """
    key = keys.count(count.name, shard_of(entry_uuid, count.shards))
    work.update(CountItem(*key), [Path(counted).add(change) for counted, change in changes.items()])


def count_keys(count: Count) -> list[Key]:
    """Return the keys of a count's shards."""
    return [keys.count(count.name, shard) for shard in range(count.shards)]


def counted(preloaded: Preloaded, count: Count, status: str = TOTAL) -> int:
    """Return how many entries there are, from what was read with `count_keys`."""
    shards = (preloaded.get(COUNT, key) for key in count_keys(count))
    return sum(shard.get(status, 0) for shard in shards if shard is not None)
