"""What an endpoint answers when something goes wrong: bodies and headers are those that the code sends."""

import json
from collections.abc import Iterable
from itertools import groupby

from chalicelib import errors
from chalicelib.auth.customers import CUSTOMER
from chalicelib.auth.staff import SIGNED_IN
from chalicelib.contract import Surface
from chalicelib.errors import DomainError
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.errors import Answer
from chalicelib.web.responses import answer_to
from ops.docs import examples, headers
from ops.docs.advice import ADVICE
from ops.docs.components import Components, Json

_BODY = (
    errors.MalformedBody,
    errors.NotAnObject,
    errors.UnsupportedMediaType,
    errors.UnsupportedContentEncoding,
    errors.BodyTooLarge,
)
_CREDENTIALS = (errors.NotAuthenticated, errors.TokenNotValid, errors.SessionOver)
_DETAIL = {"type": "string", "description": "What is wrong, in a sentence."}
_MESSAGES = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_FIELD_ERRORS = {
    "type": "object",
    "description": "What is wrong with each field, by its name.",
    "additionalProperties": _MESSAGES,
    "minProperties": 1,
}


def possible(endpoint: Endpoint) -> list[type[DomainError]]:
    """Return what can go wrong: what is declared, and what follows from the endpoint's kind."""
    found: list[type[DomainError]] = []
    if endpoint.who.authentication is not None:
        found += _CREDENTIALS
        if endpoint.who not in (SIGNED_IN, CUSTOMER):
            found.append(errors.PermissionDenied)
    if endpoint.reads_body:
        found += _BODY
    if endpoint.takes is not None:
        found.append(errors.ValidationFailed)
    if endpoint.query is not None or endpoint.paging is not None:
        found.append(errors.WrongParameter)
    if endpoint.uses:
        found.append(errors.Unavailable)
    return list(dict.fromkeys([*found, *endpoint.errors, errors.Unexpected]))


def responses(endpoint: Endpoint, components: Components) -> dict[str, Json]:
    """Return the responses to what can go wrong, by status."""

    def status(kind: type[DomainError]) -> int:
        return _answer(endpoint.surface, kind).status

    by_status = groupby(sorted(possible(endpoint), key=status), status)
    return {str(number): _response(endpoint, number, list(kinds), components) for number, kinds in by_status}


def _response(
    endpoint: Endpoint, status: int, kinds: list[type[DomainError]], components: Components
) -> Json:
    surface, form = endpoint.surface, _form(endpoint.surface)
    known = [body(surface, kind) for kind in kinds]
    printed = {
        key: example
        for key, example in examples.of_answers(endpoint, status).items()
        if example["value"] not in known
    }
    schemas = {str(schema): schema for schema in (_schema(form, kind, components) for kind in kinds)}
    response = {
        "description": _described(kinds),
        "headers": headers.named({"Cache-Control", *_headers(surface, kinds)}, components),
        "content": {
            "application/json": {
                "schema": _any_of(list(schemas.values())),
                "examples": {
                    **{kind.__name__: _example(surface, kind, components) for kind in kinds},
                    **printed,
                },
            }
        },
    }
    if printed:
        return response
    name = ".".join([f"{form}{status}", *(kind.__name__ for kind in kinds)])
    return components.refer("responses", name, response)


def _any_of(schemas: list[Json]) -> Json:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _form(surface: Surface) -> str:
    return "Staff" if surface is Surface.STAFF else "Shop"


def sample(kind: type[DomainError]) -> DomainError:
    """Return an error as the document shows it."""
    return kind(*ADVICE[kind].sample)


def _answer(surface: Surface, kind: type[DomainError]) -> Answer:
    answer = answer_to(surface, kind)
    if answer is None:
        raise ValueError(f"the {surface.value} surface has no words for {kind.__name__}")
    return answer


def body(surface: Surface, kind: type[DomainError]) -> Json:
    """Return the body that a surface answers an error with."""
    return _answer(surface, kind).body(sample(kind))


def _headers(surface: Surface, kinds: Iterable[type[DomainError]]) -> set[str]:
    sent = [set(_answer(surface, kind).headers(sample(kind))) for kind in kinds]
    assert all(names == sent[0] for names in sent), "errors of one status carry the same headers"
    return sent[0]


def _described(kinds: list[type[DomainError]]) -> str:
    whens = list(dict.fromkeys(ADVICE[kind].when for kind in kinds))
    return whens[0] if len(whens) == 1 else "\n".join(f"- {when}" for when in whens)


