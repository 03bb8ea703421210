"""Pages of lists: where one starts, what it holds, and where its neighbours are."""

import operator
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from chalicelib.frozen import frozen

T = TypeVar("T")
U = TypeVar("U")


@frozen
class Position:
    """A place in a list: after an entry's sort key, or before it if the page goes backward.

    The entry itself is on that page only if it is `included`. Whether it is still there does not matter.
    """

    sort: str
    backward: bool = False
    included: bool = False

    def turned(self) -> "Position":
        """Return the same place looked at the other way: together they are the whole list."""
        return Position(self.sort, not self.backward, not self.included)


@frozen
class PageRequest:
    """The requested page: how many entries it may have, and where it starts (None: at the beginning)."""

    limit: int
    start: Position | None = None

    @property
    def backward(self) -> bool:
        """Whether the page lies before its start."""
        return self.start is not None and self.start.backward


@frozen
class Page(Generic[T]):
    """One page in the list's order, and where the pages beside it start (None where there is none)."""

    items: list[T]
    next: Position | None
    previous: Position | None

    def map(self, convert: Callable[[T], U]) -> "Page[U]":
        """Return the page with each entry converted."""
        return Page([convert(item) for item in self.items], self.next, self.previous)


def page_of(
    found: Sequence[T], page_request: PageRequest, sort: Callable[[T], str], stopped: str | None = None
) -> Page[T]:
    """Return the page that a search found.

    Args:
        found: entries in the direction of the search, one more than the limit where there is one.
        page_request: the page that was asked for.
        sort: gives an entry's sort key.
        stopped: the sort key where the search stopped before the list's end, None when it did not.
    """
    taken = list(found[: page_request.limit])
    last_seen = sort(taken[-1]) if len(found) > page_request.limit else stopped
    ahead = None if last_seen is None else Position(last_seen, page_request.backward)
    if page_request.start is None:
        return Page(taken, ahead, None)
    # If nothing is on the page, what its position leaves out is just what the page on the other side has.
    behind = Position(sort(taken[0]), not page_request.backward) if taken else page_request.start.turned()
    return Page(taken[::-1], behind, ahead) if page_request.backward else Page(taken, ahead, behind)


def page_of_sequence(entries: Sequence[T], page_request: PageRequest, sort: Callable[[T], str]) -> Page[T]:
    """Return a page of a list that is completely in memory, in ascending order of its sort keys."""
    start = page_request.start
    found = list(reversed(entries)) if page_request.backward else list(entries)
    if start is not None:
        beyond = operator.lt if start.backward else operator.gt
        found = [
            entry
            for entry in found
            if beyond(sort(entry), start.sort) or (start.included and sort(entry) == start.sort)
        ]
    return page_of(found[: page_request.limit + 1], page_request, sort)
