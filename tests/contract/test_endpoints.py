"""What the endpoints declare is complete, and they are all there is."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import app as deployed
import chalicelib
from chalicelib.auth.customers import CustomerAuthentication
from chalicelib.auth.permissions import Permission
from chalicelib.auth.staff import StaffAuthentication
from chalicelib.contract import OrganizationIn, Surface, Use
from chalicelib.endpoints import load, load_all
from chalicelib.web.endpoint import Endpoint, OrganizationOf
from tests.contract.access.callers import rights_named_by
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.support.samples import SAMPLES
from tests.support.scene import Scenes

every_endpoint = pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
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


@every_endpoint
def test_an_endpoint_is_found_by_its_reference(endpoint: Endpoint) -> None:
    assert load(endpoint.reference) is endpoint


@pytest.mark.parametrize(
    "reference",
    ["chalicelib.orders.endpoints:no_such", "chalicelib.orders.store:add", "os:getcwd", "create_order", ""],
)
def test_what_is_no_endpoint_is_not_found(reference: str) -> None:
    with pytest.raises(LookupError, match="there is no endpoint"):
        load(reference)


def test_every_endpoint_of_every_module_is_listed_once() -> None:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(chalicelib.__path__, f"{chalicelib.__name__}.")
    ]
    found = {value for module in modules for value in vars(module).values() if isinstance(value, Endpoint)}

    assert found == set(load_all())
    assert len(found) == len(load_all())


@pytest.mark.parametrize("part", ["name", "reference"])
def test_endpoints_are_told_apart(part: str) -> None:
    values = [getattr(endpoint, part) for endpoint in load_all()]

    assert sorted(values) == sorted(set(values))


def test_a_method_and_path_are_one_endpoint() -> None:
    patterns = [(endpoint.method, re.sub(r"{\w+}", "{}", endpoint.path)) for endpoint in load_all()]

    assert len(set(patterns)) == len(patterns)


@every_endpoint
def test_a_declaration_is_complete(endpoint: Endpoint) -> None:
    assert isinstance(endpoint.who, Permission)
    assert endpoint.path.startswith(_PREFIXES[endpoint.surface])
    assert not endpoint.path.endswith("/")
    assert endpoint.summary.endswith(".")
    if endpoint.status == 204:
        assert endpoint.method in {"DELETE", "POST"}
        assert endpoint.answer is None
    else:
        assert endpoint.answer is not None


@every_endpoint
def test_who_is_calling_is_known_as_the_surface_knows_them(endpoint: Endpoint) -> None:
    known_by = endpoint.who.authentication

    if endpoint.who.public:
        assert known_by is None
    elif endpoint.surface is Surface.CUSTOMER:
        assert isinstance(known_by, CustomerAuthentication)
    else:
        assert isinstance(known_by, StaffAuthentication)


@every_endpoint
def test_an_endpoint_names_an_organization_if_it_needs_a_right(endpoint: Endpoint) -> None:
    if rights_named_by(endpoint):
        assert endpoint.organization is not None
    if endpoint.organization is OrganizationIn.PATH:
        assert "{organization}" in endpoint.path
    if isinstance(endpoint.organization, OrganizationOf):
        assert "{id}" in endpoint.path


@every_endpoint
def test_an_endpoint_that_only_looks_may_not_write(endpoint: Endpoint) -> None:
    if endpoint.method == "GET":
        assert endpoint.uses <= {Use.GET, Use.QUERY}


def test_the_application_registers_the_endpoints_and_nothing_else() -> None:
    registered = {(method, path) for path, entries in deployed.app.routes.items() for method in entries}

    assert registered == {(endpoint.method, endpoint.path) for endpoint in load_all()}


def test_every_endpoint_has_a_sample_request() -> None:
    lacking = [endpoint.name for endpoint in load_all() if endpoint not in SAMPLES]

    assert lacking == [], "give these endpoints a builder in tests/support/samples.py"


def test_every_sample_request_has_an_endpoint() -> None:
    assert [endpoint.name for endpoint in SAMPLES if endpoint not in load_all()] == []


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


@every_endpoint
def test_a_path_works_with_and_without_its_slash(scenes: Scenes, endpoint: Endpoint) -> None:
    scene = scenes.of(endpoint)
    for ending in ("", "/"):
        visit = entitled(scene, endpoint)
        sample = SAMPLES[endpoint](visit.scene, visit.who)
        target = sample.target(endpoint).rstrip("/") + ending

        answer = scene.world.call(endpoint.method, target, sample.body, headers=visit.headers)

        assert answer.status == endpoint.status, (target, answer.text)


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
def test_what_no_endpoint_answers_is_not_found(scenes: Scenes, method: str, path: str) -> None:
    scene = scenes.of("unknown")

    answer = scene.world.call(method, path, token=scene.world.token(scene.creator.id))

    assert (answer.status, answer.json) == (404, {"detail": "Not found.", "message": "not found"})