def _example(surface: Surface, kind: type[DomainError], components: Components) -> Json:
    advice = ADVICE[kind]
    example = {"summary": advice.when, "description": advice.what_to_do, "value": body(surface, kind)}
    return components.refer("examples", f"{_form(surface)}.{kind.__name__}", example)


def _schema(form: str, kind: type[DomainError], components: Components) -> Json:
    if form == "Staff":
        return _staff_schema(kind, components)
    keys = tuple(body(Surface.CUSTOMER, kind))
    properties: Json = {"message": _DETAIL}
    if "code" in keys:
        properties = {"code": _codes(components), **properties}
    if "details" in keys:
        properties["details"] = _field_errors(components)
    name = {("message",): "Message", ("code", "message"): "CodedMessage"}.get(keys, "InvalidFields")
    return components.refer("schemas", name, _object(_ABOUT[name], properties))


_ABOUT = {
    "Message": "What is wrong.",
    "CodedMessage": "What is wrong, with a number to tell it by.",
    "InvalidFields": "What is wrong with fields or parameters.",
    "Detail": "What is wrong.",
    "InvalidToken": "What is wrong with a token.",
}


def _staff_schema(kind: type[DomainError], components: Components) -> Json:
    shown = body(Surface.STAFF, kind)
    if "detail" not in shown:
        return _field_errors(components)
    if "code" not in shown:
        return components.refer("schemas", "Detail", _object(_ABOUT["Detail"], {"detail": _DETAIL}))
    about = {name: {"type": "string"} for name in shown["messages"][0]}
    properties = {
        "detail": _DETAIL,
        "code": {"type": "string", "const": shown["code"]},
        "messages": {"type": "array", "items": _object("One reason.", about)},
    }
    return components.refer("schemas", "InvalidToken", _object(_ABOUT["InvalidToken"], properties))


def _field_errors(components: Components) -> Json:
    return components.refer("schemas", "FieldErrors", _FIELD_ERRORS)


def _object(description: str, properties: Json) -> Json:
    # Open: what API Gateway answers by itself has the members of both surfaces.
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def _codes(components: Components) -> Json:
    meanings: dict[int, list[str]] = {}
    for kind in filter(_is_coded, ADVICE):
        meanings.setdefault(body(Surface.CUSTOMER, kind)["code"], []).append(ADVICE[kind].when)
    listed = "\n".join(f"- `{code}`: {' '.join(meanings[code])}" for code in sorted(meanings))
    # No `enum`: clients must tolerate codes that they don't know.
    schema = {
        "type": "integer",
        "description": f"Tells errors apart that have one status.\n\n{listed}",
        "examples": [min(meanings)],
    }
    return components.refer("schemas", "ErrorCode", schema)


def _is_coded(kind: type[DomainError]) -> bool:
    return kind.__module__ == "chalicelib.shop.errors" and "code" in body(Surface.CUSTOMER, kind)


def from_gateway(components: Components) -> Json:
    """Return what API Gateway answers by itself, in the form of both surfaces."""
    members = {"detail": _DETAIL, "message": _DETAIL}
    schema = components.refer("schemas", "GatewayError", _object("What API Gateway says by itself.", members))
    response = {
        "description": (
            "API Gateway answers by itself: 404 no such path or method, 413 more than 10 MB, 429 too many"
            " requests for the stage, 502 and 504 no answer from the function."
        ),
        "headers": {
            "Retry-After": {**headers.HEADERS["Retry-After"], "required": False},
            **headers.named(["Cache-Control"], components),
        },
        "content": {
            "application/json": {
                "schema": schema,
                "example": {"detail": "Not found.", "message": "not found"},
            }
        },
    }
    return components.refer("responses", "Gateway", response)


def table() -> str:
    """Return what can go wrong as Markdown, an error a line, by status."""
    rows = sorted((_row(kind) for kind in ADVICE), key=lambda row: row[0])
    lines = [f"| {' | '.join(cells)} |" for _, cells in rows]
    head = "| staff | shop | body | happens when | what to do |\n|---|---|---|---|---|\n"
    return f"## Errors, one by one\n\n{head}" + "\n".join(lines) + "\n"


def _row(kind: type[DomainError]) -> tuple[int, list[str]]:
    answers = [answer_to(surface, kind) for surface in (Surface.STAFF, Surface.CUSTOMER)]
    statuses = ["" if answer is None else str(answer.status) for answer in answers]
    shown = next(answer for answer in reversed(answers) if answer is not None)
    first = json.dumps(shown.body(sample(kind)), ensure_ascii=False)
    return shown.status, [*statuses, f"`{first}`", ADVICE[kind].when, ADVICE[kind].what_to_do]
