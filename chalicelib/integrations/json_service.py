"""Calls of AWS services that speak JSON, made of botocore's session, signatures and events, and urllib3.

botocore's own client prepares each call anew from descriptions of all that AWS has: half of a call's CPU.
DynamoDB and Secrets Manager need none of it, since what they take and give is plain JSON (decision 45).
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import urllib3
from botocore import exceptions
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest
from botocore.hooks import first_non_none_response
from botocore.httpsession import URLLib3Session, get_cert_path
from botocore.parsers import JSONParser
from botocore.session import Session
from botocore.utils import get_environ_proxies
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from chalicelib.frozen import frozen

Parameters = dict[str, Any]

# Well below a function's timeout, so that there is time to answer when a service hangs.
_CONNECT_SECONDS, _READ_SECONDS = 2, 5
_MAX_CONNECTIONS = 10
_FIRST_WAIT_SECONDS = 0.05
_USER_AGENT = "chalice-orders-and-shop"
_RANDOM = random.SystemRandom()
_THROTTLED = frozenset(
    {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"}
)
_FAILURES: tuple[tuple[type[HTTPError], Any], ...] = (
    (SSLError, exceptions.SSLError),
    (NewConnectionError, exceptions.EndpointConnectionError),
    (ConnectTimeoutError, exceptions.ConnectTimeoutError),
    (ReadTimeoutError, exceptions.ReadTimeoutError),
    (ProtocolError, exceptions.ConnectionClosedError),
)
"""What botocore calls each failure of urllib3."""


@frozen
class Protocol:
    """What a service's calls have in common.

    Attributes:
        service: the name in addresses, signatures and events.
        version: of the JSON protocol.
        target: what stands before the operation's name in the header that names it.
    """

    service: str
    version: str
    target: str


DYNAMODB = Protocol("dynamodb", "1.0", "DynamoDB_20120810")
SECRETS_MANAGER = Protocol("secretsmanager", "1.1", "secretsmanager")


@frozen
class Operation:
    """As much of botocore's operation model as handlers of its events ask for."""

    name: str
    is_endpoint_discovery_operation: bool = False
    idempotent_members: tuple[str, ...] = ()


class JsonService:
    """A service in a region.

    It emits the events of a botocore client, so that what listens to one (moto, what counts or traces calls)
    listens to it just as well.

    Args:
        protocol: how it is spoken to.
        session: has the region, the credentials, the CA bundle and the handlers of events.
        url: where it is, by default AWS's own address for the region.
        retries: how often a call is repeated when the service is busy or out of reach.
        sleep: waits before a call is repeated.
        events: where handlers are registered, by default a copy of the session's.
        model: gives an operation's model for the events, by its name.

    Attributes:
        session, url, events: as given, or by default.
        region: the session's.

    Raises:
        NoRegionError: the session has no region.
    """

    def __init__(
        self,
        protocol: Protocol,
        session: Session,
        url: str | None = None,
        retries: int = 1,
        sleep: Callable[[float], None] = time.sleep,
        events: Any = None,
        model: Callable[[str], Any] = Operation,
    ) -> None:
        self.region = session.get_config_variable("region")
        if not self.region:
            raise exceptions.NoRegionError
        self.url = url or address(protocol.service, self.region)
        self.session = session
        self.events = events or copy(session.get_component("event_emitter"))
        self._protocol, self._retries, self._sleep, self._model = protocol, retries, sleep, model
        self._connections = _Connections(self.url, session)

    def call(self, operation: str, parameters: Parameters) -> Parameters:
        """Return the answer to a call, as it was sent.

        Raises:
            BotoCoreError: the service is out of reach, or the session has no credentials.
            ClientError: the service refuses, or was busy each time; the response has what botocore's has.
        """
        model, context = self._model(operation), dict[str, Any]()
        self._emit("before-parameter-build", operation, params=parameters, model=model, context=context)
        sent = {
            "method": "POST",
            "url": self.url.rstrip("/") + "/",
            "headers": {
                "X-Amz-Target": f"{self._protocol.target}.{operation}",
                "Content-Type": f"application/x-amz-json-{self._protocol.version}",
                "User-Agent": _USER_AGENT,
            },
            "body": json.dumps(parameters).encode(),
        }
        self._emit("before-call", operation, model=model, params=sent, request_signer=None, context=context)
        try:
            answer = self._answer_to(operation, sent)
        except exceptions.ClientError as error:
            self._after_call(operation, error.response, model, context)
            raise
        self._after_call(operation, answer, model, context)
        return answer

    def _after_call(self, operation: str, parsed: Parameters, model: Any, context: Parameters) -> None:
        arguments = {"parsed": parsed, "model": model, "context": context}
        self._emit("after-call", operation, http_response=None, **arguments)

    def _answer_to(self, operation: str, sent: Parameters) -> Parameters:
        for tries in range(1, self._retries + 1):
            try:
                return self._send(operation, sent)
            except (exceptions.ConnectionError, exceptions.HTTPClientError):
                pass
            except exceptions.ClientError as error:
                if not _is_busy(error):
                    raise
            self._sleep(_RANDOM.uniform(0, _FIRST_WAIT_SECONDS * 2**tries))
        return self._send(operation, sent)

    def _send(self, operation: str, sent: Parameters) -> Parameters:
        request = AWSRequest(sent["method"], sent["url"], sent["headers"], sent["body"])
        credentials = self.session.get_credentials()
        frozen = credentials and credentials.get_frozen_credentials()
        SigV4Auth(frozen, self._protocol.service, self.region).add_auth(request)
        prepared = request.prepare()
        failure = None
        try:
            response = first_non_none_response(self._emit("before-send", operation, request=prepared))
            if response is None:
                response = self._connections.send(prepared)
        except exceptions.BotoCoreError as error:
            failure = error
            raise
        finally:
            arguments = {"response_dict": None, "parsed_response": None, "exception": failure}
            self._emit("response-received", operation, context={}, **arguments)
        if response.status_code != 200:
            raise exceptions.ClientError(_parsed_error(response), operation)
        answer = _parsed(response.content)
        if answer is None:
            raise exceptions.ResponseStreamingError(error="the answer is no JSON object")
        return answer

    def _emit(self, event: str, operation: str, **arguments: Any) -> Any:
        return self.events.emit(f"{event}.{self._protocol.service}.{operation}", **arguments)


