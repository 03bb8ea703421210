"""Builds the Chalice application from the rows of `routes.py`."""

import importlib
import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from chalice.app import Chalice, Request, Response

from chalicelib import log, routes
from chalicelib.contract import Route
from chalicelib.errors import Unexpected
from chalicelib.runtime import Runtime
from chalicelib.web import responses
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.pipeline import serve

_request: ContextVar[Request | None] = ContextVar("request", default=None)


class Application(Chalice):
    """Chalice, with a current request per thread: a local server answers in many."""

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
    """Return an application that answers every row.

    Unless it serves one row alone, nothing is read from the environment and no endpoint is imported before
    the first request.

    Args:
        name: the application's name in Chalice.
        runtime: makes the runtime; called once, on the first request.
        serving: the handler of the only row that is going to be called; it is made ready at once.
    """
    # Chalice would add itself to AWS_EXECUTION_ENV, once more for each application made: to the process's own
    # environment, from which botocore puts it into the headers of every call.
    app = Application(name, env={})
    app.api.binary_types = []  # the one binary answer encodes itself, whatever the Accept header says

    starting = threading.Lock()
    running: list[Runtime] = []

    def started() -> Runtime:
        with starting:
            if not running:
                running.append(_start(runtime()))
        return running[0]

    for row in routes.ALL:
        register = app.route(row.path, methods=[row.method], name=row.name, content_types=[])
        register(_view(row, app, started))
        if row.handler == serving:
            _prepare(row, started())
    return app


def _start(runtime: Runtime) -> Runtime:
    from chalicelib.table import engine

    log.configure(runtime.settings.log_level)
    engine.connect(runtime.settings)
    return runtime


def _prepare(row: Route | Endpoint, runtime: Runtime) -> None:
    """Load what the row's first request would have to wait for."""
    if isinstance(row, Route):
        _endpoint(row)
    if row.table:
        len(runtime.settings.signing_keys)


def _endpoint(row: Route) -> Any:
    module, _, function = row.handler.rpartition(".")
    return getattr(importlib.import_module(f"chalicelib.{module}"), function)


def _view(row: Route | Endpoint, app: Application, started: Callable[[], Runtime]) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        try:
            runtime = started()
        except Exception as error:
            return _not_started(row, error)
        if isinstance(row, Endpoint):
            request = app.current_request
            assert request is not None
            response = serve(row, request, runtime)
        else:
            response = _endpoint(row).serve(app.current_request, runtime)
        return _shared(response, runtime.settings.allowed_origin)

    return view


def _not_started(row: Route | Endpoint, error: Exception) -> Response:
    """Answer for a deployment that can't work, say without its settings, in the surface's own form."""
    log.configure("ERROR")
    log.failure(request_id="", route=row.name, error=error, told=str(error))
    return responses.error_response(row.surface, Unexpected())


def _shared(response: Response, origin: str | None) -> Response:
    """Let pages of an origin read the answer (CORS)."""
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Link, Retry-After"
    return response
