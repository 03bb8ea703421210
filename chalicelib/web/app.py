"""Builds the Chalice application from the endpoints."""

import threading
from collections.abc import Callable
from contextvars import ContextVar

from chalice.app import Chalice, Request, Response

from chalicelib import endpoints, log
from chalicelib.errors import DomainError, Unexpected
from chalicelib.integrations import aws
from chalicelib.runtime import Runtime
from chalicelib.table import engine
from chalicelib.web import fields, pipeline, query, request, responses
from chalicelib.web.endpoint import Endpoint

_request: ContextVar[Request | None] = ContextVar("request", default=None)


class Application(Chalice):
    """Chalice with a current request per thread, because the local server is multi-threaded."""

    @property
    def current_request(self) -> Request | None:
        """The request that the calling thread is answering."""
        return _request.get()

    @current_request.setter
    def current_request(self, value: Request | None) -> None:
        _request.set(value)


def create_app(
    name: str = "orders-and-shop",
    runtime: Callable[[], Runtime] = Runtime.from_environment,
    serving: str | None = None,
) -> Application:
    """Return an application that answers all endpoints, or one alone.

    Args:
        name: the application's name in Chalice.
        runtime: makes the runtime; called once: at once where one endpoint is served alone, so that its first
            request finds everything ready, and on the first request otherwise.
        serving: the reference of the only endpoint that is going to be called; no other is imported.
    """
    # By default Chalice appends itself to AWS_EXECUTION_ENV in os.environ, again for each application
    # created, and botocore copies that into the headers of every call.
    app = Application(name, env={})
    app.api.binary_types = []  # the one binary answer encodes itself, whatever the Accept header says

    lock = threading.Lock()
    cached: list[Runtime] = []

    def started() -> Runtime:
        with lock:
            if not cached:
                cached.append(_start(runtime()))
        return cached[0]

    for endpoint in endpoints.load_all() if serving is None else [endpoints.load(serving)]:
        path, method = endpoint.path, endpoint.method
        register = app.route(path, methods=[method], name=endpoint.name, content_types=[])
        register(_view(endpoint, app, started))
    if serving is not None:
        _prepare(endpoint, started)
    return app


def _start(runtime: Runtime) -> Runtime:
    log.configure(runtime.settings.log_level)
    engine.connect(runtime.settings, runtime.sleep)
    return runtime


def _prepare(endpoint: Endpoint, started: Callable[[], Runtime]) -> None:
    """Do what the endpoint's first request would otherwise have to wait for (decision 23)."""
    if endpoint.takes is not None:
        fields.declared(endpoint.takes)
    if endpoint.query is not None:
        query.declared(endpoint.query)
    if endpoint.uses:
        started()  # reads the settings and makes the table's client, although no key is read
    if endpoint.uses_signing_keys:
        len(started().settings.signing_keys)
    if endpoint.min_seconds and started().settings.mail_sender is not None:
        aws.client("ses")  # else the first mail exceeds `min_seconds`, which reveals it


def _view(endpoint: Endpoint, app: Application, started: Callable[[], Runtime]) -> Callable[..., Response]:
    def view(**_: str) -> Response:
        raw = app.current_request
        assert raw is not None
        request_id = request.id_of(raw)
        origin = None
        try:
            runtime = started()
        except DomainError as error:
            response = responses.error_response(endpoint.surface, error)
        except Exception as error:
            response = _not_started(endpoint, request_id, error)
        else:
            origin = runtime.settings.allowed_origin
            response = pipeline.serve(endpoint, raw, request_id, runtime)
        return responses.complete(
            response,
            request_id=request_id,
            secure=request.base_url_of(raw).startswith("https:"),
            public=endpoint.public_get,
            origin=origin,
        )

    return view


def _not_started(endpoint: Endpoint, request_id: str, error: Exception) -> Response:
    """Answer, in the surface's form, for a deployment that can't start, for example for want of settings."""
    log.configure("ERROR")
    log.failure(request_id=request_id, route=endpoint.name, error=error, detail=str(error))
    return responses.error_response(endpoint.surface, Unexpected())
