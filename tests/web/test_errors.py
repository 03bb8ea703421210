"""Every error has its documented body on the surfaces where it can happen, and no body says more."""

import importlib
import json
import pkgutil
from typing import Any

import pytest

import chalicelib
from chalicelib import errors as domain_errors
from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from chalicelib.errors import DomainError, Throttled, Unavailable, ValidationFailed
from chalicelib.shop import errors as shop_errors
from chalicelib.web import errors, responses
from chalicelib.web.endpoint import Endpoint
from tests.support.refusals import REFUSALS, Credentials

FAMILIES = {"staff": errors.STAFF, "customer": errors.CUSTOMER}
ON_EVERY_SURFACE = {
    domain_errors.NotAuthenticated,
    domain_errors.TokenNotValid,
    domain_errors.SessionOver,
    domain_errors.PermissionDenied,
    domain_errors.NotFound,
    domain_errors.Throttled,
    domain_errors.Unavailable,
    domain_errors.ValidationFailed,
    domain_errors.BodyTooLarge,
    domain_errors.MalformedBody,
    domain_errors.NotAnObject,
    domain_errors.Unexpected,
    domain_errors.UnsupportedContentEncoding,
    domain_errors.UnsupportedMediaType,
    domain_errors.WrongParameter,
}
MADE_WITH: dict[type[DomainError], tuple[Any, ...]] = {
    Throttled: (7,),
    ValidationFailed: ({"name": ["This field is required."]},),
    domain_errors.UnsupportedContentEncoding: ("gzip",),
    domain_errors.UnsupportedMediaType: ("text/plain",),
    domain_errors.WrongParameter: ("limit", "Must be a whole number from 1 to 100."),
    domain_errors.TooManyMemberships: (1000,),
    shop_errors.WrongState: (("new", "to_pay"),),
}
NEVER_SAID = ("Traceback", "File ", "dynamo", "pynamo", "boto", "chalice", "table", "Exception", "gsi", "pk")
_CASES = [
    pytest.param(surface, kind, id=f"{surface}: {kind.__name__}")
    for surface, family in FAMILIES.items()
    for kind in family
]


def _all_errors(root: type[DomainError] = DomainError) -> set[type[DomainError]]:
    for module in pkgutil.walk_packages(chalicelib.__path__, f"{chalicelib.__name__}."):
        importlib.import_module(module.name)
    found = {kind for kind in root.__subclasses__() if kind.__module__.startswith("chalicelib.")}
    return found.union(*(_all_errors(kind) for kind in found))


def _made(kind: type[DomainError]) -> DomainError:
    return kind(*MADE_WITH.get(kind, ()))


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_every_error_that_an_endpoint_declares_has_words_on_its_surface(endpoint: Endpoint) -> None:
    assert set(endpoint.errors) - set(responses.ERROR_ANSWERS[endpoint.surface]) == set()


def test_every_error_can_happen_anywhere_or_is_declared_by_an_endpoint() -> None:
    declared = {error for endpoint in load_all() for error in endpoint.errors}

    assert _all_errors() - ON_EVERY_SURFACE == declared - ON_EVERY_SURFACE


def test_an_error_is_answered_as_the_one_that_it_derives_from() -> None:
    class OrderNotFound(domain_errors.NotFound):
        """Not found, more closely."""

    answer = responses.error_response(Surface.CUSTOMER, OrderNotFound())

    assert (answer.status_code, answer.body) == (404, '{"message":"not found"}')


def test_an_error_without_words_on_a_surface_is_its_500() -> None:
    answer = responses.error_response(Surface.CUSTOMER, domain_errors.RoleInUse())

    assert (answer.status_code, answer.body) == (500, '{"message":"Internal server error."}')


@pytest.mark.parametrize("surface", FAMILIES)
def test_what_can_happen_anywhere_is_mapped_on_every_surface(surface: str) -> None:
    assert ON_EVERY_SURFACE - set(FAMILIES[surface]) == set()


@pytest.mark.parametrize(("surface", "kind"), _CASES)
def test_a_body_is_json_in_the_form_of_its_surface_and_tells_nothing_of_the_inside(
    surface: str, kind: type[DomainError]
) -> None:
    answer = FAMILIES[surface][kind]

    body = answer.body(_made(kind))

    text = json.dumps(body)
    assert 400 <= answer.status < 600
    assert not [word for word in NEVER_SAID if word in text]
    if surface == "customer":
        assert list(body) in (["message"], ["code", "message"], ["message", "details"])
    elif kind not in (ValidationFailed, domain_errors.WrongParameter):
        assert next(iter(body)) == "detail"


@pytest.mark.parametrize(
    ("kind", "credentials"),
    [
        (domain_errors.NotAuthenticated, Credentials.NONE),
        (domain_errors.TokenNotValid, Credentials.INVALID),
        (domain_errors.SessionOver, Credentials.OVER),
        (domain_errors.PermissionDenied, Credentials.GOOD),
    ],
)
@pytest.mark.parametrize(("surface", "family"), [(Surface.STAFF, "staff"), (Surface.CUSTOMER, "customer")])
def test_a_refusal_is_worded_as_the_documents_word_it(
    surface: Surface, family: str, kind: type[DomainError], credentials: Credentials
) -> None:
    answer = FAMILIES[family][kind]

    assert (answer.status, answer.body(_made(kind))) == REFUSALS[surface][credentials]


def test_unavailable_tells_when_to_try_again() -> None:
    assert Unavailable().retry_after == 1
    assert (errors.STAFF[Unavailable].status, errors.CUSTOMER[Unavailable].status) == (503, 503)
