"""Frozen dataclasses that take next to no time to define.

`dataclass` writes the methods of each class as source text and compiles it: half a millisecond a class, of
which a function that starts defines more than forty. Here all classes share their methods; to `fields`,
`replace` and type checkers they are dataclasses (decision 48).
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")

_RESERVED = {f"__{name}__" for name in ("init", "post_init", "repr", "eq", "hash", "setattr", "delattr")}


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Any = None, /, *, kw_only: bool = False) -> Any:
    """Make a class a frozen dataclass.

    Args:
        cls: the class.
        kw_only: whether its fields are given by name only.

    Raises:
        TypeError: it has what would be ignored: one of these methods, `__post_init__`, a `ClassVar`, an
            `InitVar`, or a field with `init`, `compare` or `hash`.
    """
    if cls is None:
        return lambda decorated: _frozen(decorated, kw_only)
    return _frozen(cls, kw_only)


def _frozen(cls: Any, kw_only: bool) -> Any:
    own = _RESERVED & vars(cls).keys()
    dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
    declared = fields(cls)
    if own or len(declared) < len(cls.__dataclass_fields__) or not all(map(_is_plain, declared)):
        raise TypeError(f"{cls.__qualname__} has something that `frozen` does not know")
    cls._defaults = {each.name: each.default for each in declared if each.default is not MISSING}
    cls._makers = {
        each.name: each.default_factory for each in declared if each.default_factory is not MISSING
    }
    cls.__init__, cls.__repr__, cls.__eq__, cls.__hash__ = _init, _repr, _eq, _hash
    cls.__setattr__, cls.__delattr__ = _set, _delete
    return cls


def _is_plain(declared: Any) -> bool:
    return bool(declared.init and declared.compare and declared.hash is None)


def _init(self: Any, /, *values: Any, **named: Any) -> None:
    declared = self.__dataclass_fields__
    if values:
        named = _by_name(self, values, named)
    if len(named) < len(declared):
        made = {name: make() for name, make in self._makers.items() if name not in named}
        named = {**self._defaults, **made, **named}
    if named.keys() != declared.keys():
        missing, unknown = sorted(declared.keys() - named.keys()), sorted(named.keys() - declared.keys())
        raise TypeError(f"{_name(self)}: missing are {missing}, unknown are {unknown}")
    self.__dict__.update(named)


def _by_name(self: Any, values: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any]:
    places = self.__match_args__
    by_name = dict(zip(places, values, strict=False)) | named
    if len(by_name) != len(values) + len(named):
        raise TypeError(f"{_name(self)} has only {', '.join(places)} in order, each to be given once")
    return by_name


def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{_name(self)}({', '.join(shown)})"


def _eq(self: Any, other: object) -> Any:
    return self.__dict__ == other.__dict__ if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(tuple(map(self.__dict__.get, self.__dataclass_fields__)))  # in the order of declaration


def _set(self: Any, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _name(self: Any) -> str:
    return str(self.__class__.__qualname__)
