"""The API document with things that exist in the place of ids, so that requests get past 403 and 404."""

import copy
from collections.abc import Sequence
from typing import Any

from chalicelib.web.endpoint import Endpoint
from ops.docs import openapi
from ops.docs.components import Json
from ops.docs.naming import path
from tests.support.sample import Sample
from tests.support.world import NOTHING

_IDS = {"organization", "creator", "executor", "client", "service", "user", "role", "product"}
_SECRETS = {"refresh", "code", "type_code", "old_password"}
_CREDENTIALS = {"email", "username", "password"}
_EXAMPLES = 6


def document_of(endpoint: Endpoint, samples: Sequence[Sample]) -> Json:
    """Return the document of one operation.

    Ids, and secrets that nobody would guess, are the samples'; the first few samples are its examples.
    """
    document = copy.deepcopy(openapi.document())
    operation = document["paths"][path(endpoint)][endpoint.method.lower()]
    document["paths"] = {path(endpoint): {endpoint.method.lower(): operation}}
    without_the_gateway(operation)
    operation["responses"][str(endpoint.status)].pop("links", None)
    operation["parameters"] = [
        _known(_resolved(document, parameter), samples) for parameter in operation.get("parameters", [])
    ]
    bodies = [sample.body for sample in samples if sample.body is not NOTHING]
    if "requestBody" in operation and bodies:
        content = operation["requestBody"]["content"]["application/json"]
        signs_in = endpoint.who.public and endpoint.status == 200 and "password" in bodies[0]
        known = _IDS | _SECRETS | (_CREDENTIALS if signs_in else set())
        content["examples"] = _examples(bodies)
        content["schema"] = _of_bodies(_resolved(document, content["schema"]), bodies, known)
    return document


def without_the_gateway(operation: Json) -> None:
    """Drop what API Gateway answers by itself, which would make every status a declared one."""
    del operation["responses"]["default"]


def _resolved(document: Json, value: Json) -> Json:
    if "$ref" not in value:
        return value
    section, name = value["$ref"].split("/")[-2:]
    found: Json = document["components"][section][name]
    return found


def _known(parameter: Json, samples: Sequence[Sample]) -> Json:
    if parameter["in"] != "path":
        return parameter
    known = _different(sample.path[parameter["name"]] for sample in samples)
    return {**parameter, "schema": {"enum": known}, "examples": _examples(known)}


def _of_bodies(schema: Json, bodies: Sequence[Json], names: set[str]) -> Json:
    known = {
        name: {"enum": _different(body[name] for body in bodies)}
        for name in sorted(names.intersection(*bodies))
    }
    return {**schema, "properties": schema["properties"] | known}


def _examples(values: Sequence[Any]) -> Json:
    return {f"sample {number}": {"value": value} for number, value in enumerate(values[:_EXAMPLES])}


def _different(values: Any) -> list[Any]:
    return list({str(value): value for value in values}.values())
