"""Real threads that start at the same moment, in a world whose engine keeps them apart."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from tests.engines.engine import Engine
from tests.support.shop import Shop
from tests.support.world import World

T = TypeVar("T")


@contextmanager
def waiting_world(engine: Engine, seed: int = 1, **settings: Any) -> Iterator[World]:
    """Open a world whose losers really wait before they try again, so that winners can finish."""
    world = World(engine, seed=seed, **settings)
    world.runtime = replace(world.runtime, sleep=time.sleep)
    with world:
        yield world


@contextmanager
def open_shop(engine: Engine, seed: int) -> Iterator[Shop]:
    """Open a shop in such a world."""
    with waiting_world(engine, seed) as world:
        yield Shop(world)


def together(actions: Sequence[Callable[[], T]]) -> list[T]:
    """Do everything at once, each on a thread of its own, and return the results in order."""
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], T]) -> T:
        start.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))
