"""Answers of DynamoDB, recorded or written down, given to a client as if they came over the wire."""

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

from chalicelib.integrations.json_service import DYNAMODB, JsonService

_NOWHERE = "http://replayed.invalid/"
# Without these, botocore can't tell which address to take.
_ASKED: dict[str, dict[str, Any]] = {
    "BatchGetItem": {"RequestItems": {}},
    "BatchWriteItem": {"RequestItems": {}},
    "TransactGetItems": {"TransactItems": []},
    "TransactWriteItems": {"TransactItems": []},
}
_READ_OF_A_REFUSAL = ("Error", "CancellationReasons", "Item", "ResponseMetadata")


@dataclass(frozen=True)
class Answer:
    """What came back for a call of an operation."""

    operation: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"x-amzn-RequestId": "R3QU35T", "Server": "s"})


class Outcome(NamedTuple):
    """What was made of an answer: whether it was a refusal, and all that was understood."""

    refused: bool
    understood: Any


def by_botocore(answer: Answer) -> Outcome:
    """Return what botocore's client makes of an answer that comes back at the first try."""
    client = _session().create_client(
        "dynamodb",
        endpoint_url=_NOWHERE,
        config=Config(
            parameter_validation=False, retries={"total_max_attempts": 1}, signature_version=UNSIGNED
        ),
    )
    client.meta.events.register_first("before-send.dynamodb", lambda **_: _response(answer))
    call = getattr(client, xform_name(answer.operation))
    return _outcome(lambda: call(**_ASKED.get(answer.operation, {})))


def by_one_call(answer: Answer) -> Outcome:
    """Return what our own call makes of it."""
    service = JsonService(DYNAMODB, _session(), _NOWHERE, retries=0)

    service.events.register_first("before-send.dynamodb", lambda **_: _response(answer))
    return _outcome(lambda: service.call(answer.operation, {}))


def _outcome(call: Callable[[], dict[str, Any]]) -> Outcome:
    try:
        understood = call()
    except ClientError as error:
        for name in ("RetryAttempts", "MaxAttemptsReached"):
            error.response["ResponseMetadata"].pop(name, None)
        return Outcome(True, {name: error.response.get(name) for name in _READ_OF_A_REFUSAL})
    for name in ("ResponseMetadata", "ConsumedCapacityUnits"):  # nobody reads them; the second is moto's own
        understood.pop(name, None)
    return Outcome(False, understood)


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.set_credentials("key", "secret")
    session.set_config_variable("region", "eu-central-1")
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
