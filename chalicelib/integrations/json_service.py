"""Calls of AWS services that speak JSON, made of botocore's session, signatures, connections and events.

botocore's own client prepares each call anew from descriptions of all that AWS has: half of a call's CPU, and
a part of each cold start. DynamoDB and Secrets Manager need none of it, since what they take and give is
plain JSON (decision 45).
"""

import json
import random
import socket
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError, HTTPClientError, NoRegionError, ResponseStreamingError
from botocore.exceptions import ConnectionError as BotocoreConnectionError
from botocore.hooks import first_non_none_response
from botocore.httpsession import URLLib3Session
from botocore.parsers import JSONParser
from botocore.session import Session
from botocore.utils import get_environ_proxies

Parameters = dict[str, Any]

# Well below a function's timeout, so that there is time to answer when a service hangs.
_TIMEOUT_SECONDS = (2, 5)  # to connect, to read
_FIRST_WAIT_SECONDS = 0.05
_USER_AGENT = "chalice-orders-and-shop"
# Headers and body go out one after the other: the body must not wait until the headers are acknowledged.
_NO_DELAY = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)
_RANDOM = random.SystemRandom()
_THROTTLED = frozenset(
    {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"}
)


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Operation:
    """As much of botocore's operation model as handlers of its events ask for."""

    name: str
    is_endpoint_discovery_operation: bool = False


class JsonService:
    """A service in a region.

    It emits botocore's events `before-call`, `request-created`, `before-send` and `after-call`, so that what
    listens to a botocore client listens to it just as well: moto above all.

    Args:
        protocol: how it is spoken to.
        session: has the region, the credentials, the CA bundle and the handlers of events.
        url: where it is, by default AWS's own address for the region.
        retries: how often a call is repeated when the service is busy or out of reach.
        sleep: waits before a call is repeated.

    Attributes:
        session: as it was given.
        events: where handlers of this service's calls are registered.

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
    ) -> None:
        self.region = session.get_config_variable("region")
        if not self.region:
            raise NoRegionError
        self.url = url or address(protocol.service, self.region)
        self.events = copy(session.get_component("event_emitter"))  # other services have their own
        self.session = session
        self._protocol, self._retries, self._sleep = protocol, retries, sleep
        self._http = URLLib3Session(
            verify=session.get_config_variable("ca_bundle") or True,
            proxies=get_environ_proxies(self.url),
            timeout=_TIMEOUT_SECONDS,
            socket_options=_NO_DELAY,
        )

    def call(self, operation: str, parameters: Parameters) -> Parameters:
        """Return the answer to a call, as it was sent.

        Raises:
            BotoCoreError: the service is out of reach, or the session has no credentials.
            ClientError: the service refuses, or was busy each time; the response has what botocore's has.
        """
        model = Operation(operation)
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
        self._emit("before-call", operation, model=model, params=sent, request_signer=None, context={})
        try:
            answer = self._answer_to(operation, sent)
        except ClientError as error:
            self._emit("after-call", operation, parsed=error.response, model=model)
            raise
        self._emit("after-call", operation, parsed=answer, model=model)
        return answer

    def _answer_to(self, operation: str, sent: Parameters) -> Parameters:
        for tries in range(1, self._retries + 1):
            try:
                return self._send(operation, sent)
            except (BotocoreConnectionError, HTTPClientError):
                pass
            except ClientError as error:
                if not _is_busy(error):
                    raise
            self._sleep(_RANDOM.uniform(0, _FIRST_WAIT_SECONDS * 2**tries))
        return self._send(operation, sent)

    def _send(self, operation: str, sent: Parameters) -> Parameters:
        request = AWSRequest(sent["method"], sent["url"], sent["headers"], sent["body"])
        self._emit("request-created", operation, request=request, operation_name=operation)
        credentials = self.session.get_credentials()
        frozen = credentials and credentials.get_frozen_credentials()
        SigV4Auth(frozen, self._protocol.service, self.region).add_auth(request)
        prepared = request.prepare()
        handled = first_non_none_response(self._emit("before-send", operation, request=prepared))
        response = self._http.send(prepared) if handled is None else handled
        if response.status_code != 200:
            raise ClientError(_parsed_error(response), operation)
        answer = _parsed(response.content)
        if answer is None:
            raise ResponseStreamingError(error="the answer is no JSON object")
        return answer

    def _emit(self, event: str, operation: str, **said: Any) -> Any:
        return self.events.emit(f"{event}.{self._protocol.service}.{operation}", **said)


def address(service: str, region: str) -> str:
    """Return where AWS has a service for a region."""
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"https://{service}.{region}.{domain}"


def _is_busy(error: ClientError) -> bool:
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return status >= 500 or error.response["Error"]["Code"] in _THROTTLED


def _parsed_error(response: Any) -> Parameters:
    content = {"status_code": response.status_code, "headers": response.headers, "body": response.content}
    parsed: Parameters = JSONParser().parse(content, None)
    said = _parsed(response.content) or {}
    return parsed | {name: said[name] for name in ("CancellationReasons", "Item") if name in said}


def _parsed(body: bytes) -> Parameters | None:
    try:
        parsed = json.loads(body)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
