"""What one read of the table found: items by key, given out as records."""

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

from chalicelib.table.items import Item
from chalicelib.table.keys import Key

T = TypeVar("T")


@cache
def _names(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


def document(record: Any) -> dict[str, Any]:
    """Return a record as the JSON document that its item keeps."""
    return {name: getattr(record, name) for name in _names(cast(Any, type(record)))}


def record_of(item: Item) -> Any:
    """Return the record that an item keeps."""
    assert item.record is not None, f"{item.kind} keeps no record"
    return item.record(**item.doc)


class Snapshot:
    """The items that a read found, by key; a key that was asked for and not found is simply not there."""

    def __init__(self, items: dict[Key, Item]) -> None:
        self._items = items

    def item(self, key: Key) -> Item | None:
        """Return the raw item under a key, for the few that keep no record."""
        return self._items.get(key)

    def get(self, record: type[T], key: Key) -> T | None:
        """Return the record under a key, None when there is none of this type."""
        item = self._items.get(key)
        if item is None or item.record is not record:
            return None
        found: T = record_of(item)
        return found

    def __contains__(self, key: Key) -> bool:
        return key in self._items

    def __or__(self, other: "Snapshot") -> "Snapshot":
        return Snapshot({**self._items, **other._items})
