"""Items read by key, given out as records: what a request decides on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table.codec import Kind, Raw
from chalicelib.table.engine import ATTEMPTS, BATCH_LIMIT, back_off, call_with_retries
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position
from chalicelib.table.unit_of_work import StaleState

T = TypeVar("T")


class Preloaded:
    """The items that were read, by key; what was requested and does not exist is simply not there."""

    def __init__(self, items: Mapping[Key, Raw] | None = None, requested: Iterable[Key] = ()) -> None:
        self._items = dict(items or {})
        self._requested = {*self._items, *requested}
        self._records: dict[Key, Any] = {}

    def get(self, kind: Kind[T], key: Key | None) -> T | None:
        """Return the record under a key; None when there is none of this kind, or the key is None."""
        raw = self._items.get(key) if key is not None else None
        if key is None or raw is None or raw["kind"]["S"] != kind.name:
            return None
        if key not in self._records:
            self._records[key] = kind.decode(raw)
        found: T = self._records[key]
        return found

    def require(self, kind: Kind[T], key: Key) -> T:
        """Return the record under a key, which must exist because another record names it.

        Raises:
            StaleState: it was not there yet when it was read, or what names it has changed.
        """
        found = self.get(kind, key)
        if found is None:
            raise StaleState
        return found

    def version(self, key: Key) -> int:
        """Return the stored version of an item; 0 if there is none, or it was written for the last time."""
        raw = self._items.get(key, {})
        return int(raw["version"]["N"]) if "version" in raw else 0

    def numbers(self, key: Key, attribute: str) -> frozenset[int]:
        """Return the numbers in an attribute of an item that is a set of them."""
        raw = self._items.get(key, {})
        return frozenset(map(int, raw[attribute]["NS"])) if attribute in raw else frozenset()

    def __contains__(self, key: Key | None) -> bool:
        return key in self._items

    def unread(self, keys: Iterable[Key | None]) -> list[Key]:
        """Return the keys that were not read yet."""
        return [key for key in keys if key is not None and key not in self._requested]

    def mark_stale(self, keys: Iterable[Key | None]) -> None:
        """Let the next read that names these keys read them again; until then, what was found stays."""
        self._requested.difference_update(keys)

    def add(self, other: "Preloaded") -> None:
        """Merge the result of a later read, which replaces what was read of the same keys before."""
        for key in other._requested:
            self._items.pop(key, None)
            self._records.pop(key, None)
        self._items.update(other._items)
        self._requested |= other._requested


def within_one_read(
    page: Page[T], keys_of: Callable[[T], Iterable[Key]], position_after: Callable[[T], Position]
) -> tuple[Page[T], set[Key]]:
    """Return as much of a page as one read can complete, and the keys to read.

    A hundred orders could name two hundred people. The page then ends earlier, so that the number of calls
    stays the same (decision 5).

    Args:
        page: as it was found.
        keys_of: gives the keys of what is shown with an entry.
        position_after: gives the place right behind an entry, where the next page starts.
    """
    to_read: set[Key] = set()
    for count, entry in enumerate(page.items):
        more = to_read.union(keys_of(entry))
        if len(more) > BATCH_LIMIT:
            kept = page.items[:count]
            return Page(kept, position_after(kept[-1]), page.previous), to_read
        to_read = more
    return page, to_read


def read(keys: Iterable[Key | None], runtime: Runtime, *, consistent: bool = True) -> Preloaded:
    """Read items by key in one call; a key of None is nothing to read.

    Args:
        keys: what to read.
        runtime: waits between retries.
        consistent: whether the read is strongly consistent. If not it costs half, and no decision may depend
            on it.

    Raises:
        ValueError: more keys than one call takes.
    """
    requested = [key for key in dict.fromkeys(keys) if key is not None]
    if not requested:
        return Preloaded()
    if len(requested) > BATCH_LIMIT:
        raise ValueError(f"{len(requested)} keys in one read")
    to_read: list[Any] = [{"pk": {"S": key.pk}, "sk": {"S": key.sk}} for key in requested]
    found: dict[Key, Raw] = {}
    for tries in range(1, ATTEMPTS + 1):
        answer = _batch_get(to_read, runtime, consistent)
        for raw in answer["Responses"].get(Item.Meta.table_name, []):
            found[Key(raw["pk"]["S"], raw["sk"]["S"])] = raw
        to_read = answer.get("UnprocessedKeys", {}).get(Item.Meta.table_name, {}).get("Keys", [])
        if not to_read:
            return Preloaded(found, requested)
        back_off(runtime, tries)
    raise Unavailable()


def _batch_get(raw_keys: list[Any], runtime: Runtime, consistent: bool) -> dict[str, Any]:
    return call_with_retries(
        lambda: Item._get_connection().batch_get_item(raw_keys, consistent_read=consistent), runtime
    )
