"""The rows of `routes.py` and what hangs on them agree."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import app as deployed
import chalicelib
from chalicelib import routes
from chalicelib.auth.permissions import Permission
from chalicelib.contract import OrganizationIn, Route, Surface, Table
from chalicelib.web.old_endpoint import Endpoint
from tests.contract.access.callers import rights_named_by
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.support.samples import SAMPLES
from tests.support.scene import Scenes

every_row = pytest.mark.parametrize("route", routes.ALL, ids=lambda route: route.name)
_PREFIXES = {
    Surface.STAFF: (
        "/orders/",
        "/users/",
        "/verify-info/",
        "/sessions/",
        "/organizations/",
        "/clients/",
        "/static/",
    ),
    Surface.CUSTOMER: ("/api/",),
    Surface.ADMINISTRATION: ("/api/admin/",),
}


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(chalicelib.__path__, f"{chalicelib.__name__}.")
    return [importlib.import_module(module.name) for module in found]


@every_row
def test_a_row_is_answered_by_its_own_endpoint(route: Route) -> None:
    module, _, function = route.handler.rpartition(".")

    found = getattr(importlib.import_module(f"chalicelib.{module}"), function)

    assert isinstance(found, Endpoint)
    assert found.route is route


def test_every_endpoint_has_a_row() -> None:
    found = [
        value.route for module in _modules() for value in vars(module).values() if isinstance(value, Endpoint)
    ]

    assert sorted(route.name for route in found) == sorted(route.name for route in routes.ALL)


def test_every_row_of_the_module_is_listed() -> None:
    rows = [row for row in vars(routes).values() if isinstance(row, Route)]

    assert set(rows) == set(routes.ALL)
    assert len(rows) == len(routes.ALL)


@pytest.mark.parametrize("part", ["name", "handler"])
def test_rows_are_told_apart(part: str) -> None:
    values = [getattr(route, part) for route in routes.ALL]

    assert sorted(values) == sorted(set(values))


def test_a_method_and_path_are_one_row() -> None:
    patterns = [(route.method, re.sub(r"{\w+}", "{}", route.path)) for route in routes.ALL]

    assert len(set(patterns)) == len(patterns)


@every_row
def test_a_row_is_complete(route: Route) -> None:
    assert isinstance(route.permission, Permission)
    assert route.path.startswith(_PREFIXES[route.surface])
    assert not route.path.endswith("/")
    assert route.name == route.handler.rpartition(".")[2].replace("_", "-")
    assert (route.success == 204) <= (route.method in {"DELETE", "POST"})


@every_row
def test_a_row_names_an_organization_if_it_needs_a_right(route: Route) -> None:
    assert bool(rights_named_by(route)) <= (route.organization is not None)
    assert (route.organization is OrganizationIn.PATH) <= ("{organization}" in route.path)
    assert (route.organization is OrganizationIn.BODY) <= route.reads_body


@every_row
def test_a_row_that_only_looks_may_not_write(route: Route) -> None:
    assert (route.method == "GET") <= (route.table <= {Table.GET, Table.QUERY})


def test_the_application_registers_the_rows_and_nothing_else() -> None:
    registered = {(method, path) for path, entries in deployed.app.routes.items() for method in entries}

    assert registered == {(route.method, route.path) for route in routes.ALL}


def test_every_row_has_a_sample_request() -> None:
    lacking = [route.name for route in routes.ALL if route not in SAMPLES]

    assert lacking == [], "give these rows a builder in tests/support/samples.py"


def test_every_sample_request_has_a_row() -> None:
    assert [route.name for route in SAMPLES if route not in routes.ALL] == []


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


@every_row
def test_a_path_works_with_and_without_its_slash(scenes: Scenes, route: Route) -> None:
    scene = scenes.of(route)
    for ending in ("", "/"):
        visit = entitled(scene, route)
        sample = SAMPLES[route](visit.scene, visit.who)
        target = sample.target(route).rstrip("/") + ending

        answer = scene.world.call(route.method, target, sample.body, headers=visit.headers)

        assert answer.status == route.success, (target, answer.text)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/orders/"),
        ("GET", "/orders/order-x/1/"),
        ("GET", "/orders/order-c/"),
        ("POST", "/orders/order-l/1/"),
        ("GET", "/orders/order-r/1/1/1/"),
        ("GET", "/orders//order-r/1/"),
    ],
)
def test_what_no_row_answers_is_not_found(scenes: Scenes, method: str, path: str) -> None:
    scene = scenes.of("unknown")

    answer = scene.world.call(method, path, token=scene.world.token(scene.creator.id))

    assert (answer.status, answer.json) == (404, {"detail": "Not found.", "message": "not found"})
