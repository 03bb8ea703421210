"""What API Gateway does in front of the functions, for one request at a time: its events and its own answers.

It is Chalice's own local gateway; what differs here is what API Gateway does differently: 404 for what no
route answers (in the deployed API by its gateway responses), decoded path parameters, and the fields that
Chalice leaves out.
"""

import json
import uuid
from base64 import b64encode
from email.message import Message
from typing import Any
from urllib.parse import parse_qs, unquote

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import LambdaEventConverter, LocalGateway, LocalGatewayException, MatchResult, RouteMatcher

from ops.gateway_answers import NOT_FOUND, body_of, error_headers, preflight_headers


class Refusal(LocalGatewayException):
    """The gateway answers by itself, in the error style of both surfaces."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__({}, json.dumps(body_of(detail)).encode())
        self.CODE = status


class _Preflight(LocalGatewayException):
    """The gateway tells a browser what pages of an origin may send."""

    CODE = 204

    def __init__(self, allowed_origin: str) -> None:
        super().__init__(_with_id(preflight_headers(allowed_origin)))


class _Routes(RouteMatcher):
    """Finds the route of a request target; parameters are percent-decoded and never empty."""

    def match_route(self, url: str) -> MatchResult:
        path, _, query = url.partition("?")
        parts = [unquote(part) for part in path.removesuffix("/").split("/")]
        for route in self.route_urls:
            captured = _captured(route.removesuffix("/").split("/"), parts)
            if captured is not None:
                return MatchResult(route, captured, parse_qs(query, keep_blank_values=True))
        raise ValueError(f"no route for {path}")


def _captured(pattern: list[str], parts: list[str]) -> dict[str, str] | None:
    """Return the parameters of a path that has the pattern, else None."""
    if len(pattern) != len(parts):
        return None
    captured = {}
    for wanted, part in zip(pattern, parts, strict=True):
        if wanted.startswith("{") and part:
            captured[wanted[1:-1]] = part
        elif wanted != part:
            return None
    return captured


class _Events(LambdaEventConverter):
    """Makes a REST API's proxy event of a request, with all that an application may read in it."""

    def __init__(self, app: Chalice, stage: str, source_ip: str) -> None:
        super().__init__(_Routes(list(app.routes)), app.api.binary_types)
        self._stage = stage
        self.LOCAL_SOURCE_IP = source_ip

    def create_lambda_event(
        self, method: str, path: str, headers: Any, body: bytes | None = None
    ) -> dict[str, Any]:
        event: dict[str, Any] = super().create_lambda_event(method, path, headers, body)
        route_path, parameters = event["requestContext"]["path"], event["pathParameters"]
        queries = event["multiValueQueryStringParameters"]
        single, multiple = _headers_of(headers)
        event.update(
            resource=event["requestContext"]["resourcePath"],
            path=route_path,
            httpMethod=method,
            headers=single,
            multiValueHeaders=multiple,
            queryStringParameters=queries and {name: values[-1] for name, values in queries.items()},
            pathParameters=parameters or None,
            stageVariables=None,
            isBase64Encoded=event.get("isBase64Encoded", False),
        )
        if isinstance(event["body"], bytes):
            event.update(_body(event["body"]))
        event["requestContext"].update(
            requestId=str(uuid.uuid4()),
            protocol="HTTP/1.1",
            stage=self._stage,
        )
        event["requestContext"]["identity"]["userAgent"] = headers.get("User-Agent")
        return event

    def _is_binary(self, headers: Any) -> bool:
        return "Content-Type" in headers and headers.get_content_type() in self._binary_types


def _body(content: bytes) -> dict[str, Any]:
    """Return an event's body; what is no text travels in base 64, and is not repaired on the way."""
    try:
        return {"body": content.decode() or None}
    except UnicodeDecodeError:
        return {"body": b64encode(content).decode("ascii"), "isBase64Encoded": True}


def _headers_of(headers: Message) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the last value of each header and all of them, under the names as they were sent first."""
    names = {name.lower(): name for name in headers}.values()
    multiple = {name: [_text_of(value) for value in headers.get_all(name, [])] for name in names}
    multiple = {name: values for name, values in multiple.items() if name.lower() != "x-forwarded-proto"}
    multiple["X-Forwarded-Proto"] = ["http"]  # API Gateway tells the scheme, whatever was sent
    return {name: values[-1] for name, values in multiple.items()}, multiple


def _text_of(value: str) -> str:
    """Return a header's value as it was meant: an HTTP server reads bytes as Latin-1, clients write UTF-8."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


class Gateway(LocalGateway):
    """Chalice's local gateway, except that what no route answers is 404 and never reaches a function.

    It takes headers as the HTTP server parsed them: an `email.message.Message`, with repeated ones.

    Args:
        app: the application behind it.
        config: of Chalice.
        source_ip: the caller's address.
        allowed_origin: the web origin whose pages may call, None for none.
    """

    def __init__(
        self, app: Chalice, config: Config, source_ip: str, allowed_origin: str | None = None
    ) -> None:
        super().__init__(app, config)
        self.event_converter = _Events(app, config.chalice_stage, source_ip)
        self._allowed_origin = allowed_origin

    def handle_request(self, method: str, path: str, headers: Any, body: bytes | None) -> Any:
        try:
            return super().handle_request(method, path, headers, body)
        except Refusal as refusal:
            refusal.headers = refusal_headers(self._allowed_origin)
            raise

    def _generate_lambda_event(
        self, method: str, path: str, headers: Any, body: bytes | None
    ) -> dict[str, Any]:
        try:
            event: dict[str, Any] = super()._generate_lambda_event(method, path, headers, body)
        except ValueError:
            raise Refusal(*NOT_FOUND) from None
        if method == "OPTIONS" and self._allowed_origin is not None:
            raise _Preflight(self._allowed_origin)
        if method not in self._app_object.routes[event["requestContext"]["resourcePath"]]:
            raise Refusal(*NOT_FOUND)
        return event


def refusal_headers(allowed_origin: str | None) -> dict[str, str]:
    """Return the headers of what the gateway refuses by itself."""
    return _with_id(error_headers(allowed_origin))


def _with_id(headers: dict[str, str]) -> dict[str, str]:
    return {"X-Request-Id": str(uuid.uuid4()), **headers}
