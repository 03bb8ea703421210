"""How many write units DynamoDB charges, by its published rules.

DynamoDB Local reports what single writes consume as AWS does, but not transactions: it takes an item four
times instead of twice, and leaves out a write that consumes as much as another one of the same transaction.
Therefore writes are counted here, from what was stored before and after. The rules, of the DynamoDB
Developer Guide ("DynamoDB write consumption", "Global secondary indexes: throughput considerations"):

- a write costs one unit for each kilobyte, or part of one, of the larger of the item before and after;
- in a transaction it costs twice that, and so does a condition check;
- an index costs a unit for each kilobyte of an entry that comes, goes, or changes in what is projected, and
  for both entries where the entry's key changes. In a transaction that stays as it is: an index is written
  after the commit. (The Guide does not say the last. The open suite `paritysuite/dynamodb-conformance` and
  the emulators that it compares with AWS have measured it.)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from ops.item_size import size

Raw = Mapping[str, Mapping[str, Any]]
"""An item as it is sent, each value under its type."""

KILOBYTE = 1024
_TABLE_KEY = ("pk", "sk")


@dataclass(frozen=True)
class Index:
    """A global secondary index: its keys, and which other attributes its entries have (None: all)."""

    name: str
    partition: str
    sort: str
    projected: frozenset[str] | None = None

    @classmethod
    def of(cls, description: Mapping[str, Any]) -> "Index":
        """Return an index as DescribeTable has it."""
        kept = {key["KeyType"]: key["AttributeName"] for key in description["KeySchema"]}
        projection = description["Projection"]
        some = frozenset(projection.get("NonKeyAttributes", ()))
        projected = None if projection["ProjectionType"] == "ALL" else some
        return cls(description["IndexName"], kept["HASH"], kept["RANGE"], projected)

    def entry(self, item: Raw | None) -> Raw | None:
        """Return what the index keeps of an item; None where it keeps nothing."""
        if item is None or self.partition not in item or self.sort not in item:
            return None
        if self.projected is None:
            return item
        kept = {*_TABLE_KEY, self.partition, self.sort, *self.projected}
        return {name: value for name, value in item.items() if name in kept}


@dataclass(frozen=True)
class Charge:
    """Units that a partition is charged: of the table (index None) or of an index."""

    index: str | None
    partition: str
    units: int


def charges(
    before: Raw | None, after: Raw | None, key: Raw, indexes: Iterable[Index], *, in_transaction: bool
) -> Iterator[Charge]:
    """Give what one write (or a condition check, where nothing changes) is charged.

    Args:
        before: what is stored when it happens.
        after: what is stored then.
        key: of the item, with its partition key.
        indexes: those of the table.
        in_transaction: whether it is part of a transaction.
    """
    units = max(_units(before), _units(after), 1)
    yield Charge(None, key["pk"]["S"], 2 * units if in_transaction else units)
    for index in indexes:
        yield from _of_index(index, index.entry(before), index.entry(after))


def _of_index(index: Index, before: Raw | None, after: Raw | None) -> Iterator[Charge]:
    if before is not None and after is not None and _place(index, before) == _place(index, after):
        if before != after:
            yield Charge(index.name, after[index.partition]["S"], max(_units(before), _units(after)))
        return
    for entry in (before, after):
        if entry is not None:
            yield Charge(index.name, entry[index.partition]["S"], _units(entry))


def _place(index: Index, entry: Raw) -> tuple[Any, Any]:
    return entry[index.partition], entry[index.sort]


def _units(item: Raw | None) -> int:
    return 0 if item is None else ceil(size(item) / KILOBYTE)
