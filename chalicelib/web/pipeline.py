"""What every request goes through: a transaction around the endpoint's function.

    parse → authenticate + preload → authorize → throttle → act → commit → answer
                     ▲                                        │
                     └────── somebody else was faster ────────┘  once more, a bounded number of times

All writes of a request are committed in one step, after its answer was built. `Idempotency-Key` and
`If-Match` are not built yet; they fit in between authorize and act, without changes to any endpoint.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

from chalice.app import Request as RawRequest
from chalice.app import Response

from chalicelib import ids, log
from chalicelib.auth import authentication, throttling
from chalicelib.auth.authentication import Authentication
from chalicelib.auth.tokens import Claims
from chalicelib.contract import OrganizationIn
from chalicelib.errors import DomainError, PermissionDenied, Unavailable, Unexpected
from chalicelib.runtime import Runtime
from chalicelib.table import meter, sequences
from chalicelib.table.engine import back_off
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.preloaded import Preloaded, read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork
from chalicelib.web import fields, paging, query, responses
from chalicelib.web.call import Call
from chalicelib.web.endpoint import Endpoint, OrganizationOf
from chalicelib.web.fields import Form
from chalicelib.web.paging import Counted
from chalicelib.web.request import Request, parse, read_body

T = TypeVar("T")
_NO_PAGE = PageRequest(0)


def serve(endpoint: Endpoint, raw: RawRequest, request_id: str, runtime: Runtime) -> Response:
    """Answer a request; whatever goes wrong becomes the surface's own error body."""
    started = runtime.timer()
    cost = meter.start()
    error: Exception | None = None
    subject: str | None = None
    try:
        request = _with_credentials(endpoint, parse(raw, runtime))
        subject = None if request.claims is None else request.claims.subject
        response = _answer(endpoint, request, raw)
    except DomainError as failure:
        error = failure
        if isinstance(failure.__cause__, StaleState):
            # Contention, or a record that is missing for good: only the trace tells them apart.
            log.failure(request_id=request_id, route=endpoint.name, error=failure.__cause__)
        response = responses.error_response(endpoint.surface, failure)
    except Exception as failure:
        error = failure
        log.failure(request_id=request_id, route=endpoint.name, error=failure)
        response = responses.error_response(endpoint.surface, Unexpected())
    _wait_for_min_duration(endpoint, started, runtime)
    log.request(
        request_id=request_id,
        route=endpoint.name,
        status=response.status_code,
        error=None if error is None else type(error).__name__,
        milliseconds=(runtime.timer() - started) * 1000,
        table_calls=cost.calls,
        table_capacity=cost.capacity,
        principal=subject,
    )
    return response


def _wait_for_min_duration(endpoint: Endpoint, started: float, runtime: Runtime) -> None:
    """Wait until the endpoint's minimum duration has passed, unless mail is only logged."""
    left = endpoint.min_seconds - (runtime.timer() - started)
    if left > 0 and runtime.settings.mail_sender is not None:
        runtime.sleep(left)


def _with_credentials(endpoint: Endpoint, request: Request) -> Request:
    scheme = endpoint.who.authentication
    if scheme is None:
        return request
    header = request.headers.get("authorization")
    return replace(request, claims=authentication.claims_of(header, scheme.audience, request.runtime))


def _answer(endpoint: Endpoint, request: Request, raw: RawRequest) -> Response:
    body: dict[str, Any] = {}
    if endpoint.reads_body:
        try:
            body = read_body(raw)
        except DomainError:
            # A 403 comes before the body's error, as far as the right can be judged without the body.
            _repeated(lambda: _ensure_may_call_at_all(endpoint, request), request.runtime)
            raise
    form = None if endpoint.takes is None else fields.parse(endpoint.takes, body, partial=endpoint.partial)
    request = replace(
        request,
        given={} if form is None else form.given,
        organization_id=_organization_id(endpoint, request, body),
        query=_known_parameters(endpoint, request),
    )
    computed: dict[Hashable, Any] = {}
    return _repeated(lambda: _run(endpoint, _prepare(endpoint, request, computed), form), request.runtime)


def _repeated(act: Callable[[], T], runtime: Runtime) -> T:
    """Do something again, a bounded number of times, as long as the stored state changes meanwhile.

    Raises:
        Unavailable: it did so each time.
    """
    cause: StaleState | None = None
    for run in range(1, runtime.max_runs + 1):
        try:
            return act()
        except StaleState as stale:
            cause = stale
            back_off(runtime, run)
    raise Unavailable from cause


def _ensure_may_call_at_all(endpoint: Endpoint, request: Request) -> None:
    """Raise PermissionDenied for a caller who could not call with any body."""
    scheme = endpoint.who.authentication
    if scheme is None:
        return
    assert request.claims is not None
    organization_id = _organization_id(endpoint, request, {})
    preloaded = read(scheme.keys(request.claims, organization_id), request.runtime)
    principal = scheme.principal(request.claims, organization_id, preloaded, request.runtime)
    if not (principal.user.confirmed if endpoint.organization_in_body else endpoint.who.allows(principal)):
        raise PermissionDenied


