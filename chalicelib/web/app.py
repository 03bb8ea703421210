"""Builds the Chalice application from the rows of `routes.py`."""

import importlib
import threading
from collections.abc import Callable
from contextvars import ContextVar

from chalice.app import Chalice, Request, Response

from chalicelib import routes
from chalicelib.contract import Route
from chalicelib.runtime import Runtime
from chalicelib.web import log

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
    name: str = "orders-and-shop", runtime: Callable[[], Runtime] = Runtime.from_environment
) -> Application:
    """Return an application that answers every row.

    Nothing is read from the environment and no endpoint is imported before the first request: a function that
    serves one endpoint loads that endpoint only.

    Args:
        name: the application's name in Chalice.
        runtime: makes the runtime; called once, on the first request.
    """
    app = Application(name)
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
    return app


def _start(runtime: Runtime) -> Runtime:
    from chalicelib.table import engine

    log.configure(runtime.settings.log_level)
    engine.connect(runtime.settings)
    return runtime


def _view(row: Route, app: Application, started: Callable[[], Runtime]) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        module, _, function = row.handler.partition(".")
        endpoint = getattr(importlib.import_module(f"chalicelib.endpoints.{module}"), function)
        response: Response = endpoint.serve(app.current_request, started())
        return response

    return view
