"""Units of work: together or not at all, and what failed conditions mean."""

from contextlib import nullcontext
from typing import Any

import pytest

from chalicelib.errors import NotFound, RoleInUse, Unavailable, ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.table.items import GuardItem, Item, SequenceItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import read
from chalicelib.table.unit_of_work import FINAL, MAX_ACTIONS, StaleState, UnitOfWork, absent, at_version
from tests.engines.faults import FOREVER, LostAfter, Throttled, TransactionConflict, inject
from tests.support.world import World

ONE, OTHER = Key("A#1", "A"), Key("A#2", "A")


def _guard(key: Key, holder: str = "x", version: int | None = None) -> GuardItem:
    return GuardItem(*key, holder=holder, version=version)


def _put(runtime: Runtime, *items: Item) -> None:
    work = UnitOfWork(runtime)
    for item in items:
        work.put(item, None)
    work.commit()


def _holders(world: World) -> dict[str, Any]:
    return {pk: item["holder"]["S"] for (pk, _), item in world.items().items()}


def test_a_unit_without_writes_makes_no_call(world: World, runtime: Runtime) -> None:
    with world.count_calls() as counter:
        UnitOfWork(runtime).commit()

    assert counter.calls == []


@pytest.mark.parametrize(("count", "call"), [(1, "PutItem"), (2, "TransactWriteItems")])
def test_a_single_write_goes_alone_and_several_together(
    world: World, runtime: Runtime, count: int, call: str
) -> None:
    with world.count_calls() as counter:
        _put(runtime, *[_guard(key) for key in (ONE, OTHER)[:count]])

    assert counter.calls == [call]
    assert len(world.items()) == count


def test_effects_come_after_the_writes_and_not_when_they_fail(world: World, runtime: Runtime) -> None:
    seen: list[int] = []
    for _ in range(2):
        work = UnitOfWork(runtime)
        work.put(_guard(ONE), absent(), otherwise=NotFound())
        work.after_commit(lambda: seen.append(len(world.items())))
        if seen:
            with pytest.raises(NotFound):
                work.commit()
        else:
            work.commit()

    assert seen == [1]


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "together"])
def test_a_failed_condition_is_the_error_beside_it_and_nothing_is_written(
    world: World, runtime: Runtime, others: int
) -> None:
    _put(runtime, _guard(ONE))
    before = world.items()
    work = UnitOfWork(runtime)
    work.put(_guard(ONE, "y"), absent(), otherwise=RoleInUse())
    for _ in range(others):
        work.put(_guard(OTHER), absent())

    with pytest.raises(RoleInUse):
        work.commit()

    assert world.items() == before


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "together"])
def test_a_failed_condition_without_a_meaning_says_that_the_state_has_moved(
    runtime: Runtime, others: int
) -> None:
    _put(runtime, _guard(ONE, version=2))
    work = UnitOfWork(runtime)
    work.put(_guard(ONE, version=2), at_version(1))
    for _ in range(others):
        work.put(_guard(OTHER), absent(), otherwise=NotFound())

    with pytest.raises(StaleState):
        work.commit()


def test_a_moved_state_is_told_rather_than_an_error_that_may_follow_from_it(runtime: Runtime) -> None:
    _put(runtime, _guard(ONE, version=2), _guard(OTHER))
    work = UnitOfWork(runtime)
    work.put(_guard(ONE, version=2), at_version(1))
    work.put(_guard(OTHER), absent(), otherwise=NotFound())

    with pytest.raises(StaleState):
        work.commit()


def test_field_errors_are_told_all_at_once(runtime: Runtime) -> None:
    _put(runtime, _guard(ONE), _guard(OTHER))
    work = UnitOfWork(runtime)
    work.put(_guard(ONE), absent(), otherwise=ValidationFailed({"email": ["taken"]}))
    work.put(_guard(OTHER), absent(), otherwise=ValidationFailed({"phone": ["taken"]}))

    with pytest.raises(ValidationFailed) as failed:
        work.commit()

    assert failed.value.fields == {"email": ["taken"], "phone": ["taken"]}


def test_of_several_errors_the_first_added_is_told(runtime: Runtime) -> None:
    _put(runtime, _guard(ONE), _guard(OTHER))
    work = UnitOfWork(runtime)
    work.put(_guard(ONE), absent(), otherwise=NotFound())
    work.put(_guard(OTHER), absent(), otherwise=RoleInUse())

    with pytest.raises(NotFound):
        work.commit()


