"""Pages and stretches of the table: in order, forward and back, and in how many calls."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table.codec import Raw
from chalicelib.table.items import PROJECTED, GuardItem, Item, OrderItem
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest, Position
from chalicelib.table.queries import all_of_partition, page_of_index, page_of_partition
from tests.engines import dynamodb_local
from tests.engines.faults import FOREVER, Throttled, inject
from tests.support.world import World

LIST = "LIST"
SHARDS = ["LIST#0", "LIST#1", "LIST#2"]
OTHER_LIST = "LIST#OTHER"
MANY = 20  # pages, more than any list here has
DONE = OrderItem.done == True  # noqa: E712
LARGE = 350_000  # characters: three such items are more than the megabyte that a call looks through

pytestmark = pytest.mark.usefixtures("runtime")


def _listed(name: str, partition: str = LIST, *, done: bool = False, text: str = "") -> OrderItem:
    """An item with a place in a list, sorted by its name."""
    of = {"executor": 1, "service": 1, "client": 1}
    return OrderItem(*Key(name, "A"), done=done, **of, doc=text, gsi1pk=partition, gsi1sk=name)


def _save(items: Iterable[Item]) -> None:
    with Item.batch_write() as batch:
        for item in items:
            batch.save(item)


def _name(raw: Raw) -> str:
    return str(raw["pk"]["S"])


def _sort_key(raw: Raw) -> str:
    return str(raw["sk"]["S"])


PageOf = Callable[[PageRequest], Page[str]]


def _walk(page_of: PageOf, size: int) -> list[Page[str]]:
    """Return the pages of a list to its end."""
    pages = [page_of(PageRequest(size))]
    while pages[-1].next is not None:
        assert len(pages) < MANY, "the list does not end"
        pages.append(page_of(PageRequest(size, pages[-1].next)))
    return pages


def _there_and_back(page_of: PageOf, size: int) -> tuple[list[Page[str]], list[Page[str]]]:
    """Return the pages of a list to its end, and those on the way back, the first one last."""
    there = _walk(page_of, size)
    back = [there[-1]]
    while back[-1].previous is not None:
        assert len(back) < MANY, "the list does not begin"
        back.append(page_of(PageRequest(size, back[-1].previous)))
    return there, back


def _entries(pages: Iterable[Page[str]]) -> list[str]:
    return [entry for page in pages for entry in page.items]


@contextmanager
def _bodies(world: World) -> Iterator[list[dict[str, Any]]]:
    """Give the bodies of the application's calls inside the `with` block."""
    bodies: list[dict[str, Any]] = []

    def keep(params: dict[str, Any], **_: Any) -> None:
        bodies.append(json.loads(params["body"]))

    world.events.register("before-call.dynamodb", keep)
    try:
        yield bodies
    finally:
        world.events.unregister("before-call.dynamodb", keep)


# Pages of an index


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("newest_first", [True, False])
def test_a_list_is_walked_in_its_order_and_back_over_the_same_pages(
    runtime: Runtime, size: int, newest_first: bool
) -> None:
    _save([*(_listed(name) for name in "gbdafce"), _listed("x", OTHER_LIST)])

    there, back = _there_and_back(
        lambda asked: page_of_index("gsi1", LIST, _name, asked, runtime, newest_first=newest_first), size
    )

    assert _entries(there) == sorted("abcdefg", reverse=newest_first)
    assert [len(page.items) for page in there[:-1]] == [size] * (len(there) - 1)
    assert [page.items for page in reversed(back)] == [page.items for page in there]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("newest_first", [True, False])
def test_a_list_over_several_partitions_is_one_list(runtime: Runtime, size: int, newest_first: bool) -> None:
    _save(
        [_listed(name, SHARDS[number % 2]) for number, name in enumerate("gbdafce")]
    )  # and none in the third

    there, back = _there_and_back(
        lambda asked: page_of_index("gsi1", SHARDS, _name, asked, runtime, newest_first=newest_first), size
    )

    assert _entries(there) == sorted("abcdefg", reverse=newest_first)
    assert [page.items for page in reversed(back)] == [page.items for page in there]


@pytest.mark.parametrize(("partition", "calls"), [(LIST, 1), (SHARDS, 3)], ids=["one", "several"])
def test_a_page_is_one_call_a_partition_that_reads_one_entry_too_many(
    world: World, runtime: Runtime, partition: str | list[str], calls: int
) -> None:
    _save(
        [
            *(_listed(f"{number:02}") for number in range(20)),
            *(_listed(f"x{shard}", shard) for shard in SHARDS),
        ]
    )

    with world.count_calls() as counter, _bodies(world) as bodies:
        page_of_index("gsi1", partition, _name, PageRequest(5), runtime)

    assert counter.calls == ["Query"] * calls
    assert [body["Limit"] for body in bodies] == [6] * calls


def test_an_index_has_the_record_and_what_lists_are_filtered_by(runtime: Runtime) -> None:
    _save([_listed("a", text="x")])

    page = page_of_index("gsi1", LIST, dict, PageRequest(5), runtime)

    assert set(page.items[0]) == {"pk", "sk", "gsi1pk", "gsi1sk", *PROJECTED}


def test_an_empty_list_is_an_empty_page(runtime: Runtime) -> None:
    for partition in (LIST, SHARDS):
        assert page_of_index("gsi1", partition, _name, PageRequest(5), runtime) == Page([], None, None)


