"""A request, parsed once: what every later step of the pipeline reads."""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import field
from typing import Any, NoReturn

import chalice

from chalicelib import ids, texts
from chalicelib.auth.tokens import Claims
from chalicelib.errors import (
    BodyTooLarge,
    MalformedBody,
    NotAnObject,
    UnsupportedContentEncoding,
    UnsupportedMediaType,
)
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.web import json_numbers
from chalicelib.web.query import Query

MAX_BODY_BYTES = 256 * 1024  # bytes
HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


@frozen
class Request:
    """One call of an endpoint.

    Attributes:
        runtime: settings, clock, ids.
        path: the path's parameters.
        query: all values of each query parameter.
        headers: the request's headers, case-insensitive.
        address: the caller's IP address.
        base_url: scheme, host and stage that were called, without a slash at the end.
        claims: what the access token says; None for calls without credentials.
        given: the typed values of the body's valid fields.
        organization_id: the organization that path or body names; None if there is none, or it is no valid
            id.
    """

    runtime: Runtime
    path: Mapping[str, str]
    query: Query
    headers: Mapping[str, str]
    address: str
    base_url: str
    claims: Claims | None = None
    given: Mapping[str, Any] = field(default_factory=dict, repr=False)
    organization_id: int | None = None

    @property
    def id(self) -> int | None:
        """The integer id in the path, None when what stands there can't be one."""
        return ids.parse(self.path["id"])

    @property
    def uuid(self) -> str | None:
        """The uuid in the path, None when what stands there can't be one."""
        return ids.parse_uuid(self.path["uuid"])

    @property
    def subject(self) -> str:
        """The subject of the access token: a user's id as text, or a customer's uuid."""
        assert self.claims is not None, "this endpoint asks for no credentials"
        return self.claims.subject


def parse(raw: chalice.app.Request, runtime: Runtime) -> Request:
    """Return the request without credentials and body, which later steps add."""
    event: dict[str, Any] = raw.to_original_event()
    return Request(
        runtime=runtime,
        path=raw.uri_params or {},
        query=_encodable(event.get("multiValueQueryStringParameters") or {}),
        headers=raw.headers,
        address=raw.context.get("identity", {}).get("sourceIp") or "",
        base_url=base_url_of(raw),
    )


def _encodable(query: Query) -> Query:
    return {name: [texts.encodable(value) for value in values] for name, values in query.items()}


def id_of(raw: chalice.app.Request) -> str:
    """Return the id that API Gateway gave the request, or a new one if there is no gateway."""
    return str(raw.context.get("requestId") or uuid.uuid4())


def base_url_of(raw: chalice.app.Request) -> str:
    """Return scheme, host and stage that were called, without a slash at the end.

    API Gateway reports the domain name that was called, always over HTTPS. Without it the `Host` header is
    used if it is well-formed, since callers can send anything in a header.
    """
    # In front of the path, API Gateway's own address has the stage; a custom domain may have a base path.
    called, path = raw.context.get("path") or "", raw.to_original_event().get("path") or ""
    prefix = called.removesuffix(path) if path and called.endswith(path) else ""
    domain = raw.context.get("domainName")
    if domain:
        return f"https://{domain}{prefix}"
    host = raw.headers.get("host", "")
    return f"http://{host if HOST.fullmatch(host) else 'localhost'}{prefix}"


def read_body(raw: chalice.app.Request) -> dict[str, Any]:
    """Return the JSON object that was sent; an empty body counts as an empty object.

    Raises:
        UnsupportedMediaType, UnsupportedContentEncoding, BodyTooLarge, MalformedBody, NotAnObject: the body
            can't be read at all.
    """
    try:
        content = raw.raw_body
    except ValueError as error:  # the event's body may be invalid UTF-8, or invalid base64
        raise MalformedBody from error
    content = content.encode() if isinstance(content, str) else content
    if not content:
        return {}
    media_type = raw.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType(_quoted(media_type))
    coding = raw.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity"):
        raise UnsupportedContentEncoding(_quoted(coding))
    if len(content) > MAX_BODY_BYTES:
        raise BodyTooLarge
    try:
        body = json.loads(
            content.decode(), parse_constant=_refuse_constant, parse_float=json_numbers.Fraction
        )
    except (ValueError, RecursionError) as error:
        raise MalformedBody from error
    if not isinstance(body, dict):
        raise NotAnObject
    return body


def _quoted(header: str) -> str:
    return header if texts.is_quotable(header) else "?"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
