"""Integer ids, taken from counters in blocks, so that a counter is no bottleneck.

A container reserves a block with one atomic addition and gives its ids away one by one; what is left when the
container ends is a gap, which does no harm.
"""

import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from pynamodb.connection import TableConnection
from pynamodb.expressions.update import Action

from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import attempt
from chalicelib.table.items import CounterItem
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork, absent
from chalicelib.table.snapshot import Snapshot

BLOCK = 20

_lock = threading.Lock()
# By connection, so that connecting to another table forgets what was reserved in the old one.
_reserved: WeakKeyDictionary[TableConnection, dict[str, range]] = WeakKeyDictionary()


def next_id(counter: str, runtime: Runtime) -> int:
    """Return an id that nobody else gets.

    Args:
        counter: what is counted, for example `order`.
        runtime: the way to wait between tries.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    with _lock:
        blocks = _blocks()
        block = blocks.get(counter) or _reserve(counter, runtime)
        blocks[counter] = block[1:]
        return block[0]


def _blocks() -> dict[str, range]:
    return _reserved.setdefault(CounterItem._get_connection(), {})


def _reserve(counter: str, runtime: Runtime) -> range:
    item = CounterItem(*keys.counter(counter))
    actions: list[Action] = [CounterItem.last.add(BLOCK), CounterItem.kind.set(CounterItem)]
    attempt(lambda: item.update(actions=actions), runtime)
    return range(int(item.last) - BLOCK + 1, int(item.last) + 1)


@dataclass(frozen=True)
class Reservation:
    """A block that is reserved by the very transaction which writes what its first id is for.

    So an endpoint whose other calls use up its budget needs no call for the block.
    """

    counter: str
    before: int

    @property
    def first_id(self) -> int:
        """The id to use; nobody else gets it, provided that the transaction succeeds."""
        return self.before + 1

    def write(self, work: UnitOfWork) -> None:
        """Reserve the block in a transaction, on condition that nobody did since the counter was read."""
        unchanged = CounterItem.last == self.before if self.before else absent()
        actions = [CounterItem.last.set(self.before + BLOCK), CounterItem.kind.set(CounterItem)]
        work.update("counter", CounterItem(*keys.counter(self.counter)), actions, unchanged)

    def keep(self) -> None:
        """Give away the rest of the block from now on, after the transaction."""
        with _lock:
            _blocks()[self.counter] = range(self.first_id + 1, self.before + BLOCK + 1)


def keys_for(counter: str) -> list[Key]:
    """Return what to read for a `reservation`: the counter, if no id is at hand."""
    return [] if _blocks().get(counter) else [keys.counter(counter)]


def reservation(counter: str, records: Snapshot) -> Reservation | None:
    """Return the next block from records that hold `keys_for` the counter; None when an id is at hand."""
    if _blocks().get(counter):
        return None
    item = records.item(keys.counter(counter))
    return Reservation(counter, int(item.last) if isinstance(item, CounterItem) else 0)
