"""`frozen` makes what `dataclass(frozen=True)` makes, except that classes share their methods."""

from collections.abc import Callable
from copy import copy
from dataclasses import FrozenInstanceError, InitVar, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest

from chalicelib.frozen import frozen

Make = Callable[[type], Any]


def _point(make: Make) -> Any:
    @make
    class Point:
        x: int
        y: int = 2
        tags: list[str] = field(default_factory=list)
        secret: str = field(default="s", repr=False)

    return Point


def _named_point(make: Make) -> Any:
    @make
    class Point:
        x: int
        y: int = 2

    return Point


OURS, THEIRS = _point(frozen), _point(dataclass(frozen=True))
OURS_BY_NAME = _named_point(frozen(kw_only=True))
THEIRS_BY_NAME = _named_point(dataclass(frozen=True, kw_only=True))
GIVEN: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, 3), {}),
    ((1,), {"y": 3}),
    ((), {"y": 3, "x": 1}),
    ((1, 3, ["a"], "t"), {}),
    ((), {"secret": "t", "tags": ["a"], "y": 3, "x": 1}),
]
WRONG: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((), {"y": 3}),
    ((1,), {"z": 3}),
    ((1,), {"x": 1}),
    ((1, 2, [], "s", 5), {}),
    ((), {"x": 1, "y": 2, "tags": [], "z": "s"}),
]


@pytest.mark.parametrize(("values", "named"), GIVEN)
def test_fields_are_given_in_order_or_by_name_and_have_defaults(
    values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = OURS(*values, **named), THEIRS(*values, **named)

    assert [getattr(ours, each.name) for each in fields(ours)] == [
        getattr(theirs, each.name) for each in fields(theirs)
    ]
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize(("values", "named"), WRONG)
@pytest.mark.parametrize("kind", [OURS, THEIRS], ids=["ours", "theirs"])
def test_what_is_missing_unknown_or_given_twice_is_refused(
    kind: Any, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match="Point"):
        kind(*values, **named)


@pytest.mark.parametrize("kind", [OURS_BY_NAME, THEIRS_BY_NAME], ids=["ours", "theirs"])
def test_a_class_may_take_its_fields_by_name_only(kind: Any) -> None:
    assert kind(x=1).y == 2
    with pytest.raises(TypeError, match="Point"):
        kind(1)


@pytest.mark.parametrize("kind", [OURS, THEIRS], ids=["ours", "theirs"])
def test_nothing_changes_and_replace_makes_another(kind: Any) -> None:
    point = kind(1)

    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert replace(point, x=5, y=6) == kind(5, 6)
    assert (point, copy(point)) == (kind(1), kind(1))
    with pytest.raises(TypeError, match=r"unexpected|unknown are"):
        replace(point, z=1)


@pytest.mark.parametrize("kind", [OURS_BY_NAME, THEIRS_BY_NAME], ids=["ours", "theirs"])
def test_equal_is_what_has_the_same_class_and_fields_in_whatever_order_they_were_given(kind: Any) -> None:
    one, same, other = kind(x=1, y=2), kind(y=2, x=1), kind(x=2, y=1)

    assert one == same != other
    assert {one, same, other} == {one, other}
    assert hash(one) != hash(other)
    assert one != {"x": 1, "y": 2}
    assert OURS_BY_NAME(x=1) != THEIRS_BY_NAME(x=1)


@pytest.mark.parametrize("kind", [OURS, THEIRS], ids=["ours", "theirs"])
def test_each_gets_its_own_of_what_is_made_by_default(kind: Any) -> None:
    assert kind(1).tags is not kind(1).tags


class _Methods:
    def __repr__(self) -> str:
        return "hidden"


class _PostInit:
    def __post_init__(self) -> None:
        raise ValueError


class _Shared:
    x: ClassVar[int] = 1


class _Given:
    x: InitVar[int]


class _NotGiven:
    x: int = field(init=False)


class _NotCompared:
    x: int = field(compare=False)


class _NotHashed:
    x: int = field(hash=False)


@pytest.mark.parametrize("kind", [_Methods, _PostInit, _Shared, _Given, _NotGiven, _NotCompared, _NotHashed])
def test_what_a_dataclass_can_have_and_a_frozen_class_cannot_is_refused(kind: type) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        frozen(kind)


def test_a_class_adds_its_fields_to_those_of_its_base() -> None:
    class Place(OURS_BY_NAME):  # type: ignore[misc]
        name: str

    place = frozen(kw_only=True)(Place)(name="a", x=1)

    assert is_dataclass(place)
    assert (place.x, place.y, place.name) == (1, 2, "a")
