"""One operation of the document: everything about one endpoint."""

import re
from typing import Any, get_args, get_origin

from chalice.app import Response

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.table.paging import Page
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.paging import Counted
from ops.docs import errors, examples, headers, links, naming, parameters, schemas, tags
from ops.docs.components import Components, Json

STAFF_TOKEN, CUSTOMER_TOKEN = "StaffToken", "CustomerToken"


def operation(endpoint: Endpoint, components: Components) -> Json:
    """Return the operation of an endpoint."""
    found: Json = {
        "operationId": naming.operation_id(endpoint),
        "tags": [tags.of(endpoint)],
        "summary": endpoint.summary.removesuffix("."),
        "description": _described(endpoint),
        "security": _security(endpoint),
        "parameters": parameters.of(endpoint, components),
        "requestBody": _body(endpoint, components) if endpoint.reads_body else None,
        "responses": {
            str(endpoint.status): _success(endpoint, components),
            **errors.responses(endpoint, components),
            "default": errors.from_gateway(components),
        },
    }
    return {name: value for name, value in found.items() if value not in (None, [], "") or name == "security"}


def _described(endpoint: Endpoint) -> str:
    more = (endpoint.function.__doc__ or "").partition("\n")[2].strip()
    who = "Who may call: " + re.sub(r"right (\w+)", r"right `\1`", endpoint.who.name) + "."
    return f"{more}\n\n{who}" if more else who


def _security(endpoint: Endpoint) -> list[Json]:
    authentication = endpoint.who.authentication
    if authentication is None:
        return []
    return [{CUSTOMER_TOKEN if authentication.audience == CUSTOMER_AUDIENCE else STAFF_TOKEN: []}]


def _body(endpoint: Endpoint, components: Components) -> Json:
    schema = schemas.of_body(endpoint, components)
    return {
        "required": bool(components.resolved(schema).get("required")),
        "content": {"application/json": _with_examples(schema, examples.of_bodies(endpoint))},
    }


def _success(endpoint: Endpoint, components: Components) -> Json:
    answer = endpoint.answer
    found: Json = {"description": "Done; there is no body."}
    sent = set[str]() if endpoint.public_get else {"Cache-Control"}
    if isinstance(answer, type) and issubclass(answer, Response):
        sent = {"Cache-Control"}
        found = {"description": "The picture.", "content": {"image/jpeg": {}}}
    elif answer is not None:
        sent |= {"Link"} if get_origin(answer) is Page else set()
        schema = _schema(answer, components)
        found = {
            "description": components.resolved(schema).get("description", "A page of the list."),
            "content": {
                "application/json": _with_examples(schema, examples.of_answers(endpoint, endpoint.status))
            },
        }
    links_of = links.of(endpoint)
    return {
        "description": found.pop("description"),
        "headers": headers.named(sent, components),
        **found,
        **({"links": links_of} if links_of else {}),
    }


def _schema(answer: Any, components: Components) -> Json:
    origin = get_origin(answer)
    if origin is Page:
        return {"type": "array", "items": schemas.of_type(get_args(answer)[0], components)}
    if origin is Counted:
        return schemas.of_envelope(get_args(answer)[0], components)
    return schemas.of_type(answer, components)


def _with_examples(schema: Json, found: Json) -> Json:
    return {"schema": schema, **({"examples": found} if found else {})}
