"""No input makes a key that DynamoDB refuses: 2,048 bytes in a partition, 1,024 in a sort key, never none."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib import ids, texts
from chalicelib.table import keys
from chalicelib.table.keys import Key
from tests.table.key_samples import INDEX_PARTITIONS, INDEX_SORT_KEYS, KEYS, PREFIXES, UUID, Sample
from tests.table.test_keys import OURS, OURS_HERE

_PARTITION, _SORT = 2048, 1024
_LARGEST = ["#" * 5_000, "\U0001f600" * 5_000, "\ufdfa" * 254, "\u0390" * 5_000, "a" * 250_000]
_OUR_LONGEST = UUID
_MAY_BE_EMPTY = {keys.sessions}  # a prefix that leaves none out

_ANY = settings(max_examples=60, deadline=None, derandomize=True)
_TEXTS = st.one_of(st.sampled_from(_LARGEST), st.text(max_size=300))


def _arguments(make: Callable[..., Any], text: str) -> list[Any]:
    def argument(parameter: inspect.Parameter) -> Any:
        if parameter.annotation is int:
            return ids.MAX_ID
        ours = parameter.name in OURS or (make, parameter.name) in OURS_HERE
        return _OUR_LONGEST if ours else text

    return [argument(parameter) for parameter in inspect.signature(make).parameters.values()]


def _made(make: Callable[..., Any], text: str) -> Any:
    return make(*_arguments(make, text))


def _functions(samples: list[Sample]) -> list[Any]:
    makers = dict.fromkeys(sample.make for sample in samples)
    return [pytest.param(make, id=make.__name__) for make in makers]


@pytest.mark.parametrize("make", _functions([*KEYS, *PREFIXES]))
@given(text=_TEXTS.filter(lambda text: text != ""))
@_ANY
def test_no_text_makes_too_long_a_key(make: Callable[..., Key], text: str) -> None:
    key = _made(make, text)

    assert 0 < len(key.pk.encode()) <= _PARTITION
    assert (make not in _MAY_BE_EMPTY) <= len(key.sk.encode()) <= _SORT


@pytest.mark.parametrize("make", _functions(INDEX_PARTITIONS))
@given(text=_TEXTS)
@_ANY
def test_no_text_makes_too_long_an_index_partition(make: Callable[..., str], text: str) -> None:
    assert 0 < len(_made(make, text).encode()) <= _PARTITION


@pytest.mark.parametrize("make", _functions(INDEX_SORT_KEYS))
@given(text=_TEXTS)
@_ANY
def test_no_text_makes_too_long_an_index_sort_key(make: Callable[..., str], text: str) -> None:
    assert 0 < len(_made(make, text).encode()) <= _SORT


@given(one=_TEXTS, other=_TEXTS)
@example(one="#" * 5_000, other="#" * 5_001)
@example(one="%=" + "0" * 64, other="a" * 2_000)
@_ANY
def test_two_names_have_one_claim_only_if_they_are_the_same(one: str, other: str) -> None:
    same = texts.compared(one) == texts.compared(other)

    assert (keys.username_guard(one) == keys.username_guard(other)) == same
    assert (keys.email_guard("staff", one) == keys.email_guard("staff", other)) == same
    assert (keys.digest_of_address(one) == keys.digest_of_address(other)) == same


@given(name=_TEXTS.filter(bool), length=st.integers(1, 300))
@_ANY
def test_a_name_is_found_by_its_beginning_however_long(name: str, length: int) -> None:
    entry, found = keys.search_entry(name, UUID, UUID), keys.search_entries(name[:length])

    assert (entry.pk, entry.sk[: len(found.sk)]) == (found.pk, found.sk)
