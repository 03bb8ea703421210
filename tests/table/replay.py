"""Answers of DynamoDB, recorded or written down, given to a botocore client as if they came over the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import botocore.session
from botocore import UNSIGNED, xform_name
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError

_NOWHERE = "http://replayed.invalid/"


@dataclass(frozen=True)
class Answer:
    """What came back for a call of an operation."""

    operation: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"x-amzn-RequestId": "R3QU35T", "Server": "s"})


class Outcome(NamedTuple):
    """What a client made of an answer: the kind of error, None where it was none, and all that was parsed."""

    error: str | None
    parsed: Any


def outcome(answer: Answer, prepare: Callable[[botocore.session.Session], None] | None = None) -> Outcome:
    """Return what a new client makes of an answer.

    Args:
        answer: comes back at the first try, and is not asked for again.
        prepare: changes the client's session before the client is made; without it all is botocore's own.
    """
    client = _session(prepare).create_client(
        "dynamodb",
        region_name="eu-central-1",
        endpoint_url=_NOWHERE,
        config=Config(
            parameter_validation=False, retries={"total_max_attempts": 1}, signature_version=UNSIGNED
        ),
    )
    client.meta.events.register_first("before-send.dynamodb", lambda **_: _response(answer))
    try:
        return Outcome(None, getattr(client, xform_name(answer.operation))())
    except ClientError as error:
        return Outcome(type(error).__name__, error.response)
    except (ValueError, AttributeError) as error:  # a body that no parser can read
        return Outcome(type(error).__name__, None)


@cache
def _session(prepare: Callable[[botocore.session.Session], None] | None) -> Any:
    session = botocore.session.Session()
    if prepare is not None:
        prepare(session)
    return session


def _response(answer: Answer) -> AWSResponse:
    return AWSResponse(_NOWHERE, answer.status, dict(answer.headers), _Raw(answer.body))


class _Raw(BytesIO):
    """The part of urllib3's response that botocore reads."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


class Recorder:
    """Keeps what a client receives."""

    def __init__(self, client: Any) -> None:
        self.answers: list[Answer] = []
        client.meta.events.register("before-parse.dynamodb", self._keep)

    def _keep(self, operation_model: Any, response_dict: Mapping[str, Any], **_: Any) -> None:
        status, body, headers = (response_dict[name] for name in ("status_code", "body", "headers"))
        self.answers.append(Answer(operation_model.name, status, body, dict(headers)))
