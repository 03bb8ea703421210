"""Key strings are stored: each is pinned, and no input reaches into another one's key."""

import inspect
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib import ids, texts
from chalicelib.table import keys
from chalicelib.table.items import Item
from tests.table.key_samples import (
    INDEX_PARTITIONS,
    ITEMS,
    KEYS,
    MOMENT,
    PREFIXES,
    SAMPLES,
    UUID,
    Sample,
    form,
)

COMPARED = (
    keys.email_guard,
    keys.username_guard,
    keys.mailed_code,
    keys.mailings,
    keys.organization_name_guard,
)

# Few and awkward pieces, so that what is ambiguous meets: separators, escapes and parts of them, keys' words.
PIECES = st.sampled_from(["#", "%", "%23", "23", "a", "ORDERS", "ADDRESS"])
INPUTS = st.lists(PIECES, max_size=3).map("".join)
STARTS = INPUTS.filter(bool)  # nobody searches for nothing
OUR_WORDS = st.sampled_from(["", "a", "2", "%23", "ORDERS", "ADDRESS"])
OURS = {"action", "audience", "created_at", "moment", "operation", "owner", "purpose", "status", "updated_at"}
"""The parameters that never hold input."""
OURS_HERE = {(keys.sequence, "name"), (keys.search_entry, "product_uuid")}

IDS = st.integers(0, 3)

THOROUGHLY = settings(max_examples=100, deadline=None, derandomize=True)

Call = tuple[Callable[..., Any], tuple[Any, ...]]


def _id(sample: Sample) -> str:
    return sample.make.__name__


@pytest.mark.parametrize("sample", SAMPLES, ids=_id)
def test_a_key_string_is_what_it_always_was(sample: Sample) -> None:
    assert sample.make(*sample.arguments) == sample.made


def test_every_function_has_a_sample() -> None:
    functions = {
        function
        for name, function in inspect.getmembers(keys, inspect.isfunction)
        if function.__module__ == keys.__name__ and not name.startswith("_")
    }

    assert functions == {sample.make for sample in SAMPLES}


def test_every_kind_of_item_has_a_key() -> None:
    kinds = [item for item in Item.__subclasses__() if item.__module__ == Item.__module__]

    assert set(ITEMS) == {Item.kind.get_discriminator(kind) for kind in kinds}


def test_no_two_kinds_have_keys_of_the_same_form() -> None:
    kinds = defaultdict(set)
    for kind, samples in ITEMS.items():
        for sample in samples:
            kinds[form(sample.made[0]), form(sample.made[1])].add(kind)

    assert [found for found in kinds.values() if len(found) > 1] == []


def test_no_two_index_partitions_have_the_same_form() -> None:
    forms = [form(sample.made) for sample in INDEX_PARTITIONS]

    assert len(set(forms)) == len(forms)


def _argument(make: Callable[..., Any], parameter: inspect.Parameter) -> st.SearchStrategy[Any]:
    if parameter.annotation is int:
        return IDS
    if parameter.name in OURS or (make, parameter.name) in OURS_HERE:
        return OUR_WORDS
    return STARTS if parameter.name == "text" else INPUTS


def _calls_of(make: Callable[..., Any]) -> st.SearchStrategy[Call]:
    """Return calls of a function, whose arguments may be anything where they are input."""
    parameters = inspect.signature(make).parameters.values()
    return st.tuples(st.just(make), st.tuples(*(_argument(make, parameter) for parameter in parameters)))


def _calls(samples: list[Sample]) -> st.SearchStrategy[Call]:
    return st.one_of(*(_calls_of(make) for make in dict.fromkeys(sample.make for sample in samples)))


def _meant(call: Call) -> Call:
    make, arguments = call
    return (make, tuple(map(texts.words_compared, arguments))) if make in COMPARED else call


@pytest.mark.parametrize("samples", [KEYS, INDEX_PARTITIONS], ids=["items", "index partitions"])
@given(data=st.data())
@THOROUGHLY
def test_no_input_reaches_into_the_key_of_something_else(samples: list[Sample], data: st.DataObject) -> None:
    meant: dict[Any, Call] = {}
    several = data.draw(st.lists(_calls(samples), min_size=10, max_size=20))
    of_one = data.draw(
        st.lists(_calls_of(data.draw(st.sampled_from(samples)).make), min_size=10, max_size=20)
    )

    for make, arguments in several + of_one:
        call = _meant((make, arguments))
        assert meant.setdefault(make(*arguments), call) == call


def _belongs(item: Call, prefix: Call) -> bool:
    """Tell whether an item is one of those that a prefix is meant to find."""
    (make, arguments), (start, wanted) = item, prefix
    if start is keys.search_entries:
        return make is keys.search_entry and str(arguments[0]).startswith(wanted[0])
    of = {keys.sessions: keys.session, keys.members: keys.member}[start]
    return make is of and arguments[: len(wanted)] == wanted


@given(items=st.lists(_calls(KEYS), min_size=10, max_size=40), prefix=_calls(PREFIXES))
@THOROUGHLY
def test_a_prefix_finds_what_it_is_meant_to_find_and_nothing_else(items: list[Call], prefix: Call) -> None:
    start = prefix[0](*prefix[1])

    for item in items:
        key = item[0](*item[1])
        found = key.pk == start.pk and key.sk.startswith(start.sk)
        assert found == _belongs(item, prefix), (item, prefix)


@THOROUGHLY
@given(number=st.integers(0, ids.MAX_ID), other=st.integers(0, ids.MAX_ID))
def test_ids_are_in_order_as_text(number: int, other: int) -> None:
    assert (keys.by_id(number) < keys.by_id(other)) == (number < other)


@THOROUGHLY
@given(start=STARTS)
def test_the_product_of_a_search_entry_is_found_in_its_key_whatever_its_name(start: str) -> None:
    key = keys.search_entry(start, MOMENT, UUID)

    assert keys.product_of_search_entry(key.sk) == (MOMENT, UUID)


def test_a_part_that_is_no_input_is_not_escaped_but_refused() -> None:
    with pytest.raises(ValueError, match="a key part holds '#'"):
        keys.orders_of_customer_in(UUID, "paid#1")
