"""What an endpoint gets: the parsed request, the principal, and what was read along with the session."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NoReturn, TypeVar

import chalice

from chalicelib import ids
from chalicelib.auth.principals import CustomerPrincipal, StaffPrincipal
from chalicelib.contract import Route
from chalicelib.errors import BodyTooLarge, MalformedBody, NotAnObject, UnsupportedMediaType
from chalicelib.runtime import Runtime
from chalicelib.table.snapshot import Snapshot
from chalicelib.web import json_numbers

LARGEST_BODY = 256 * 1024  # bytes

Principal = TypeVar("Principal")


@dataclass
class Request(Generic[Principal]):
    """One call of an endpoint.

    Attributes:
        route: the row.
        runtime: settings, clock, chance.
        path: the path's parameters.
        query: all values of each query parameter.
        headers: the request's headers, without case.
        address: the caller's IP address.
        base_url: scheme, host and stage that were called, without a slash at the end.
        body: the JSON object that was sent; empty where the route reads none.
        records: what was read along with the session.
        organization_id: the organization that the request names, None when it names none that can be.
        caller: whom the token names, for reads that go by it and for the log; None for anonymous calls.
    """

    route: Route
    runtime: Runtime
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    address: str
    base_url: str
    body: dict[str, Any] = field(default_factory=dict, repr=False)
    records: Snapshot = field(default_factory=lambda: Snapshot({}), repr=False)
    organization_id: int | None = None
    caller: str | None = None
    _principal: Principal | None = None

    @property
    def principal(self) -> Principal:
        """Who is calling; only on routes that are not public."""
        assert self._principal is not None, f"{self.route.name} is public"
        return self._principal

    @principal.setter
    def principal(self, principal: Principal) -> None:
        self._principal = principal

    def path_id(self, name: str = "id") -> int | None:
        """Return the integer id in the path, None when what stands there can't be one."""
        return ids.parse(self.path[name])


StaffRequest = Request[StaffPrincipal]
CustomerRequest = Request[CustomerPrincipal]
AnonymousRequest = Request[None]


def parse(route: Route, raw: chalice.app.Request, runtime: Runtime) -> Request[Any]:
    """Return the request without its body, which is read only after the credentials."""
    return Request(
        route=route,
        runtime=runtime,
        path=raw.uri_params or {},
        query=_query(raw),
        headers=raw.headers,
        address=raw.context.get("identity", {}).get("sourceIp") or "",
        base_url=_base_url(raw),
    )


def _query(raw: chalice.app.Request) -> dict[str, list[str]]:
    event: dict[str, Any] = raw.to_original_event()
    return event.get("multiValueQueryStringParameters") or {}


def _base_url(raw: chalice.app.Request) -> str:
    event: dict[str, Any] = raw.to_original_event()
    scheme = raw.headers.get("x-forwarded-proto", "http")
    host = raw.headers.get("host") or raw.context.get("domainName") or "localhost"
    # API Gateway's own address has the stage in front of the path, a custom domain may have a base path
    # there.
    called, path = raw.context.get("path") or "", event.get("path") or ""
    prefix = called.removesuffix(path) if path and called.endswith(path) else ""
    return f"{scheme}://{host}{prefix}"


def read_body(raw: chalice.app.Request) -> dict[str, Any]:
    """Return the JSON object that was sent; no bytes at all are an empty object (spec, "Both").

    Raises:
        UnsupportedMediaType, BodyTooLarge, MalformedBody, NotAnObject: the body can't be read.
    """
    try:
        content = raw.raw_body
    except ValueError as error:  # an event's text may hold what is no UTF-8, or no base 64
        raise MalformedBody from error
    content = content.encode() if isinstance(content, str) else content
    if not content:
        return {}
    media_type = raw.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType(media_type)
    if len(content) > LARGEST_BODY:
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


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
