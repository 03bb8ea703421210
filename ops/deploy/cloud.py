"""An AWS account and region, or an emulator that stands in for one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ops import CommandError, one_line


class Cloud:
    """Clients of one account and region.

    Args:
        region: None for the one that the environment or the profile says.
        endpoint_url: an emulator's address, None for AWS.
        credentials: key and secret, None for what the environment or the profile says.
    """

    def __init__(
        self,
        region: str | None = None,
        endpoint_url: str | None = None,
        credentials: tuple[str, str] | None = None,
    ) -> None:
        key, secret = credentials or (None, None)
        self._session = boto3.session.Session(
            region_name=region, aws_access_key_id=key, aws_secret_access_key=secret
        )
        self.endpoint_url = endpoint_url or os.environ.get("AWS_ENDPOINT_URL")
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """Return the client of a service."""
        if service not in self._clients:
            given = {"endpoint_url": self.endpoint_url, "config": Config(retries={"mode": "standard"})}
            self._clients[service] = self._session.client(service, **given)
        return self._clients[service]

    @cached_property
    def where(self) -> str:
        """The account and the region, for people."""
        account = self.client("sts").get_caller_identity()["Account"]
        return f"account {account}, region {self._session.region_name}"


@contextmanager
def aws_errors_as_command_errors() -> Iterator[None]:
    """Turn errors of AWS calls, and the end of the input at a prompt, into CommandErrors."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise CommandError(one_line(error)) from error
    except EOFError:
        raise CommandError("nobody is there to be asked: nothing more was changed.") from None
