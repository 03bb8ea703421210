"""docs/data-model.md tells of every kind of item and of every key, and of none that there is not."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from chalicelib.table.codec import AttributeKind
from tests.table.goldens import GOLDENS
from tests.table.key_samples import INDEX_PARTITIONS, ITEMS, PREFIXES, form
from tests.table.test_golden import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "data-model.md").read_text(encoding="utf-8")
Forms = set[tuple[str, ...]]


def _rows(heading: str) -> list[list[list[str]]]:
    """Return the table below a heading, without its head: of each cell, what is in code type."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[re.findall(r"`([^`]+)`", cell) for cell in line.strip("|").split("|")] for line in lines]


KEYS = {kind: (pks, sks) for (kind,), _, pks, sks in _rows("What is stored where")}


def bytes_told() -> dict[str, int]:
    """Return how many bytes an item of a growing kind has at most, by kind."""
    section = PAGE.partition("## How large an item gets\n")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `([a-z-]+)` \|.*\| ([0-9,]+) \|$", section, re.MULTILINE)
    return {kind: int(most.replace(",", "")) for kind, most in told}


def _forms(strings: list[str]) -> Forms:
    return {form(string) for string in strings}


def test_every_kind_is_told_of() -> None:
    assert set(KEYS) == set(ITEMS)


@pytest.mark.parametrize("kind", ITEMS)
def test_the_keys_of_a_kind_are_as_they_are_told(kind: str) -> None:
    pks, sks = KEYS[kind]

    assert _forms(pks) == _forms([sample.made[0] for sample in ITEMS[kind]])
    assert _forms(sks) == _forms([sample.made[1] for sample in ITEMS[kind]])


def _grows(kind: str) -> bool:
    if any("Set" in type(attribute).__name__ for attribute in KINDS[kind].get_attributes().values()):
        return True
    if isinstance(GOLDENS[kind].codec, AttributeKind):
        return False  # a number, a short text or a flag each
    record = GOLDENS[kind].record
    values = [getattr(record, field.name) for field in fields(record)] if is_dataclass(record) else [record]
    return any(isinstance(value, tuple | list | dict) for value in values)


def test_of_every_kind_that_grows_with_what_is_sent_it_is_told_how_large_it_gets() -> None:
    assert set(bytes_told()) == {kind for kind in GOLDENS if _grows(kind)}


def test_every_list_is_told_of_where_it_is() -> None:
    partitions = [partition for _, _, (partition,), _ in _rows("Lists")]

    of_table = [sample.made[0] for sample in PREFIXES]
    of_indexes = [sample.made for sample in INDEX_PARTITIONS]
    assert _forms(partitions) == _forms(of_table + of_indexes)
    assert len(partitions) == len(of_table + of_indexes)