def test_a_page_goes_on_behind_an_entry_that_is_gone(runtime: Runtime) -> None:
    _save(map(_listed, "aceg"))
    behind_d, before_d = Position("d"), Position("d", backward=True)

    def page_from(start: Position) -> list[str]:
        asked = PageRequest(2, start)
        return page_of_index("gsi1", LIST, _name, asked, runtime, newest_first=False).items

    assert (page_from(behind_d), page_from(before_d)) == (["e", "g"], ["a", "c"])


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("partition", [LIST, SHARDS], ids=["one", "several"])
def test_the_page_beside_an_empty_one_has_the_entry_that_its_position_names(
    runtime: Runtime, partition: str | list[str], newest_first: bool
) -> None:
    _save(
        _listed(name, SHARDS[number % 3] if partition == SHARDS else LIST)
        for number, name in enumerate("abc")
    )
    first, *_, last = sorted("abc", reverse=newest_first)

    def page_from(start: Position | None) -> Page[str]:
        return page_of_index(
            "gsi1", partition, _name, PageRequest(2, start), runtime, newest_first=newest_first
        )

    behind, before = page_from(Position(last)), page_from(Position(first, backward=True))

    assert (behind.items, before.items) == ([], [])
    assert page_from(behind.previous).items == ["b", last]
    assert page_from(before.next).items == [first, "b"]


# Pages with a filter


@pytest.mark.parametrize("size", [1, 2, 9])
def test_a_filter_leaves_out_what_does_not_match(runtime: Runtime, size: int) -> None:
    _save([_listed(name, done=name in "bcf") for name in "abcdefg"])

    there, back = _there_and_back(
        lambda asked: page_of_index("gsi1", LIST, _name, asked, runtime, matching=DONE),
        size,
    )

    assert _entries(there) == ["f", "c", "b"]
    assert _entries(reversed(back)) == ["f", "c", "b"]


def test_a_filter_that_matches_late_makes_pages_that_end_early_and_no_more_calls(
    world: World, runtime: Runtime
) -> None:
    if world.engine.name == dynamodb_local.NAME:
        pytest.skip("it counts a megabyte of what matches, where DynamoDB counts what it looks through")
    _save(_listed(name, done=name in "aj", text="x" * LARGE) for name in "abcdefghij")

    def page_of(asked: PageRequest) -> Page[str]:
        with world.count_calls() as counter:
            page = page_of_index("gsi1", LIST, _name, asked, runtime, matching=DONE)
        assert counter.calls == ["Query"]
        return page

    there, back = _there_and_back(page_of, 5)

    assert _entries(there) == ["j", "a"]
    assert len(there) > 2, "the list is more than two megabytes"
    assert [] in [page.items for page in there]
    assert _entries(reversed(back)) == ["j", "a"]


# Pages of a partition


@pytest.fixture
def collection() -> list[str]:
    """A partition whose sort keys have a prefix or begin nearly so; those with the prefix are given."""
    members = [f"MEMBER#{number:02}" for number in range(7)]
    others = ["MEMBER", "MEMBERID#01", "MEMBES", "LAST", "ORG"]
    _save(GuardItem(*Key("ORG#1", sort_key), holder="x") for sort_key in [*members, *others])
    _save([GuardItem(*Key("ORG#2", "MEMBER#99"), holder="x")])
    return members


@pytest.mark.parametrize("size", [1, 3, 7, 8])
def test_a_prefix_is_walked_from_its_first_item_to_its_last(
    runtime: Runtime, collection: list[str], size: int
) -> None:
    pages = _walk(lambda asked: page_of_partition(Key("ORG#1", "MEMBER#"), _sort_key, asked, runtime), size)

    assert _entries(pages) == collection
    assert [len(page.items) for page in pages[:-1]] == [size] * (len(pages) - 1)


def test_no_prefix_is_the_whole_partition(runtime: Runtime, collection: list[str]) -> None:
    page = page_of_partition(Key("ORG#1", ""), _sort_key, PageRequest(100), runtime)

    assert page == Page(sorted([*collection, "MEMBER", "MEMBERID#01", "MEMBES", "LAST", "ORG"]), None, None)


def test_a_page_of_a_partition_is_one_consistent_call(
    world: World, runtime: Runtime, collection: list[str]
) -> None:
    with _bodies(world) as bodies:
        page_of_partition(
            Key("ORG#1", "MEMBER#"), _sort_key, PageRequest(3, Position(collection[1])), runtime
        )

    assert [(body["Limit"], body["ConsistentRead"]) for body in bodies] == [(4, True)]


# Whole partitions


def test_all_of_a_partition_is_read_over_more_than_one_megabyte(world: World, runtime: Runtime) -> None:
    names = [f"N#{number}" for number in range(7)]
    _save(GuardItem(*Key("P", name), holder="x", doc="x" * LARGE) for name in [*names, "OTHER"])

    with world.count_calls() as counter:
        found = all_of_partition("P", "N#", runtime)

    assert [_sort_key(raw) for raw in found] == names
    assert set(counter.calls) == {"Query"}
    assert len(counter.calls) >= 3, "the items are more than two megabytes"


def test_all_of_a_partition_without_a_prefix_is_everything_in_it(runtime: Runtime) -> None:
    _save(GuardItem(*key, holder="x") for key in [Key("P", "A"), Key("P", "B#1"), Key("Q", "A")])

    assert [_sort_key(raw) for raw in all_of_partition("P", "", runtime)] == ["A", "B#1"]
    assert all_of_partition("P", "C", runtime) == []


READS: dict[str, Callable[[Runtime], object]] = {
    "page_of_index": lambda runtime: page_of_index("gsi1", LIST, _name, PageRequest(5), runtime),
    "page_of_partition": lambda runtime: page_of_partition(Key("P", ""), _name, PageRequest(5), runtime),
    "all_of_partition": lambda runtime: all_of_partition("P", "", runtime),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_query_at_the_limit_is_unavailable(
    world: World, runtime: Runtime, read: Callable[[Runtime], object]
) -> None:
    with inject(world.events, Throttled("Query", times=FOREVER)), pytest.raises(Unavailable):
        read(runtime)
