"""A world for one test: a fresh table, a still clock, repeatable ids, and the app behind its gateway."""

import itertools
import json
import random
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from chalice.config import Config
from chalice.local import LocalGatewayException

from chalicelib.auth import sessions, tokens
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.config import Settings, SigningKey
from chalicelib.runtime import Runtime
from chalicelib.table import engine as table_engine
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.app import create_app
from ops.demo import data
from ops.local.gateway import Gateway
from tests.engines.calls import CallCounter, refuse_for_size
from tests.engines.engine import Engine
from tests.support import contract
from tests.support.declared import Declared

HOST = "http://127.0.0.1:8000"
NOTHING = object()  # no body at all, as opposed to the JSON null
_numbers = itertools.count(1)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 1, 15, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment that it shows."""
        return self.now

    def advance(self, **span: float) -> None:
        """Move on by a time span, in `timedelta`'s words."""
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the body as text, and the headers in lower case.

    The request's id, which no two answers share, stands beside the headers and makes no difference.
    """

    status: int
    text: str
    headers: dict[str, str]
    request_id: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, status: int, text: str, headers: Mapping[str, str]) -> Self:
        """Return an answer with the headers that were received."""
        received = {name.lower(): value for name, value in headers.items()}
        return cls(status, text, received, received.pop("x-request-id", None))

    @property
    def json(self) -> Any:
        """The body, parsed; its keys in the order in which they were sent."""
        return json.loads(self.text)


def composed(body: Any, raw: bytes | None, token: str | None) -> tuple[bytes | None, dict[str, str]]:
    """Return a request's content, and the headers that go with it; see `World.call` for the arguments."""
    content = raw if raw is not None else None if body is NOTHING else json.dumps(body).encode()
    headers = {}
    if content is not None:
        headers["Content-Type"] = "application/json"
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return content, headers


