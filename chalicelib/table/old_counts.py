"""`counts` for the old unit of work and snapshots: the same items."""

from collections.abc import Mapping

from pynamodb.expressions.operand import Path

from chalicelib.table import counts, keys
from chalicelib.table.counts import Count, count_keys
from chalicelib.table.items import CountItem
from chalicelib.table.old_unit_of_work import UnitOfWork
from chalicelib.table.snapshot import Snapshot

SHARDS = counts.LIST_SHARDS
TOTAL, CUSTOMERS, SHOP_ORDERS = counts.TOTAL, counts.CUSTOMERS, counts.SHOP_ORDERS
of_customer, of_products, tally_keys = counts.orders_of, counts.products, count_keys


def shard_of(uuid: str) -> int:
    """Return the shard of an entry's list, the same for its whole life."""
    return counts.shard_of(uuid, SHARDS)


def count(work: UnitOfWork, counted: Count, entry_uuid: str, changes: Mapping[str, int]) -> None:
    """Add changes of a list's length to a transaction, by what is counted (`TOTAL` or a status)."""
    key = keys.count(counted.name, counts.shard_of(entry_uuid, counted.shards))
    additions = (Path(name).add(change) for name, change in changes.items())
    # The first entry makes the item, which must then be known for what it is.
    work.update(f"count {counted.name}", CountItem(*key), [*additions, CountItem.kind.set(CountItem)])


def counted(snapshot: Snapshot, count: Count, status: str = counts.TOTAL) -> int:
    """Return a list's length, from a snapshot that holds the count's keys."""
    found = (snapshot.item(key) for key in count_keys(count))
    return sum(int(getattr(item, status) or 0) for item in found if item is not None)