class _Response(NamedTuple):
    """As much of botocore's response as is read."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


class _Connections:
    """Connections to one address, kept open: botocore's session looks for them anew with each request."""

    def __init__(self, url: str, session: Session) -> None:
        verify = session.get_config_variable("ca_bundle") or True
        proxies = get_environ_proxies(url)
        timeout = (_CONNECT_SECONDS, _READ_SECONDS)
        proxied = urlsplit(url).scheme in proxies
        self._by_proxy = URLLib3Session(verify, proxies, timeout) if proxied else None
        tls = {"cert_reqs": "CERT_REQUIRED", "ca_certs": get_cert_path(verify)}
        self._pool = urllib3.connection_from_url(
            url,
            timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
            maxsize=_MAX_CONNECTIONS,
            **(tls if url.startswith("https") else {}),
        )

    def send(self, request: AWSPreparedRequest) -> Any:
        """Return the response.

        Raises:
            BotoCoreError: there is none; it is the error that botocore's session raises.
        """
        if self._by_proxy is not None:
            return self._by_proxy.send(request)
        try:
            response = self._pool.urlopen(
                request.method,
                urlsplit(request.url).path,
                request.body,
                dict(request.headers.items()),  # urllib3 goes through them several times
                retries=False,
                redirect=False,
                assert_same_host=False,
                decode_content=False,
            )
        except HTTPError as error:
            raise _failure(error, request.url) from error
        return _Response(response.status, response.headers, response.data)


def _failure(error: HTTPError, url: str) -> Exception:
    for kind, meaning in _FAILURES:
        if isinstance(error, kind):
            return meaning(endpoint_url=url, error=error)  # type: ignore[no-any-return]
    return exceptions.HTTPClientError(error=error)  # type: ignore[no-any-return]


def address(service: str, region: str) -> str:
    """Return where AWS has a service for a region."""
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"https://{service}.{region}.{domain}"


def _is_busy(error: exceptions.ClientError) -> bool:
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return status >= 500 or error.response["Error"]["Code"] in _THROTTLED


def _parsed_error(response: Any) -> Parameters:
    content = {"status_code": response.status_code, "headers": response.headers, "body": response.content}
    parsed: Parameters = JSONParser().parse(content, None)
    body = _parsed(response.content) or {}
    return parsed | {name: body[name] for name in ("CancellationReasons", "Item") if name in body}


def _parsed(body: bytes) -> Parameters | None:
    try:
        parsed = json.loads(body)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
