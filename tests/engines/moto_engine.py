"""moto: DynamoDB inside this process, fast, for callers on one thread."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from ops.local.quick_moto import quick_moto
from ops.process import environment
from tests.engines.engine import REGION, Engine

NAME = "moto"


@dataclass(frozen=True)
class MotoEngine(Engine):
    """moto, where every table but the first is a copy: to make one takes more than most tests."""

    _empty: list[Any] = field(default_factory=list, repr=False)

    @property
    def _tables(self) -> dict[str, Any]:
        tables: dict[str, Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables
        return tables

    def make_table(self, name: str) -> None:
        """Make the table that the application is connected to."""
        if not self._empty:
            super().make_table(name)
            self._empty.append(copy.deepcopy(self._tables[name]))
            return
        table = copy.deepcopy(self._empty[0])
        table.table_arn = table.table_arn.replace(table.name, name)
        table.name = name
        self._tables[name] = table

    def drop_table(self, name: str) -> None:
        """Take a table away that was made so."""
        del self._tables[name]

    def is_empty(self, name: str) -> bool:
        """Whether a table holds nothing."""
        return not any(self._tables[name].items.values())

    def copied(self, name: str) -> Any:
        """Return what a table holds."""
        return copy.deepcopy(self._tables[name].items)

    def fill(self, name: str, held: Any) -> None:
        """Let a table hold what another one held."""
        self._tables[name].items = copy.deepcopy(held)


@contextmanager
def moto_engine() -> Iterator[Engine]:
    """Answer every botocore client of this process from memory, with credentials that open nothing."""
    engine = MotoEngine(NAME, None)
    with quick_moto(), environment(engine.variables()):
        yield engine
