"""The signed call that reads a secret sends, answers and fails as a client of botocore does."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError

from chalicelib.config import Settings
from chalicelib.integrations import aws
from chalicelib.integrations.aws import secret_string, secrets_manager_url
from chalicelib.table.items import Item
from tests.support.world import World

REGION = "eu-central-1"
FOUND = (200, json.dumps({"Name": "keys", "SecretString": "first:" + "s" * 40}))
BUSY = (400, '{"__type":"ThrottlingException","message":"Rate exceeded"}')
DOWN = (503, "")


class Received(NamedTuple):
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class SecretsManager(ThreadingHTTPServer):
    """Answers with what it is told, the last of it again and again, and keeps what came in."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.answers = [FOUND]
        self.received: list[Received] = []


class _Handler(BaseHTTPRequestHandler):
    server: SecretsManager

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(Received(self.command, self.path, dict(self.headers), body))
        answers = self.server.answers
        status, text = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def secrets_manager() -> Iterator[SecretsManager]:
    """A Secrets Manager on this machine."""
    with SecretsManager() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def session() -> botocore.session.Session:
    """A session with credentials and a region."""
    made = botocore.session.Session()
    made.set_credentials("key", "secret", "token")
    made.set_config_variable("region", REGION)
    return made


def _by_client(session: botocore.session.Session, url: str) -> str:
    config = Config(retries={"total_max_attempts": 1}, ignore_configured_endpoint_urls=True)
    client = session.create_client("secretsmanager", endpoint_url=url, config=config)
    return str(client.get_secret_value(SecretId="keys")["SecretString"])


def _by_one_call(session: botocore.session.Session, url: str) -> str:
    return secret_string("keys", session, url, sleep=lambda _: None)


def _failure(read: Callable[[], str]) -> tuple[Any, ...]:
    try:
        return (read(),)
    except ClientError as error:
        return ("refused", error.operation_name, error.response["Error"])
    except BotoCoreError as error:
        return (type(error), str(error))


def test_it_sends_what_a_client_sends(
    secrets_manager: SecretsManager, session: botocore.session.Session
) -> None:
    answers = [read(session, secrets_manager.url) for read in (_by_client, _by_one_call)]

    assert answers == ["first:" + "s" * 40] * 2
    theirs, ours = secrets_manager.received
    assert (ours.method, ours.path, ours.body) == (theirs.method, theirs.path, theirs.body)
    for name in ("Content-Type", "X-Amz-Target", "X-Amz-Security-Token", "Host"):
        assert ours.headers[name] == theirs.headers[name]
    form = re.compile(
        r"AWS4-HMAC-SHA256 Credential=key/\d{8}/eu-central-1/secretsmanager/aws4_request, "
        r"SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, "
        r"Signature=[0-9a-f]{64}"
    )
    assert form.fullmatch(theirs.headers["Authorization"])
    assert form.fullmatch(ours.headers["Authorization"])


@pytest.mark.parametrize(
    "answer",
    [
        (400, '{"__type":"ResourceNotFoundException","Message":"There is none."}'),
        (400, '{"__type":"com.amazonaws.secretsmanager#AccessDeniedException","message":"No."}'),
        (400, "what"),
        BUSY,
        DOWN,
        (500, '{"__type":"InternalServiceError","Message":"Sorry."}'),
        (502, "<html>Bad gateway</html>"),
    ],
)
def test_it_is_refused_as_a_client_is(
    secrets_manager: SecretsManager, session: botocore.session.Session, answer: tuple[int, str]
) -> None:
    secrets_manager.answers = [answer]

    theirs, ours = (
        _failure(lambda read=read: read(session, secrets_manager.url)) for read in (_by_client, _by_one_call)
    )

    assert ours[0] == "refused"
    assert ours == theirs


def test_what_is_out_of_reach_fails_as_with_a_client(session: botocore.session.Session) -> None:
    with SecretsManager() as closed:
        url = closed.url + "/"

    theirs, ours = (_failure(lambda read=read: read(session, url)) for read in (_by_client, _by_one_call))

    assert ours == theirs


@pytest.mark.parametrize("first", [BUSY, DOWN])
def test_a_busy_service_is_asked_once_more(
    secrets_manager: SecretsManager, session: botocore.session.Session, first: tuple[int, str]
) -> None:
    secrets_manager.answers = [first, FOUND]
    waited: list[float] = []

    assert secret_string("keys", session, secrets_manager.url, waited.append).startswith("first:")

    assert (len(secrets_manager.received), waited) == (2, [0.5])


def test_without_a_region_or_credentials_it_says_so(
    secrets_manager: SecretsManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    session = botocore.session.Session()

    with pytest.raises(NoRegionError):
        _by_one_call(session, secrets_manager.url)
    session.set_config_variable("region", REGION)
    with pytest.raises(NoCredentialsError):
        _by_one_call(session, secrets_manager.url)
    assert secrets_manager.received == []


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_each_region_has_its_address(session: botocore.session.Session, partition: str) -> None:
    regions = session.get_available_regions("secretsmanager", partition)
    assert regions

    for region in regions:
        config = Config(ignore_configured_endpoint_urls=True)
        client = session.create_client("secretsmanager", region_name=region, config=config)
        assert secrets_manager_url(region) == client.meta.endpoint_url


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"])
def test_the_environment_leads_the_keys_elsewhere(
    world: World, secrets_manager: SecretsManager, name: str
) -> None:
    environment = {"TABLE_NAME": "t", "SIGNING_KEYS_SECRET": "keys", name: secrets_manager.url}

    keys = Settings.from_environment(environment).signing_keys

    assert [key.id for key in keys] == ["first"]
    assert json.loads(secrets_manager.received[0].body) == {"SecretId": "keys"}


def test_the_keys_are_read_with_the_session_of_the_table(world: World) -> None:
    assert aws.session() is Item._get_connection().connection.session