@pytest.mark.parametrize("count", [1, 2], ids=["alone", "together"])
def test_a_lost_answer_is_recognized_by_what_was_written(world: World, runtime: Runtime, count: int) -> None:
    work = UnitOfWork(runtime)
    for key in (ONE, OTHER)[:count]:
        work.put(_guard(key), absent(), otherwise=NotFound())

    with inject(world.events, LostAfter(times=1)) as fault:
        work.commit()

    assert fault.injected == 1
    assert len(world.items()) == count


def test_deleting_what_is_gone_is_no_failure(world: World, runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.delete(ONE, at_version(3))
    work.commit()

    assert world.items() == {}


def test_deleting_what_has_changed_is_refused(world: World, runtime: Runtime) -> None:
    _put(runtime, _guard(ONE, version=4))
    work = UnitOfWork(runtime)
    work.delete(ONE, at_version(3))

    with pytest.raises(StaleState):
        work.commit()

    assert len(world.items()) == 1


def test_deleting_what_is_gone_fails_among_other_writes(world: World, runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.put(_guard(ONE), absent())
    work.delete(OTHER, at_version(3))

    with pytest.raises(StaleState):
        work.commit()

    assert world.items() == {}


def test_a_lost_answer_is_recognized_although_something_was_deleted(world: World, runtime: Runtime) -> None:
    _put(runtime, _guard(OTHER, version=3))
    work = UnitOfWork(runtime)
    work.put(_guard(ONE), absent())
    work.delete(OTHER, at_version(3))

    with inject(world.events, LostAfter(times=1)):
        work.commit()

    assert list(world.items()) == [ONE]


def test_what_was_written_for_the_last_time_is_not_written_over(world: World, runtime: Runtime) -> None:
    _put(runtime, _guard(ONE, version=FINAL))
    work = UnitOfWork(runtime)
    work.put(_guard(ONE, version=1), at_version(read([ONE], runtime).version(ONE)))

    with pytest.raises(StaleState):
        work.commit()


def test_an_update_of_a_missing_item_makes_one_of_its_kind(world: World, runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.update(SequenceItem(*ONE), [SequenceItem.last_id.add(5)])
    work.commit()

    made = world.items()[ONE]
    assert (made["kind"], made["last_id"]) == ({"S": "sequence"}, {"N": "5"})


def test_a_conflict_is_tried_again_with_growing_waits(world: World, runtime: Runtime) -> None:
    with inject(world.events, TransactionConflict("TransactWriteItems", times=3)) as fault:
        _put(runtime, _guard(ONE), _guard(OTHER))

    assert fault.injected == 3
    assert len(world.waits) == 3
    assert len(world.items()) == 2


@pytest.mark.parametrize("fault", [TransactionConflict, Throttled])
def test_what_stays_busy_is_unavailable_and_nothing_is_written(
    world: World, runtime: Runtime, fault: type[TransactionConflict] | type[Throttled]
) -> None:
    with inject(world.events, fault("TransactWriteItems", times=FOREVER)), pytest.raises(Unavailable):
        _put(runtime, _guard(ONE), _guard(OTHER))

    assert world.items() == {}


def test_counts_are_added_alone_where_transactions_collide_which_is_told(
    world: World, runtime: Runtime
) -> None:
    work = UnitOfWork(runtime)
    for key in (ONE, OTHER):
        work.update(SequenceItem(*key), [SequenceItem.last_id.add(1)])

    with (
        inject(world.events, TransactionConflict("TransactWriteItems", times=FOREVER)),
        pytest.raises(Unavailable),
    ):
        work.commit_counts()

    assert [item["last_id"] for item in world.items().values()] == [{"N": "1"}] * 2


def test_counts_whose_condition_fails_leave_everything_as_it_is(world: World, runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.update(SequenceItem(*ONE), [SequenceItem.last_id.add(1)], SequenceItem.last_id == 5)
    work.update(SequenceItem(*OTHER), [SequenceItem.last_id.add(1)])

    with pytest.raises(StaleState):
        work.commit_counts()

    assert world.items() == {}


@pytest.mark.parametrize(("last", "written"), [(5, True), (6, False)])
def test_what_is_checked_and_not_written_decides_on_the_rest(
    world: World, runtime: Runtime, last: int, written: bool
) -> None:
    SequenceItem(*ONE, last_id=last).save()
    work = UnitOfWork(runtime)
    work.put(_guard(OTHER), absent())
    work.check(ONE, SequenceItem.last_id == 5)

    with nullcontext() if written else pytest.raises(StaleState):
        work.commit()

    assert (OTHER in world.items()) is written
    assert world.items()[ONE]["last_id"] == {"N": str(last)}


def test_a_unit_too_large_for_a_transaction_is_a_defect(runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    for number in range(MAX_ACTIONS + 1):
        work.put(_guard(Key(f"A#{number}", "A")), absent())

    with pytest.raises(AssertionError, match="101 actions"):
        work.commit()
