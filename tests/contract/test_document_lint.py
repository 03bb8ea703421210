"""The API document is well-formed, its examples fit, and it breaks nothing that a released one promised."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ops.docs import openapi
from ops.docs.components import Json
from tests.support.compatibility import broken, missed, redocly, told

Change = Callable[[Json], Any]

_DOCUMENT = openapi.document()


def _written(document: Json, path: Path) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _problems(document: Path) -> list[tuple[str, str]]:
    report = told(redocly("lint", str(document), "--format", "json", "--max-problems", "1000"))
    return [(problem["ruleId"], problem["location"][0]["pointer"]) for problem in report["problems"]]


def test_the_linter_finds_nothing_wrong() -> None:
    picture = "#/paths/~1static~1Users~1default-user-image.jpeg/get/responses"

    # Nobody can ask for the picture in a wrong way.
    assert _problems(openapi.FILE) == [("operation-4xx-response", picture)]


@pytest.mark.slow
def test_the_linter_finds_an_example_that_does_not_fit(tmp_path: Path) -> None:
    document = copy.deepcopy(_DOCUMENT)
    document["components"]["examples"]["Staff.NotFound"]["value"] = {"detail": 404}

    found = _problems(_written(document, tmp_path / "wrong.json"))

    assert {rule for rule, _ in found} == {"operation-4xx-response", "no-invalid-media-type-examples"}


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.stem.split("."))


def test_the_document_breaks_nothing_that_the_last_release_promised() -> None:
    released = max(openapi.RELEASES.glob("*.json"), key=_version)
    present = tuple(int(part) for part in openapi.VERSION.split("."))

    assert _version(released) <= present
    if present[0] == _version(released)[0]:
        assert broken(released, openapi.FILE) == []


def _schema(document: Json, name: str) -> Json:
    found: Json = document["components"]["schemas"][name]
    return found


def _get(document: Json, path: str) -> Json:
    found: Json = document["paths"][path]["get"]
    return found


_ORDERS, _ORDER = "/orders/order-l/{organization}/", "/orders/order-r/{id}/"

BREAKING: dict[str, tuple[Change, str]] = {
    "a path is gone": (
        lambda document: document["paths"].pop("/clients/client-c/"),
        "Path `/clients/client-c/` was removed.",
    ),
    "a method is gone": (
        lambda document: document["paths"]["/orders/order-ud/{id}/"].pop("patch"),
        "Operation `PATCH /orders/order-ud/{id}/` was removed.",
    ),
    "an operation has another name": (
        lambda document: _get(document, _ORDER).update(operationId="readOrder"),
        "`operationId` of operation",
    ),
    "a parameter is gone": (
        lambda document: _get(document, _ORDERS)["parameters"].pop(1),
        "`done` query parameter was removed.",
    ),
    "a parameter takes less": (
        lambda document: document["components"]["parameters"]["limit"]["schema"].update(maximum=50),
        "Upper bound changed from '<= 100' to '<= 50'.",
    ),
    "a field has to be given": (
        lambda document: _schema(document, "NewClient")["required"].append("surname"),
        "became required: `surname`.",
    ),
    "a field takes less": (
        lambda document: _schema(document, "NewOrder")["properties"]["description"].update(maxLength=100),
        "`maxLength` of `description` changed from '500' to '100'.",
    ),
    "a choice of a field is gone": (
        lambda document: _schema(document, "ProductStatus")["enum"].remove("sales"),
        "Enum of `status` lost values: 'sales'.",
    ),
    "a key of an answer is gone": (
        lambda document: _schema(document, "UserObject")["properties"].pop("surname"),
        "Property `surname` of `creator` was removed.",
    ),
    "a key of an answer may be absent": (
        lambda document: _schema(document, "UserObject")["required"].remove("surname"),
        "no longer required: `surname`.",
    ),
    "a key of an answer may be null": (
        lambda document: _schema(document, "UserObject")["properties"]["surname"].update(
            type=["string", "null"]
        ),
        "Type of `surname` widened from 'string' to 'string | null'.",
    ),
    "a key of an answer has another type": (
        lambda document: _schema(document, "UserObject")["properties"]["id"].update(type="string"),
        "Type of `id` widened from 'integer' to 'string'.",
    ),
    "an answer says what it never said": (
        lambda document: _schema(document, "ShopOrderStatus")["enum"].append("lost"),
        "Enum of `status` gained values: 'lost'.",
    ),
    "a status is gone": (
        lambda document: _get(document, _ORDER)["responses"].pop("404"),
        "Response `404` was removed.",
    ),
    "a header is gone": (
        lambda document: _get(document, _ORDERS)["responses"]["200"]["headers"].pop("Link"),
        "Response header `Link` was removed.",
    ),
    "credentials are asked for": (
        lambda document: _get(document, "/api/products").update(security=[{"CustomerToken": []}]),
        "Authentication became required.",
    ),
}
# What Redocly rates a patch: what ours is for.
MISSED: dict[str, tuple[Change, str]] = {
    "no credentials are asked for": (
        lambda document: _get(document, "/api/bucket").update(security=[]),
        "`security` changed at #/paths//api/bucket/get",
    ),
    "a pair is the other way round": (
        lambda document: _schema(document, "ShopOrderDetails")["prefixItems"].reverse(),
        "`prefixItems` changed at #/components/schemas/ShopOrderDetails",
    ),
    "a field is gone": (
        lambda document: _schema(document, "NewClient")["properties"].pop("surname"),
        "`surname` was removed at #/components/schemas/NewClient/properties",
    ),
    "a parameter has another default": (
        lambda document: document["components"]["parameters"]["limit"]["schema"].update(default=50),
        "`default` changed at #/components/parameters/limit/schema",
    ),
    "a header may be absent": (
        lambda document: document["components"]["headers"]["Retry-After"].update(required=False),
        "the header is no longer certain at #/components/headers/Retry-After",
    ),
}
HARMLESS: dict[str, Change] = {
    "an answer has a key more": lambda document: (
        _schema(document, "UserObject")["properties"].update(nickname={"type": "string"}),
        _schema(document, "UserObject")["required"].append("nickname"),
    ),
    "a field may be given": lambda document: _schema(document, "NewClient")["properties"].update(
        nickname={"type": "string"}
    ),
    "a field takes more": lambda document: _schema(document, "NewOrder")["properties"]["description"].update(
        maxLength=1000
    ),
    "a status for a new cause": lambda document: _get(document, _ORDER)["responses"].update(
        {"409": _get(document, _ORDER)["responses"]["404"]}
    ),
    "another description": lambda document: document["info"].update(description="Better words."),
}


def _changed(change: Change) -> Json:
    document = copy.deepcopy(_DOCUMENT)
    change(document)
    return document


@pytest.mark.slow
@pytest.mark.parametrize(("change", "verdict"), BREAKING.values(), ids=BREAKING)
def test_a_change_that_breaks_a_client_is_refused(tmp_path: Path, change: Change, verdict: str) -> None:
    found = broken(openapi.FILE, _written(_changed(change), tmp_path / "changed.json"))

    assert [message for message in found if verdict in message], found


@pytest.mark.parametrize(("change", "verdict"), MISSED.values(), ids=MISSED)
def test_a_change_that_redocly_lets_pass_is_refused(change: Change, verdict: str) -> None:
    assert list(missed(_DOCUMENT, _changed(change))) == [verdict]


@pytest.mark.slow
@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_a_change_that_breaks_nobody_passes(tmp_path: Path, change: Change) -> None:
    assert broken(openapi.FILE, _written(_changed(change), tmp_path / "changed.json")) == []
