"""Pages over a list, forward and back."""

import pytest

from chalicelib.table.paging import Page, PageRequest, Position, page_of, page_of_sequence

LETTERS = list("abcdefg")


def _walk(size: int) -> list[Page[str]]:
    pages = [page_of_sequence(LETTERS, PageRequest(size, None), str)]
    while pages[-1].next is not None:
        pages.append(page_of_sequence(LETTERS, PageRequest(size, pages[-1].next), str))
    return pages


@pytest.mark.parametrize("size", range(1, 9))
def test_a_walk_meets_every_entry_once_and_comes_back_the_same_way(size: int) -> None:
    there = _walk(size)

    back = [there[-1]]
    while back[-1].previous is not None:
        back.append(page_of_sequence(LETTERS, PageRequest(size, back[-1].previous), str))

    assert [entry for page in there for entry in page.items] == LETTERS
    assert [page.items for page in reversed(back)] == [page.items for page in there]
    assert there[0].previous is None


def test_a_list_that_fits_has_no_neighbours() -> None:
    assert page_of_sequence(LETTERS, PageRequest(7, None), str) == Page(LETTERS, None, None)
    assert page_of_sequence([], PageRequest(7, None), str) == Page([], None, None)


def test_a_page_starts_behind_an_entry_that_is_gone() -> None:
    assert page_of_sequence(list("aceg"), PageRequest(2, Position("d")), str) == Page(
        ["e", "g"], None, Position("e", backward=True)
    )


def test_the_page_before_an_empty_one_has_the_entry_that_its_position_names() -> None:
    beyond = page_of_sequence(LETTERS, PageRequest(3, Position("g")), str)

    assert beyond == Page([], None, Position("g", backward=True, included=True))
    assert beyond.previous is not None
    assert page_of_sequence(LETTERS, PageRequest(3, beyond.previous), str) == Page(
        ["e", "f", "g"], Position("g"), Position("e", backward=True)
    )


def test_the_page_behind_an_empty_one_on_the_way_back_has_that_entry_too() -> None:
    nothing_before = page_of_sequence(LETTERS, PageRequest(3, Position("a", backward=True)), str)

    assert nothing_before == Page([], Position("a", included=True), None)
    assert nothing_before.next is not None
    assert page_of_sequence(LETTERS, PageRequest(3, nothing_before.next), str).items == ["a", "b", "c"]


@pytest.mark.parametrize("backward", [True, False])
@pytest.mark.parametrize("included", [True, False])
def test_a_position_and_the_one_turned_share_out_the_list(backward: bool, included: bool) -> None:
    position = Position("d", backward, included)

    both = [page_of_sequence(LETTERS, PageRequest(9, at), str).items for at in (position, position.turned())]

    assert sorted(both[0] + both[1]) == LETTERS
    assert position.turned().turned() == position


def test_a_search_that_stopped_early_goes_on_where_it_stopped() -> None:
    assert page_of(["a"], PageRequest(5, None), str, stopped="m") == Page(["a"], Position("m"), None)
    assert page_of([], PageRequest(5, Position("a")), str, stopped="m") == Page(
        [], Position("m"), Position("a", backward=True, included=True)
    )
    assert page_of([], PageRequest(5, Position("z", backward=True)), str, stopped="m") == Page(
        [], Position("z", included=True), Position("m", backward=True)
    )
