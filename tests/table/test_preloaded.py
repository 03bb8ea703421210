"""Reads by key: one call, consistent, and what came back as records."""

from typing import Any

import pytest

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table.codec import AttributeKind
from chalicelib.table.engine import BATCH_LIMIT
from chalicelib.table.items import GuardItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded, read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork
from tests.engines.faults import FOREVER, Throttled, inject
from tests.support.world import World

ONE, OTHER = Key("A#1", "A"), Key("A#2", "A")
HOLDER = AttributeKind[str]("guard", lambda holder: holder, holder=str)
ELSE = AttributeKind[str]("something-else", lambda holder: holder, holder=str)


@pytest.fixture
def stored(runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.put(GuardItem(*ONE, holder="leia", version=4), None)
    work.commit()


@pytest.mark.usefixtures("stored")
def test_what_is_there_comes_as_its_record_and_what_is_not_as_none(runtime: Runtime) -> None:
    found = read([ONE, OTHER, None], runtime)

    assert (found.get(HOLDER, ONE), found.get(HOLDER, OTHER), found.get(HOLDER, None)) == ("leia", None, None)
    assert (ONE in found, OTHER in found, None in found) == (True, False, False)
    assert (found.version(ONE), found.version(OTHER)) == (4, 0)


@pytest.mark.usefixtures("stored")
def test_what_was_read_is_not_unread_whether_it_exists_or_not(runtime: Runtime) -> None:
    found, third = read([ONE, OTHER], runtime), Key("A#3", "A")

    assert found.unread([ONE, OTHER, third, None]) == [third]
    found.add(read([third], runtime))
    assert found.unread([ONE, OTHER, third]) == []


@pytest.mark.usefixtures("stored")
def test_an_item_of_another_kind_is_none_of_this_kind(runtime: Runtime) -> None:
    assert read([ONE], runtime).get(ELSE, ONE) is None


@pytest.mark.usefixtures("stored")
def test_what_another_record_names_and_is_missing_was_read_too_early(runtime: Runtime) -> None:
    found = read([ONE, OTHER], runtime)

    assert found.require(HOLDER, ONE) == "leia"
    with pytest.raises(StaleState):
        found.require(HOLDER, OTHER)


def test_nothing_to_read_is_no_call(world: World, runtime: Runtime) -> None:
    with world.count_calls() as counter:
        read([None], runtime)

    assert counter.calls == []


def test_a_key_is_asked_for_once(world: World, runtime: Runtime) -> None:
    with world.count_calls() as counter:
        read([ONE, ONE, OTHER, ONE], runtime)

    assert counter.calls == ["BatchGetItem"]


def test_more_keys_than_a_call_takes_are_a_defect(runtime: Runtime) -> None:
    with pytest.raises(ValueError, match="101 keys"):
        read([Key(f"A#{number}", "A") for number in range(BATCH_LIMIT + 1)], runtime)


@pytest.mark.usefixtures("stored")
def test_what_a_later_read_found_is_the_newer(runtime: Runtime) -> None:
    first = read([ONE], runtime)
    first.get(HOLDER, ONE)
    work = UnitOfWork(runtime)
    work.put(GuardItem(*ONE, holder="han"), None)
    work.commit()

    first.add(read([ONE], runtime))

    assert first.get(HOLDER, ONE) == "han"


@pytest.mark.usefixtures("stored")
def test_what_a_later_read_did_not_find_is_gone(runtime: Runtime) -> None:
    first = read([ONE], runtime)
    assert first.get(HOLDER, ONE) == "leia"
    work = UnitOfWork(runtime)
    work.delete(ONE)
    work.commit()

    first.add(read([ONE], runtime))

    assert (first.get(HOLDER, ONE), ONE in first, first.version(ONE)) == (None, False, 0)


class _Unprocessed:
    """A table so busy that it leaves the second key for later, some times."""

    def __init__(self, times: int | None) -> None:
        self.left = times

    def __call__(self, parsed: dict[str, Any], **_: Any) -> None:
        if self.left is None or self.left > 0:
            table = next(iter(parsed["Responses"]))
            found = parsed["Responses"][table]
            kept, later = found[:1], found[1:]
            parsed["Responses"][table] = kept
            keys = [{"pk": item["pk"], "sk": item["sk"]} for item in later]
            parsed["UnprocessedKeys"] = {table: {"Keys": keys or [{"pk": {"S": "A#2"}, "sk": {"S": "A"}}]}}
            self.left = None if self.left is None else self.left - 1


@pytest.mark.usefixtures("stored")
def test_what_dynamodb_left_for_later_is_read_later(world: World, runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.put(GuardItem(*OTHER, holder="han"), None)
    work.commit()
    events = world.events
    busy = _Unprocessed(2)
    events.register("after-call.dynamodb.BatchGetItem", busy)
    try:
        found = read([ONE, OTHER], runtime)
    finally:
        events.unregister("after-call.dynamodb.BatchGetItem", busy)

    assert (found.get(HOLDER, ONE), found.get(HOLDER, OTHER)) == ("leia", "han")
    assert len(world.waits) == 2


@pytest.mark.usefixtures("stored")
def test_what_is_left_for_ever_is_unavailable(world: World, runtime: Runtime) -> None:
    events = world.events
    busy = _Unprocessed(None)
    events.register("after-call.dynamodb.BatchGetItem", busy)
    try:
        with pytest.raises(Unavailable):
            read([ONE, OTHER], runtime)
    finally:
        events.unregister("after-call.dynamodb.BatchGetItem", busy)


def test_a_read_at_the_limit_is_unavailable(world: World, runtime: Runtime) -> None:
    with inject(world.events, Throttled("BatchGetItem", times=FOREVER)), pytest.raises(Unavailable):
        read([ONE], runtime)


def test_nothing_preloaded_holds_nothing() -> None:
    assert ONE not in Preloaded()
