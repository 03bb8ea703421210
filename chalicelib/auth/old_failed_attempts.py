"""Counts of wrong tries: of an account in a row, of an address in an hour."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from pynamodb.expressions.update import Action

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table.engine import attempt
from chalicelib.table.items import FailedAttemptsItem, Item
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork, absent
from chalicelib.table.snapshot import Snapshot

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
    if not isinstance(item, FailedAttemptsItem) or int(item.expires_at or 0) <= runtime.epoch():
        return NO_TRIES
    return Tries(int(item.failures), int(item.last))


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
        work.update(TRIES, FailedAttemptsItem(*key), _one_more(lifetime, runtime))
    work.commit()


def _count_alone(key: Key, lifetime: int, runtime: Runtime) -> None:
    item = FailedAttemptsItem(*key)
    attempt(lambda: item.update(actions=_one_more(lifetime, runtime)), runtime)


def _one_more(lifetime: int, runtime: Runtime) -> list[Action]:
    now = runtime.epoch()
    return [
        FailedAttemptsItem.failures.add(1),
        FailedAttemptsItem.last.set(now),
        FailedAttemptsItem.expires_at.set(now + lifetime),
        FailedAttemptsItem.kind.set(FailedAttemptsItem),
    ]


def forget(work: UnitOfWork, key: Key, seen: Tries, harmless: int) -> None:
    """Delete a count in a transaction, unless it grew beyond what is harmless since it was read.

    So a right guess among many that are made at the same time does not get through: its subject is `tries`.
    """
    unchanged = (FailedAttemptsItem.failures <= harmless) | (FailedAttemptsItem.failures == seen.count)
    work.delete(TRIES, Item(*key), absent() | unchanged)
