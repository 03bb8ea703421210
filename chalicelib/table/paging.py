"""Pages of lists: where one starts, what it holds, and where its neighbours are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Position:
    """A place in a list: right behind an entry's sort key, or right before it when the page lies backward."""

    sort: str
    backward: bool = False


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page in the list's order, and where the pages beside it start (None where there is none)."""

    items: list[T]
    next: Position | None
    previous: Position | None


def cut(
    found: Sequence[T],
    limit: int,
    after: Position | None,
    sort: Callable[[T], str],
    stopped: str | None = None,
) -> Page[T]:
    """Return the page that a search from a position found.

    Args:
        found: entries in the direction of the search, one more than the limit where there is one.
        limit: how many the page may have.
        after: where the search started, None for the list's beginning.
        sort: gives an entry's sort key.
        stopped: the sort key where the search stopped before the list's end, None when it did not.
    """
    taken = list(found[:limit])
    beyond = sort(taken[-1]) if len(found) > limit else stopped
    if after is None or not after.backward:
        before = None if after is None else Position(sort(taken[0]) if taken else after.sort, backward=True)
        return Page(taken, (beyond and Position(beyond)) or None, before)
    following = Position(sort(taken[0]) if taken else after.sort)
    return Page(taken[::-1], following, (beyond and Position(beyond, backward=True)) or None)


def slice_of(entries: Sequence[T], limit: int, after: Position | None, sort: Callable[[T], str]) -> Page[T]:
    """Return a page of a list that is at hand as a whole, in ascending order of its sort keys."""
    if after is None:
        found = list(entries)
    elif after.backward:
        found = [entry for entry in reversed(entries) if sort(entry) < after.sort]
    else:
        found = [entry for entry in entries if sort(entry) > after.sort]
    return cut(found[: limit + 1], limit, after, sort)
