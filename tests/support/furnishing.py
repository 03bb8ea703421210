"""Furnishes empty worlds: on moto by copying what the first one was furnished with, which is far quicker."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tests.engines.moto_engine import MotoEngine
from tests.support.world import World

T = TypeVar("T")


@dataclass(frozen=True)
class _Furniture:
    """What furnishing returned and left in the table, and the state of everything random after it."""

    made: Any
    held: Any
    random: Any


_known: dict[Any, _Furniture] = {}


def furnished(world: World, what: str, furnish: Callable[[], T]) -> T:
    """Furnish a world, and return what `furnish` returns, or returned in a world that was as this one is.

    Args:
        world: where `furnish` makes things.
        what: is made.
        furnish: makes the same things in every world that is alike; what it returns is not changed.
    """
    engine, runtime = getattr(world, "engine", None), world.runtime
    name = runtime.settings.table_name
    if not isinstance(engine, MotoEngine) or not engine.is_empty(name):
        return furnish()
    alike = what, replace(runtime.settings, table_name=""), world.clock.now, runtime.rng.getstate()
    if alike not in _known:
        made = furnish()
        _known[alike] = _Furniture(made, engine.copied(name), runtime.rng.getstate())
        return made
    known = _known[alike]
    engine.fill(name, known.held)
    runtime.rng.setstate(known.random)
    made_before: T = known.made
    return made_before