def _organization_id(endpoint: Endpoint, request: Request, body: dict[str, Any]) -> int | None:
    if endpoint.organization is OrganizationIn.PATH:
        return ids.parse(request.path["organization"])
    named = body.get("organization")
    if endpoint.organization is OrganizationIn.BODY_OR_LIST and isinstance(named, list) and len(named) == 1:
        named = named[0]
    return ids.parse(named) if endpoint.organization_in_body else None


def _known_parameters(endpoint: Endpoint, request: Request) -> query.Query:
    """Return the query parameters that the endpoint declares; links to other pages repeat no others."""
    known = set() if endpoint.query is None else set(query.declared(endpoint.query))
    if endpoint.paging is not None:
        known |= {endpoint.paging.size_parameter, paging.CURSOR}
    return {name: values for name, values in request.query.items() if name in known}


def _prepare(endpoint: Endpoint, request: Request, computed: dict[Hashable, Any]) -> Call[Any]:
    """Authenticate, preload and authorize: in one read, and one more where something is known only then."""
    scheme, claims = endpoint.who.authentication, request.claims
    counts = [limit.key for limit in endpoint.throttle(request, None)]
    to_read = [*sequences.keys_for(endpoint.new_id), *endpoint.preload(request), *counts]
    principal = None
    if scheme is None or claims is None:
        preloaded = read(to_read, request.runtime, consistent=not endpoint.public_get)
    else:
        preloaded = read([*scheme.keys(claims, request.organization_id), *to_read], request.runtime)
        principal = _principal(endpoint, request, scheme, claims, preloaded)
    if not endpoint.who.allows(principal):
        raise PermissionDenied
    counts = [limit.key for limit in endpoint.throttle(request, preloaded)]
    to_read = [*endpoint.preload_next(request, preloaded), *counts]
    preloaded.add(read(preloaded.unread(to_read), request.runtime))
    limits = endpoint.throttle(request, preloaded)
    return Call(request, principal, preloaded, _NO_PAGE, UnitOfWork(request.runtime), computed, limits)


def _principal(
    endpoint: Endpoint, request: Request, scheme: Authentication, claims: Claims, preloaded: Preloaded
) -> Any:
    """Return who calls, with the rights in the request's organization.

    If that is the organization of the record that the path names, the second read is made here.
    """
    principal = scheme.principal(claims, request.organization_id, preloaded, request.runtime)
    if not isinstance(endpoint.organization, OrganizationOf):
        return principal
    if not principal.user.confirmed:
        raise PermissionDenied
    organization_id = endpoint.organization.find(request, preloaded)
    to_read = [*scheme.keys(claims, organization_id), *endpoint.preload_next(request, preloaded)]
    preloaded.add(read(preloaded.unread(to_read), request.runtime))
    return scheme.principal(claims, organization_id, preloaded, request.runtime)


def _run(endpoint: Endpoint, call: Call[Any], form: Form[Any] | None) -> Response:
    """Act, shape the answer, commit."""
    request, list_name, filters = call.request, "", None
    arguments: list[Any] = []
    try:
        if endpoint.loads is not None:
            call.loaded = endpoint.loads(call)
            arguments.append(call.loaded)
        throttling.ensure_not_throttled(call.limits, call.preloaded, request.runtime)
        if endpoint.query is not None:
            filters = query.parse(endpoint.query, request.query)
            arguments.append(filters)
        if endpoint.paging is not None:
            list_name = endpoint.list_name(request, filters)
            call.page = paging.page_request(endpoint.paging, request, list_name)
        if form is not None:
            arguments.append(_complete_input(endpoint, call, form))
        answer = endpoint.function(call, *arguments)
        response = _build_response(endpoint, request, answer, list_name)
        throttling.record(
            call.work, call.limits, call.preloaded, request.runtime, secret_matches=call.secret_matches
        )
        call.work.commit()
    except DomainError as error:
        _commit_failure(call, error)
        raise
    return response


def _commit_failure(call: Call[Any], error: DomainError) -> None:
    """Commit what a failed request still writes: the error's own writes, and the count of the attempt.

    If a secret was compared, the error is answered only on condition that the limits still allow the attempt.
    """
    counts = error.failed_attempt or call.reveals_account
    decided = counts or call.secret_matches is not None or error.writes is not None
    if not decided or isinstance(error, Unavailable):
        return
    work = UnitOfWork(call.runtime)
    if error.writes is not None:
        error.writes(work)
    if counts or call.secret_matches is not None:
        throttling.record(
            work, call.limits, call.preloaded, call.runtime, secret_matches=call.secret_matches, counts=counts
        )
    work.commit_counts()


def _complete_input(endpoint: Endpoint, call: Call[Any], form: Form[Any]) -> Any:
    return form.complete(
        references=None if endpoint.references is None else endpoint.references(call),
        taken=None if endpoint.taken is None else endpoint.taken(call),
        required=endpoint.requires(call, form.body),
    )


def _build_response(endpoint: Endpoint, request: Request, answer: Any, list_name: str) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return responses.no_content()
    headers: dict[str, str] = {}
    path = paging.called_path(endpoint.path, request.path)
    if isinstance(answer, Page):
        headers = paging.link_header(answer, path, request, list_name)
        answer = answer.items
    elif isinstance(answer, Counted):
        answer = paging.envelope(answer, path, request, list_name)
    return responses.json_response(endpoint.status, answer, headers)
