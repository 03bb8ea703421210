"""Integer ids, reserved in blocks, so that a sequence is no bottleneck.

A container reserves a block in the transaction that uses the block's first id, and hands out the others one
by one. Ids that are left when the container ends become a gap, which does no harm.
"""

import threading
from weakref import WeakKeyDictionary

from pynamodb.connection import TableConnection

from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import SequenceItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, absent

BLOCK = 20

SEQUENCE = AttributeKind[int]("sequence", lambda last_id: last_id, last_id=int)

_lock = threading.Lock()
# By connection, so that connecting to another table forgets what was reserved in the old one.
_reserved: WeakKeyDictionary[TableConnection, dict[str, range]] = WeakKeyDictionary()


def _blocks() -> dict[str, range]:
    return _reserved.setdefault(SequenceItem._get_connection(), {})


def keys_for(sequence: str | None) -> list[Key]:
    """Return the keys to read before `next_id`: the sequence's, if no reserved id is left."""
    return [] if sequence is None or _blocks().get(sequence) else [keys.sequence(sequence)]


def next_id(sequence: str, preloaded: Preloaded, work: UnitOfWork) -> int:
    """Return a unique id, which may be used only if the unit of work is committed.

    Args:
        sequence: what is counted, for example `order`.
        preloaded: includes `keys_for` the sequence.
        work: reserves a block if no reserved id is left.
    """
    with _lock:
        block = _blocks().get(sequence)
        if block:
            _blocks()[sequence] = block[1:]
            return block[0]
    last = preloaded.get(SEQUENCE, keys.sequence(sequence)) or 0
    unchanged = SequenceItem.last_id == last if last else absent()
    work.update(
        SequenceItem(*keys.sequence(sequence)), [SequenceItem.last_id.set(last + BLOCK)], condition=unchanged
    )
    work.after_commit(lambda: _keep(sequence, range(last + 2, last + BLOCK + 1)))
    return last + 1


def _keep(sequence: str, block: range) -> None:
    with _lock:
        _blocks()[sequence] = block
