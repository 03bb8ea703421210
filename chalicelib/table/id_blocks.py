"""Integer ids, taken from counters in blocks, so that a counter is no bottleneck.

A container reserves a block with one atomic addition and gives its ids away one by one; what is left when the
container ends is a gap, which does no harm.
"""

import threading
from weakref import WeakKeyDictionary

from pynamodb.connection import TableConnection

from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import attempt
from chalicelib.table.items import CounterItem

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
        blocks = _reserved.setdefault(CounterItem._get_connection(), {})
        block = blocks.get(counter) or _reserve(counter, runtime)
        blocks[counter] = block[1:]
        return block[0]


def _reserve(counter: str, runtime: Runtime) -> range:
    item = CounterItem(*keys.counter(counter))
    attempt(lambda: item.update(actions=[CounterItem.last.add(BLOCK)]), runtime)
    return range(int(item.last) - BLOCK + 1, int(item.last) + 1)
