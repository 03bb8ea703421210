"""What a test knows about the engine that it runs against."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn, TypeVar

import botocore.session
import pytest
from botocore.client import BaseClient
from botocore.config import Config

from chalicelib.table import engine as table_engine
from chalicelib.table import schema
from ops.deploy.emulate.installation import EngineMissing

REGION = "eu-central-1"

_MAX_ACTIONS_OF_DYNAMODB = 100  # in one transaction

T = TypeVar("T")


@cache
def _session() -> Any:
    return botocore.session.Session()  # one for all: each looks through the descriptions of all services


@dataclass(frozen=True)
class Engine:
    """A running engine. moto answers inside this process, so it has neither an address nor a process."""

    name: str
    endpoint_url: str | None
    pid: int | None = None
    most_actions: int = _MAX_ACTIONS_OF_DYNAMODB

    @property
    def concurrent(self) -> bool:
        """Whether callers on several threads are kept apart as DynamoDB keeps them; moto does not."""
        return self.endpoint_url is not None

    def need_large_transactions(self) -> None:
        """Skip the test on an engine that lets a transaction have fewer actions than DynamoDB's hundred."""
        if self.most_actions < _MAX_ACTIONS_OF_DYNAMODB:
            pytest.skip(f"{self.name} lets a transaction have at most {self.most_actions} actions")

    def variables(self) -> dict[str, str | None]:
        """The environment that leads botocore here, and away from any real account; None is unset."""
        return {
            "AWS_ENDPOINT_URL_DYNAMODB": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_SESSION_TOKEN": None,
            "AWS_PROFILE": None,
            "AWS_ENDPOINT_URL": None,
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": None,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def make_table(self, name: str) -> None:
        """Make the table that the application is connected to."""
        schema.create_table()

    def drop_table(self, name: str) -> None:
        """Take a table away that was made so."""
        table_engine.service().call("DeleteTable", {"TableName": name})

    def client(self, **config: Any) -> BaseClient:
        """A new DynamoDB client for this engine, whatever the environment says; `config` is botocore's."""
        return _session().create_client(
            "dynamodb",
            region_name=REGION,
            endpoint_url=self.endpoint_url,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            # An engine without an address is reached at AWS's, which moto intercepts.
            config=Config(ignore_configured_endpoint_urls=True, **config),
        )


def require(start: Callable[[], T]) -> T:
    """Call `start`; where the engine is missing skip the test, or fail it when `CI=true` demands it all."""
    try:
        return start()
    except EngineMissing as missing:
        _refuse(str(missing))


def _refuse(reason: str) -> NoReturn:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"the engine is required under CI=true: {reason}", pytrace=False)
    pytest.skip(reason)
