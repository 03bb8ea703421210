"""Ids in blocks: different for everybody, and reserved with what the first is for."""

import pytest

from chalicelib.runtime import Runtime
from chalicelib.table import sequences
from chalicelib.table.items import GuardItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import read
from chalicelib.table.sequences import BLOCK
from chalicelib.table.unit_of_work import StaleState, UnitOfWork, absent
from tests.support.world import World


def _take(runtime: Runtime) -> int:
    """Write something that needs an id, as a request does."""
    work = UnitOfWork(runtime)
    number = sequences.next_id("thing", read(sequences.keys_for("thing"), runtime), work)
    work.put(GuardItem(f"THING#{number}", "THING", holder="x"), absent())
    work.commit()
    return number


def test_ids_are_given_in_order_and_a_block_is_reserved_with_its_first(
    world: World, runtime: Runtime
) -> None:
    with world.count_calls() as counter:
        taken = [_take(runtime) for _ in range(BLOCK + 1)]

    assert taken == list(range(1, BLOCK + 2))
    assert counter.calls == [
        *["BatchGetItem", "TransactWriteItems"],
        *["PutItem"] * (BLOCK - 1),
        *["BatchGetItem", "TransactWriteItems"],
    ]


def test_who_reserved_a_block_that_somebody_else_reserved_decides_anew(runtime: Runtime) -> None:
    preloaded = read(sequences.keys_for("thing"), runtime)
    mine = UnitOfWork(runtime)
    sequences.next_id("thing", preloaded, mine)
    _take(runtime)

    with pytest.raises(StaleState):
        mine.commit()

    assert _take(runtime) == 2


def test_a_block_whose_first_id_was_not_used_is_not_kept(runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    number = sequences.next_id("thing", read(sequences.keys_for("thing"), runtime), work)
    work.put(GuardItem(*Key("THING#1", "THING"), holder="x"), GuardItem.holder == "nobody")

    with pytest.raises(StaleState):
        work.commit()

    assert (number, _take(runtime)) == (1, 1)
