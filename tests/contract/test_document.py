"""The API document is that of the code, and has all that the specification's documents print."""

import json
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from chalicelib.errors import RoleInUse
from chalicelib.web import errors as web_errors
from chalicelib.web.endpoint import Endpoint
from ops.docs import errors, openapi
from ops.docs.advice import ADVICE
from ops.docs.components import Json
from ops.docs.examples import EXCHANGES, HOST
from ops.docs.exchanges.exchange import Exchange
from ops.docs.naming import answers, operation_id, path, path_parameters
from tests.documents.difference import difference

DOCUMENT = openapi.document()


def _operation(endpoint: Endpoint) -> Json:
    found: Json = DOCUMENT["paths"][path(endpoint)][endpoint.method.lower()]
    return found


def _resolved(value: Json) -> Json:
    if "$ref" not in value:
        return value
    section, name = value["$ref"].split("/")[-2:]
    found: Json = DOCUMENT["components"][section][name]
    return found


def test_the_committed_document_is_the_one_that_the_code_makes() -> None:
    written = openapi.FILE.read_text(encoding="utf-8")

    assert written == openapi.text(), "run `.venv/bin/python manage.py openapi --write`"


def test_the_document_is_the_same_each_time_it_is_made() -> None:
    assert openapi.text() == openapi.text()


def test_every_endpoint_is_an_operation_and_nothing_else_is() -> None:
    operations = [
        operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()
    ]

    assert sorted(operations) == sorted(operation_id(endpoint) for endpoint in load_all())
    assert len(set(operations)) == len(operations)


def test_every_error_has_advice_for_who_meets_it() -> None:
    assert set(ADVICE) == set(web_errors.STAFF) | set(web_errors.CUSTOMER)


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_documents_is_an_example(exchange: Exchange) -> None:
    endpoint = next(one for one in load_all() if answers(one, exchange.method, exchange.path))
    operation = _operation(endpoint)

    response = _resolved(operation["responses"][str(exchange.status)])

    assert exchange.response_body is None or any(
        difference(exchange.response(HOST), _resolved(example)["value"]) is None
        for example in response["content"]["application/json"]["examples"].values()
    )
    if exchange.request_body is not None and exchange.status < 300:
        sent = operation["requestBody"]["content"]["application/json"]["examples"].values()
        assert exchange.request() in [example["value"] for example in sent]


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_an_operation_leads_to_operations_that_take_what_it_gives(endpoint: Endpoint) -> None:
    taken = {operation_id(one): path_parameters(one) for one in load_all()}

    for response in _operation(endpoint)["responses"].values():
        for link in _resolved(response).get("links", {}).values():
            assert list(link["parameters"]) == taken[link["operationId"]]


def test_no_component_is_left_that_nothing_refers_to() -> None:
    text = json.dumps(DOCUMENT)

    unused = [
        f"{section}/{name}"
        for section, named in DOCUMENT["components"].items()
        for name in named
        if section != "securitySchemes" and f'"#/components/{section}/{name}"' not in text
    ]

    assert unused == []


def _schemas(value: Any) -> list[Json]:
    if isinstance(value, list):
        return [schema for part in value for schema in _schemas(part)]
    if not isinstance(value, dict):
        return []
    return [value, *(schema for part in value.values() for schema in _schemas(part))]


def test_every_example_of_a_schema_fits_it() -> None:
    for name, component in DOCUMENT["components"]["schemas"].items():
        for schema in _schemas(component):
            for example in schema.get("examples", []):
                validator = Draft202012Validator({**schema, "components": DOCUMENT["components"]})
                assert validator.is_valid(example), (name, example)


def test_an_error_that_a_surface_has_no_words_for_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="the customer surface has no words for RoleInUse"):
        errors.body(Surface.CUSTOMER, RoleInUse)
