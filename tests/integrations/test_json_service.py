"""A call of a JSON service sends, answers and fails as one of botocore's client does."""

from __future__ import annotations

import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    SSLError,
)
from botocore.session import Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from chalicelib.config import Settings
from chalicelib.integrations import aws
from chalicelib.integrations.json_service import (
    DYNAMODB,
    SECRETS_MANAGER,
    JsonService,
    Protocol,
    address,
)
from chalicelib.table import engine
from tests.support.world import World

REGION = "eu-central-1"
BUSY = (400, '{"__type":"ThrottlingException","message":"Rate exceeded"}')
OVER_THE_LIMIT = (400, '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}')
DOWN = (503, "")
NO_JSON = (200, "<html></html>")
CUT = (0, "")  # the connection is closed without an answer


class Received(NamedTuple):
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    port: int


class Remote(ThreadingHTTPServer):
    """A service that answers with what it is told, the last of it again and again, and keeps what came in."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.answers: list[tuple[int, str]] = [DOWN]
        self.received: list[Received] = []
        self.hangs_up = False  # after each answer, without saying so


class _Handler(BaseHTTPRequestHandler):
    server: Remote
    protocol_version = "HTTP/1.1"  # connections stay open

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(
            Received(self.command, self.path, dict(self.headers), body, self.client_address[1])
        )
        answers = self.server.answers
        status, text = answers.pop(0) if len(answers) > 1 else answers[0]
        self.close_connection = self.server.hangs_up or not status
        if status:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def remote() -> Iterator[Remote]:
    """A service on this machine."""
    with Remote() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def session() -> Session:
    """A session with credentials and a region."""
    made = Session()
    made.set_credentials("key", "secret", "token")
    made.set_config_variable("region", REGION)
    return made


class Asked(NamedTuple):
    """A call of a service, and an answer to it."""

    protocol: Protocol
    operation: str
    parameters: dict[str, Any]
    answer: dict[str, Any]


KEY = {"pk": {"S": "Straße"}, "sk": {"S": "x"}}
ASKED = {
    "dynamodb": Asked(
        DYNAMODB, "GetItem", {"TableName": "t", "Key": KEY, "ConsistentRead": True}, {"Item": KEY}
    ),
    "secretsmanager": Asked(
        SECRETS_MANAGER, "GetSecretValue", {"SecretId": "keys"}, {"Name": "keys", "SecretString": "first:é"}
    ),
}


@pytest.fixture(params=ASKED.values(), ids=ASKED)
def asked(request: pytest.FixtureRequest, remote: Remote) -> Asked:
    """A call of each service, which the remote one answers."""
    made: Asked = request.param
    remote.answers = [(200, json.dumps(made.answer))]
    return made


Ask = Callable[[Asked, Session, str], Any]


def by_botocore(asked: Asked, session: Session, url: str) -> Any:
    config = Config(retries={"total_max_attempts": 1}, ignore_configured_endpoint_urls=True)
    client = session.create_client(asked.protocol.service, endpoint_url=url, config=config)
    answer = getattr(client, xform_name(asked.operation))(**asked.parameters)
    del answer["ResponseMetadata"]
    return answer


def by_one_call(asked: Asked, session: Session, url: str) -> Any:
    service = JsonService(asked.protocol, session, url, sleep=lambda _: None)
    return service.call(asked.operation, asked.parameters)


def _failure(ask: Ask, asked: Asked, session: Session, url: str) -> tuple[Any, ...]:
    try:
        return (ask(asked, session, url),)
    except ClientError as error:
        return ("refused", error.operation_name, error.response["Error"])
    except BotoCoreError as error:
        return (type(error), str(error).rstrip('/"'))


def test_it_sends_what_a_client_sends(remote: Remote, session: Session, asked: Asked) -> None:
    answers = [ask(asked, session, remote.url) for ask in (by_botocore, by_one_call)]

    assert answers == [asked.answer] * 2
    theirs, ours = remote.received
    assert (ours.method, ours.path, ours.body) == (theirs.method, theirs.path, theirs.body)
    for name in ("Content-Type", "X-Amz-Target", "X-Amz-Security-Token", "Host"):
        assert ours.headers[name] == theirs.headers[name]
    form = re.compile(
        rf"AWS4-HMAC-SHA256 Credential=key/\d{{8}}/eu-central-1/{asked.protocol.service}/aws4_request, "
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
    remote: Remote, session: Session, asked: Asked, answer: tuple[int, str]
) -> None:
    remote.answers = [answer]

    theirs, ours = (_failure(ask, asked, session, remote.url) for ask in (by_botocore, by_one_call))

    assert ours[0] == "refused"
    assert ours == theirs


def test_what_is_out_of_reach_fails_as_with_a_client(session: Session, asked: Asked) -> None:
    with Remote() as closed:
        url = closed.url

    theirs, ours = (_failure(ask, asked, session, url) for ask in (by_botocore, by_one_call))

    assert ours == theirs
    assert ours[0] is EndpointConnectionError


@pytest.mark.parametrize("failure", [BUSY, DOWN, CUT, OVER_THE_LIMIT, NO_JSON])
def test_a_busy_service_is_asked_again_with_the_same_body_after_a_growing_wait(
    remote: Remote, session: Session, asked: Asked, failure: tuple[int, str]
) -> None:
    remote.answers = [failure, failure, *remote.answers]
    waited: list[float] = []
    service = JsonService(asked.protocol, session, remote.url, retries=2, sleep=waited.append)

    assert service.call(asked.operation, asked.parameters) == asked.answer

    assert len({received.body for received in remote.received}) == 1
    assert len(remote.received) == 3
    assert [wait <= bound for wait, bound in zip(waited, (0.1, 0.2), strict=True)] == [True, True]


def test_it_is_asked_no_more_often_than_it_was_said(remote: Remote, session: Session, asked: Asked) -> None:
    remote.answers = [DOWN]

    with pytest.raises(ClientError):
        JsonService(asked.protocol, session, remote.url, retries=3, sleep=lambda _: None).call(
            asked.operation, asked.parameters
        )

    assert len(remote.received) == 4


def test_a_refusal_is_not_asked_for_again(remote: Remote, session: Session, asked: Asked) -> None:
    remote.answers = [(400, '{"__type":"x#ConditionalCheckFailedException","message":"no"}')]

    with pytest.raises(ClientError):
        JsonService(asked.protocol, session, remote.url, retries=3).call(asked.operation, asked.parameters)

    assert len(remote.received) == 1


def test_a_connection_that_was_closed_meanwhile_is_made_again(
    remote: Remote, session: Session, asked: Asked
) -> None:
    service = JsonService(asked.protocol, session, remote.url, sleep=lambda _: None)
    remote.hangs_up = True

    answers = [service.call(asked.operation, asked.parameters) for _ in range(3)]

    assert answers == [asked.answer] * 3


def test_one_connection_serves_call_after_call(remote: Remote, session: Session, asked: Asked) -> None:
    service = JsonService(asked.protocol, session, remote.url)

    for _ in range(5):
        service.call(asked.operation, asked.parameters)

    assert len({received.port for received in remote.received}) == 1


def test_each_call_is_signed_with_the_credentials_of_its_moment(
    remote: Remote, session: Session, asked: Asked
) -> None:
    service = JsonService(asked.protocol, session, remote.url)
    for key in ("first", "second"):
        session.set_credentials(key, "secret", "token")
        service.call(asked.operation, asked.parameters)

    signed = [received.headers["Authorization"] for received in remote.received]
    assert [re.findall("Credential=([a-z]+)/", header) for header in signed] == [["first"], ["second"]]


def test_without_a_region_or_credentials_it_says_so(
    remote: Remote, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    session = Session()

    with pytest.raises(NoRegionError):
        by_one_call(asked, session, remote.url)
    session.set_config_variable("region", REGION)
    with pytest.raises(NoCredentialsError):
        by_one_call(asked, session, remote.url)
    assert remote.received == []


@pytest.mark.parametrize("service", ASKED)
@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_each_region_has_its_address(session: Session, service: str, partition: str) -> None:
    regions = session.get_available_regions(service, partition)
    assert regions

    for region in regions:
        config = Config(ignore_configured_endpoint_urls=True)
        client = session.create_client(service, region_name=region, config=config)
        assert address(service, region) == client.meta.endpoint_url


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"])
def test_the_environment_leads_the_keys_elsewhere(world: World, remote: Remote, name: str) -> None:
    remote.answers = [(200, json.dumps({"SecretString": "first:" + "s" * 40}))]
    environment = {"TABLE_NAME": "t", "SIGNING_KEYS_SECRET": "keys", name: remote.url}

    keys = Settings.from_environment(environment).signing_keys

    assert [key.id for key in keys] == ["first"]
    assert json.loads(remote.received[0].body) == {"SecretId": "keys"}


def test_the_keys_are_read_with_the_session_of_the_table(world: World) -> None:
    assert engine.service().session is aws.session()


def test_a_proxy_that_the_environment_names_is_used(
    remote: Remote, session: Session, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", remote.url)

    assert by_one_call(asked, session, "http://elsewhere.invalid") == asked.answer

    assert remote.received[0].path == "http://elsewhere.invalid/"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that its own key signed, with that key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path_factory.mktemp("certificate") / "certificate.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM) + pem)
    return file


@pytest.fixture
def encrypted(remote: Remote, certificate: Path) -> Remote:
    """The same service, which now speaks TLS with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    remote.socket = context.wrap_socket(remote.socket, server_side=True)
    remote.url = remote.url.replace("http:", "https:")
    return remote


def test_a_certificate_must_be_signed_by_who_is_trusted(
    encrypted: Remote, session: Session, asked: Asked, certificate: Path
) -> None:
    theirs, ours = (_failure(ask, asked, session, encrypted.url) for ask in (by_botocore, by_one_call))
    assert (theirs[0], ours[0]) == (SSLError, SSLError)
    assert encrypted.received == []

    session.set_config_variable("ca_bundle", str(certificate))

    assert by_one_call(asked, session, encrypted.url) == asked.answer


def test_a_certificate_must_be_of_the_host_that_is_called(
    encrypted: Remote, session: Session, asked: Asked, certificate: Path
) -> None:
    session.set_config_variable("ca_bundle", str(certificate))

    failure = _failure(by_one_call, asked, session, encrypted.url.replace("127.0.0.1", "localhost"))

    assert failure[0] is SSLError
    assert encrypted.received == []