class World:
    """One table with an application in front of it.

    Args:
        engine: what stands in for DynamoDB.
        iterations: PBKDF2 rounds; few, so that tests are quick, except where the rounds are what is tested.
        seed: of everything random.
        retries: how often botocore repeats a call.
        mail_sender: the address that mail comes from, None to have it logged.
        allowed_origin: the web origin whose pages may call, None for none.
        runs: how often a request is decided before its state is said to change too often.
        settings: more settings, by their names.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        iterations: int = 1_000,
        seed: int = 1,
        retries: int = 1,
        mail_sender: str | None = None,
        allowed_origin: str | None = None,
        runs: int = Runtime.max_runs,
        **settings: Any,
    ) -> None:
        self.engine = engine
        self.clock = Clock()
        self.waits: list[float] = []
        made = Settings(
            table_name=f"test-{next(_numbers)}",
            signing_keys=(SigningKey("newest", "n" * 40), SigningKey("older", "o" * 40)),
            password_iterations=iterations,
            dynamodb_retries=retries,
            mail_sender=mail_sender,
            allowed_origin=allowed_origin,
            log_level="ERROR",
            **settings,
        )
        # An engine that outlives a world remembers transactions by their tokens: no two may draw the same.
        rng = random.Random(f"{made.table_name} {seed}" if engine.concurrent else seed)
        ticks = itertools.count(step=0.001)  # a request takes no time but this, however busy the machine is
        self.runtime = Runtime(
            made,
            clock=self.clock,
            timer=lambda: next(ticks),
            sleep=self.waits.append,
            rng=rng,
            max_runs=runs,
        )
        self.app: Any = create_app(runtime=lambda: self.runtime)
        self._gateway = self._gateway_of(self.app)
        self._declared = Declared()

    def __enter__(self) -> Self:
        # The application connects on its first request: made here, so that what a test counts or injects on
        # `events` is in the way of every request that follows.
        self.call("GET", "/static/Users/default-user-image.jpeg")
        self.events.register("before-call.dynamodb", self._declared.on_call)
        if self.engine.concurrent:  # moto, as it runs here, refuses by itself
            self.events.register("before-call.dynamodb", refuse_for_size)
        self.engine.make_table(self.runtime.settings.table_name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.drop_table(self.runtime.settings.table_name)

    def with_keys(self, *keys: SigningKey) -> "World":
        """Return the same world seen by an application with other signing keys, the first of which signs."""
        other = copy(self)
        other.runtime = replace(self.runtime, settings=replace(self.runtime.settings, signing_keys=keys))
        other.app = create_app(runtime=lambda: other.runtime)
        other._gateway = other._gateway_of(other.app)
        return other

    def seen_from(self, address: str) -> "World":
        """Return the same world as it is called from another address."""
        other = copy(self)
        other._gateway = self._gateway_of(self.app, address)
        return other

    def tampered(self, change: Callable[[dict[str, Any]], None]) -> "World":
        """Return the same world with an application whose answers are changed on their way out."""
        other = copy(self)
        other.app = _Tampered(self.app, change)
        other._gateway = other._gateway_of(other.app)
        return other

    def _gateway_of(self, app: Any, address: str = "127.0.0.1") -> Gateway:
        config = Config.create(chalice_stage="local")
        return Gateway(app, config, address, self.runtime.settings.allowed_origin)

    @property
    def events(self) -> Any:
        """Where the application's DynamoDB calls are heard of, for faults and counts."""
        return table_engine.service().events

    def request(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make a call of DynamoDB's API that concerns the table, past the application."""
        named = {"TableName": self.runtime.settings.table_name}
        return table_engine.service().call(operation, named | parameters)

    def count_calls(self) -> CallCounter:
        """Count the application's DynamoDB calls inside a `with` block."""
        return CallCounter(self.events)

    def load_demo(self) -> None:
        """Load the documents' own data."""
        data.load(self.runtime)

    def call(
        self,
        method: str,
        target: str,
        body: Any = NOTHING,
        *,
        token: str | None = None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a request through Chalice's event handling, as API Gateway would.

        The answer must be one that the API document has.

        Args:
            method: the HTTP method.
            target: path and query, or an absolute address of this host.
            body: sent as JSON.
            token: sent as a bearer token.
            raw: sent as it is, instead of `body`.
            headers: sent along, instead of the ones of the same name that would be.
        """
        content, said = composed(body, raw, token)
        sent = {"Host": urlsplit(HOST).netloc, "Accept": "*/*", "User-Agent": "tests"} | said
        message: Any = _message(sent | (headers or {}))  # what a server hands over, whatever Chalice says
        path = target.removeprefix(HOST)
        try:
            with self._declared.serving(method, path):
                answer = self._gateway.handle_request(method, path, message, content)
        except LocalGatewayException as refusal:
            text = (refusal.body or b"").decode()
            if text:
                contract.published().check_gateway(text)
            return Answer.of(refusal.CODE, text, refusal.headers)
        received = {name.lower(): value for name, value in answer["headers"].items()}
        contract.published().check(method, path, answer["statusCode"], received, answer["body"])
        return Answer.of(answer["statusCode"], answer["body"], received)

    def token(self, owner: int | str, *, audience: str = STAFF_AUDIENCE, refresh: bool = False) -> str:
        """Begin a session for a user (by id) or a customer (by uuid) and return its access or refresh
        token.
        """
        pair = self.tokens(owner, audience=audience)
        return pair.refresh if refresh else pair.access

    def tokens(self, owner: int | str, *, audience: str = STAFF_AUDIENCE) -> tokens.TokenPair:
        """Begin a session and return both its tokens."""
        work = UnitOfWork(self.runtime)
        pair = sessions.begin(
            work, audience, str(owner), device="tests", session_epoch=0, runtime=self.runtime
        )
        work.commit()
        return pair

    def items(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return everything in the table as DynamoDB holds it, by key."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        start: dict[str, Any] = {}
        while True:
            page = self.request("Scan", ConsistentRead=True, **start)
            found |= {(item["pk"]["S"], item["sk"]["S"]): item for item in page["Items"]}
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def records(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the same without what counts attempts and mails."""
        counts = ("FAILURES#", "MAILED#")
        return {key: item for key, item in self.items().items() if not key[0].startswith(counts)}


class _Tampered:
    """An application whose answers are changed on their way out."""

    def __init__(self, app: Any, change: Callable[[dict[str, Any]], None]) -> None:
        self._app, self._change = app, change

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)

    def __call__(self, event: Any, context: Any) -> Any:
        answer = self._app(event, context)
        self._change(answer)
        return answer


def _message(headers: dict[str, str]) -> Message:
    message = Message()
    for name, value in headers.items():
        message[name] = value
    return message
