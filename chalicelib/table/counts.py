"""How many entries a list has: counted when entries come and go, in their own transactions, never by walking.

Lists that many writers feed are counted in shards, which are added up on reading.
"""

import zlib
from collections.abc import Mapping

from pynamodb.expressions.operand import Path

from chalicelib.table import keys
from chalicelib.table.items import Item, TallyItem
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork
from chalicelib.table.snapshot import Snapshot

SHARDS = 4
TOTAL = "total"
CUSTOMERS = "customers"
SHOP_ORDERS = "shop-orders"


def shard_of(uuid: str) -> int:
    """Return the shard of an entry, the same for its whole life."""
    return zlib.crc32(uuid.encode()) % SHARDS


def of_customer(customer_uuid: str) -> str:
    """Return the name of the tally of a customer's orders."""
    return f"orders of {customer_uuid}"


def of_products(product_type: str | None) -> str:
    """Return the name of the tally of the products on the list, of one type or in all."""
    return "products" if product_type is None else f"products of type {product_type}"


def count(work: UnitOfWork, name: str, shard: int, changes: Mapping[str, int]) -> None:
    """Add changes of a list's length to a transaction, by what is counted (`TOTAL` or a status)."""
    key = keys.tally(name, shard)
    additions = (Path(counted).add(change) for counted, change in changes.items())
    # The first entry makes the item, which must then be known for what it is.
    work.update(f"tally {name}", TallyItem(*key), [*additions, TallyItem.kind.set(TallyItem)])


def tally_keys(name: str, shards: int = 1) -> list[Key]:
    """Return the keys of a tally's shards."""
    return [keys.tally(name, shard) for shard in range(shards)]


def counted(snapshot: Snapshot, name: str, counted: str = TOTAL, shards: int = 1) -> int:
    """Return a list's length, from a snapshot that holds the tally's keys."""
    found = (snapshot.item(key) for key in tally_keys(name, shards))
    return sum(_value(item, counted) for item in found if item is not None)


def _value(item: Item, counted: str) -> int:
    return int(getattr(item, counted) or 0)
