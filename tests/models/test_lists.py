"""Lists that change between two pages: what stays is on exactly one page, there and on the way back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.paging import Paging
from tests.engines.engine import Engine
from tests.models.lists import LISTS, ChangingList, every_list
from tests.support.links import next_address
from tests.support.world import World

EXAMPLES = {Paging.ENVELOPE: 5, Paging.LINK: 4}
CHANGES = st.sampled_from(["add", "remove one", "remove what was shown", "remove the unseen", "remove all"])
STORIES = st.fixed_dictionaries(
    {
        "size": st.integers(1, 3),
        "entries": st.integers(2, 7),
        # What happens before each page that is asked for, after the first.
        "changes": st.lists(st.lists(CHANGES, max_size=2), min_size=3, max_size=9),
        "which": st.integers(0, 6),
    }
)

# An empty page behind a full one; an empty page before a full one, on the way back; both of one entry.
EMPTIED = (
    {"size": 2, "entries": 3, "changes": [["remove the unseen"]], "which": 0},
    {"size": 2, "entries": 4, "changes": [[], ["remove the unseen"]], "which": 0},
    {
        "size": 1,
        "entries": 2,
        "changes": [["remove the unseen"], ["add"], ["remove what was shown"]],
        "which": 0,
    },
)


@dataclass
class Walk:
    """Turns pages of a list that changes meanwhile, and knows what is on it."""

    listed: ChangingList
    story: dict[str, Any]
    fixed: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.changes: Iterator[list[str]] = iter(self.story["changes"])
        self.fixed = self.whole()
        for _ in range(self.story["entries"]):
            self._add()

    @property
    def envelope(self) -> bool:
        """Whether the list tells of the page before, and counts."""
        return "/api/" in self.listed.target

    def _at(self, target: str) -> Any:
        answer = self.listed.world.call("GET", target, token=self.listed.token)
        assert answer.status == 200, answer.text
        return answer

    def _named(self, body: Any) -> list[str]:
        results = body["results"] if self.envelope else body
        entries = results.items() if isinstance(results, dict) else results
        return [self.listed.name(entry) for entry in entries]

    def _sized(self, size: int) -> str:
        joint, name = "&" if "?" in self.listed.target else "?", "page_size" if self.envelope else "limit"
        return f"{self.listed.target}{joint}{name}={size}"

    def whole(self) -> list[str]:
        """Return what one page shows that has everything."""
        return self._named(self._at(self._sized(100)).json)

    def first(self) -> str:
        """Return the address of the first page."""
        return self._sized(self.story["size"])

    def page(self, address: str) -> tuple[list[str], str | None, str | None]:
        """Return the names on a page, and the addresses of the next and the previous one."""
        answer = self._at(address)
        self.shown = self._named(answer.json)
        assert len(self.shown) <= self.story["size"]
        if not self.envelope:
            return self.shown, next_address(answer), None
        if self.listed.target != "/api/profile":
            assert answer.json["count"] == len(self.fixed) + len(self.present)
        return self.shown, answer.json["next"], answer.json["previous"]

    def change(self, seen: list[str]) -> None:
        """Let the next things happen."""
        for what in next(self.changes, []):
            removable = self.present if self.listed.remove else []
            if what == "add" and self.listed.add:
                self._add()
            elif what == "remove one" and removable:
                self._remove([removable[self.story["which"] % len(removable)]])
            elif what == "remove what was shown":
                self._remove([name for name in removable if name in self.shown])
            elif what == "remove the unseen":
                self._remove([name for name in removable if name not in seen])
            elif what == "remove all":
                self._remove(list(removable))

    def _add(self) -> None:
        if self.listed.add:
            self.listed.world.clock.advance(seconds=1)
            self.present.append(self.listed.add())

    def _remove(self, names: list[str]) -> None:
        for name in names:
            assert self.listed.remove is not None
            self.listed.world.clock.advance(seconds=1)
            self.listed.remove(name)
            self.present.remove(name)

    def to_the_end(self, address: str | None, seen: list[str], *, backward: bool = False) -> str:
        """Turn pages from an address on until there is none, and check what was on them all.

        Args:
            address: of the next page; None when there is none.
            seen: what the page showed that one comes from, in the order of the walk.
            backward: whether to follow `previous`.

        Returns:
            the address of the last page.
        """
        before, seen, last = [*self.fixed, *self.present], list(seen), ""
        while address is not None:
            self.change(seen)
            assert len(seen) < 100, "the list does not end"
            names, following, previous = self.page(address)
            seen += reversed(names) if backward else names
            last, address = address, previous if backward else following
            assert not self.envelope or address is None or len(names) == self.story["size"], "a page is short"
        self._check(before, seen[::-1] if backward else seen)
        return last

    def _check(self, before: list[str], seen: list[str]) -> None:
        stayed = [name for name in before if name in self.fixed or name in self.present]
        assert len(set(seen)) == len(seen), "an entry is on two pages"
        assert set(stayed) <= set(seen), "an entry that stays is on no page"
        if self.listed.ordered:
            there = [name for name in self.whole() if name in stayed]
            assert [name for name in seen if name in stayed] == there


def _walk(listed: ChangingList, story: dict[str, Any]) -> None:
    walk = Walk(listed, story)
    names, following, previous = walk.page(walk.first())
    assert previous is None
    # What the first page showed was on the list when the walk began.
    last = walk.to_the_end(following, names) or walk.first()
    if not walk.envelope:
        return
    names, _, previous = walk.page(last)
    first = walk.to_the_end(previous, names[::-1], backward=True) or last
    names, following, _ = walk.page(first)
    walk.to_the_end(following, names)


def test_every_list_that_is_declared_is_tried() -> None:
    declared = {endpoint.name for endpoint in load_all() if endpoint.paging is not None}

    assert {endpoint.name for endpoint in LISTS} == declared, "LISTS of tests/models/lists.py has each list"


@pytest.mark.parametrize(("endpoint", "filtered"), every_list(), ids=lambda part: getattr(part, "name", part))
def test_what_stays_is_on_exactly_one_page_whatever_pages_are_emptied(
    engine: Engine, endpoint: Endpoint, filtered: str
) -> None:
    for story in EMPTIED:
        with World(engine) as world:
            _walk(LISTS[endpoint][filtered](world), story)


@pytest.mark.slow
@pytest.mark.parametrize(("endpoint", "filtered"), every_list(), ids=lambda part: getattr(part, "name", part))
def test_what_stays_is_on_exactly_one_page_whatever_comes_and_goes(
    engine: Engine, endpoint: Endpoint, filtered: str
) -> None:
    assert endpoint.paging is not None
    chosen = settings(
        max_examples=EXAMPLES[endpoint.paging],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )

    def tell(story: dict[str, Any]) -> None:
        with World(engine) as world:
            _walk(LISTS[endpoint][filtered](world), story)

    chosen(given(STORIES)(tell))()
