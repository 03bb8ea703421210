"""Integer ids, given away in blocks, so that no counter is a bottleneck.

A container reserves a block in the very transaction that writes what its first id is for, and gives the
others away one by one. What is left when the container ends is a gap, which does no harm.
"""

import threading
from weakref import WeakKeyDictionary

from pynamodb.connection import TableConnection

from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import CounterItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, absent

BLOCK = 20

COUNTER = AttributeKind[int]("counter", lambda last: last, last=int)

_lock = threading.Lock()
# By connection, so that connecting to another table forgets what was reserved in the old one.
_reserved: WeakKeyDictionary[TableConnection, dict[str, range]] = WeakKeyDictionary()


def _blocks() -> dict[str, range]:
    return _reserved.setdefault(CounterItem._get_connection(), {})


def keys_for(sequence: str | None) -> list[Key]:
    """Return what to read before an id is wanted: the sequence's counter, if no id is at hand."""
    return [] if sequence is None or _blocks().get(sequence) else [keys.counter(sequence)]


def next_id(sequence: str, preloaded: Preloaded, work: UnitOfWork) -> int:
    """Return an id that nobody else gets, provided that the unit of work succeeds.

    Args:
        sequence: what is counted, for example `order`.
        preloaded: with `keys_for` the sequence.
        work: reserves a block if no id is at hand.
    """
    with _lock:
        block = _blocks().get(sequence)
        if block:
            _blocks()[sequence] = block[1:]
            return block[0]
    last = preloaded.get(COUNTER, keys.counter(sequence)) or 0
    unchanged = CounterItem.last == last if last else absent()
    work.update(
        CounterItem(*keys.counter(sequence)), [CounterItem.last.set(last + BLOCK)], condition=unchanged
    )
    work.after_commit(lambda: _keep(sequence, range(last + 2, last + BLOCK + 1)))
    return last + 1


def _keep(sequence: str, block: range) -> None:
    with _lock:
        _blocks()[sequence] = block
