"""moto: DynamoDB inside this process, fast, for callers on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ops.local.embedded import quick_moto
from ops.process import environment
from tests.engines.engine import Engine

NAME = "moto"


@contextmanager
def moto_engine() -> Iterator[Engine]:
    """Answer every botocore client of this process from memory, with credentials that open nothing."""
    engine = Engine(NAME, None)
    with quick_moto(), environment(engine.variables()):
        yield engine
