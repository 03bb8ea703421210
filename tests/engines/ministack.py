"""MiniStack, an AWS emulator in Python, of which only DynamoDB is switched on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ops.deploy.emulate.ministack import NAME, running
from tests.engines.engine import Engine


@contextmanager
def ministack() -> Iterator[Engine]:
    """Run MiniStack's DynamoDB; EngineMissing where it cannot be had."""
    with running(services="dynamodb", enforce_roles=False) as emulator:
        yield Engine(NAME, emulator.url, emulator.pid)
