"""The endpoint decorator: everything that happens around a view, in the order that the specification gives.

Credentials (401), then the rights (403), before them the body's type, size and form where the body names the
organization that the rights are in, then the view: its fields, its work.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from chalice.app import Request as ChaliceRequest
from chalice.app import Response

from chalicelib import ids, log
from chalicelib.auth import old_authentication as admission
from chalicelib.auth.model import CUSTOMER, STAFF
from chalicelib.contract import OrganizationIn, Route, Surface
from chalicelib.errors import DomainError, PermissionDenied, Unexpected
from chalicelib.runtime import Runtime
from chalicelib.table import meter
from chalicelib.table.keys import Key
from chalicelib.web import old_request as request
from chalicelib.web import responses
from chalicelib.web.old_request import Request

View = Callable[[Any], Response]
Reads = Callable[[Any], Iterable[Key]]
Owner = Callable[[Any], int]


def _nothing(_: Request[Any]) -> Iterable[Key]:
    return ()


@dataclass(frozen=True)
class Endpoint:
    """A view with its row and what to read before it runs.

    Attributes:
        route: the row.
        view: parses, calls one service, shapes the answer.
        reads: keys to read in the same call as the session.
        owner: where the organization is known only from what was read: gives its id, or raises NotFound.
        then: keys to read in the same call as the rights in that organization.
    """

    route: Route
    view: View
    reads: Reads = _nothing
    owner: Owner | None = None
    then: Reads = _nothing

    def serve(self, raw: ChaliceRequest, runtime: Runtime) -> Response:
        """Answer a request; whatever goes wrong becomes the surface's own error body."""
        started = time.perf_counter()
        cost = meter.start()
        called = request.parse(self.route, raw, runtime)
        request_id = str(raw.context.get("requestId", ""))
        try:
            self._admit(called, raw)
            response = self.view(called)
        except DomainError as error:
            response = responses.error_response(self.route.surface, error)
        except Exception as error:
            log.failure(request_id=request_id, route=self.route.name, error=error)
            response = responses.error_response(self.route.surface, Unexpected())
        log.request(
            request_id=request_id,
            route=self.route.name,
            status=response.status_code,
            error=None,
            milliseconds=(time.perf_counter() - started) * 1000,
            table_calls=cost.calls,
            table_capacity=cost.capacity,
            principal=called.caller,
        )
        return response

    def _admit(self, called: Request[Any], raw: ChaliceRequest) -> None:
        if self.route.permission.public:
            if self.route.reads_body:
                called.body = request.read_body(raw)
            return
        audience = CUSTOMER if self.route.surface is Surface.CUSTOMER else STAFF
        claims = admission.claims_in(called.headers.get("authorization"), audience, called.runtime)
        body_error = self._read_body(called, raw)
        called.organization_id = self._named_organization(called)
        called.caller = claims.subject
        if audience == CUSTOMER:
            called.principal, called.records = admission.admit_customer(
                claims, self.reads(called), called.runtime
            )
        else:
            called.principal, called.records = admission.admit_staff(
                claims, called.organization_id, self.reads(called), called.runtime
            )
        if body_error is not None:
            # Whoever may not call at all is told so first, as far as that shows without the body.
            raise PermissionDenied if self._is_barred(called) else body_error
        if not self.route.permission.allows(called.principal):
            raise PermissionDenied

    def _is_barred(self, called: Request[Any]) -> bool:
        """Tell whether the principal may not call, whatever the body says."""
        if self.route.organization in (OrganizationIn.BODY, OrganizationIn.BODY_OR_LIST):
            return not called.principal.user.confirmed
        return not self.route.permission.allows(called.principal)

    def _read_body(self, called: Request[Any], raw: ChaliceRequest) -> DomainError | None:
        """Read the body for the keys that it names; what is wrong with it is told later."""
        if not self.route.reads_body:
            return None
        try:
            called.body = request.read_body(raw)
        except DomainError as error:
            return error
        return None

    def _named_organization(self, called: Request[Any]) -> int | None:
        if self.route.organization is OrganizationIn.PATH:
            return called.path_id("organization")
        if self.route.organization is OrganizationIn.BODY:
            return ids.parse(called.body.get("organization"))
        if self.route.organization is OrganizationIn.BODY_OR_LIST:
            return ids.parse(_alone(called.body.get("organization")))
        return None


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def endpoint(
    route: Route, *, reads: Reads = _nothing, owner: Owner | None = None, then: Reads = _nothing
) -> Callable[[View], Endpoint]:
    """Make a view the endpoint of a row; see `Endpoint` for the arguments."""
    return lambda view: Endpoint(route, view, reads, owner, then)
