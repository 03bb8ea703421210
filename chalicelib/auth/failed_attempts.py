"""Counts of wrong tries: of an account in a row, of an address in an hour."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from pynamodb.expressions.update import Action

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table.engine import attempt
from chalicelib.table.items import Item, TriesItem
from chalicelib.table.keys import Key
from chalicelib.table.snapshot import Snapshot
from chalicelib.table.unit_of_work import UnitOfWork, absent

TRIES = "tries"


@dataclass(frozen=True)
class Tries:
    """How many wrong tries there were, and when the last was, in seconds since 1970."""

    count: int = 0
    last: int = 0


NO_TRIES = Tries()


def tries_in(snapshot: Snapshot, key: Key, runtime: Runtime) -> Tries:
    """Return the tries under a key, none when there is no count or it has expired."""
    item = snapshot.item(key)
    if not isinstance(item, TriesItem) or int(item.expires_at or 0) <= runtime.epoch():
        return NO_TRIES
    return Tries(int(item.tries), int(item.last))


def count(lifetimes: Mapping[Key, int], runtime: Runtime) -> None:
    """Add a wrong try to each count, in one call; each is kept for so many seconds from now.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    if len(lifetimes) > 1:
        # Many who try at the same moment meet at one count, where transactions get in each other's way for
        # longer than single updates do; no try may go uncounted for that, rather is one counted twice.
        with suppress(Unavailable):
            return _count_together(lifetimes, runtime)
    for key, lifetime in lifetimes.items():
        _count_alone(key, lifetime, runtime)
    return None


def _count_together(lifetimes: Mapping[Key, int], runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    for key, lifetime in lifetimes.items():
        work.update(TRIES, TriesItem(*key), _one_more(lifetime, runtime))
    work.commit()


def _count_alone(key: Key, lifetime: int, runtime: Runtime) -> None:
    item = TriesItem(*key)
    attempt(lambda: item.update(actions=_one_more(lifetime, runtime)), runtime)


def _one_more(lifetime: int, runtime: Runtime) -> list[Action]:
    now = runtime.epoch()
    return [
        TriesItem.tries.add(1),
        TriesItem.last.set(now),
        TriesItem.expires_at.set(now + lifetime),
        TriesItem.kind.set(TriesItem),
    ]


def forget(work: UnitOfWork, key: Key, seen: Tries, harmless: int) -> None:
    """Delete a count in a transaction, unless it grew beyond what is harmless since it was read.

    So a right guess among many that are made at the same time does not get through: its subject is `tries`.
    """
    unchanged = (TriesItem.tries <= harmless) | (TriesItem.tries == seen.count)
    work.delete(TRIES, Item(*key), absent() | unchanged)
