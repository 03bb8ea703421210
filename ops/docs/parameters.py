"""Parameters in paths and queries."""

from chalicelib.web import query
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.paging import MAX_PAGE_SIZE, Paging
from ops.docs.components import Components, Json
from ops.docs.naming import path_parameters

_ID: Json = {"type": "integer", "minimum": 1}
_UUID: Json = {"type": "string", "format": "uuid"}
_NAMED_BY = {"session-user-l": "user", "bucket": "line", "profile": "customer", "organization-rud": ""}
"""What an id in a path is the id of, where the part before it does not begin with the word for it."""

_ABOUT = {
    "done": "Only orders that are done, or with `false` only those that are not.",
    "service": "Only orders of this service.",
    "executor": "Only orders that this user is to execute.",
    "client": "Only orders for this client.",
    "name": "Only products whose name has a word that begins like this, whatever the case and the spelling.",
    "type": "Only products of just this type.",
    "status": "Only orders with this status.",
    "username": "Only the customer with this name, whatever the case and the spelling.",
    "email": "Only the customer with this email, whatever the case and the spelling.",
}


def of(endpoint: Endpoint, components: Components) -> list[Json]:
    """Return an endpoint's parameters, those of its path first."""
    return [
        *(_in_path(endpoint, name, components) for name in path_parameters(endpoint)),
        *([] if endpoint.query is None else _filters(endpoint.query, components)),
        *([] if endpoint.paging is None else _of_pages(endpoint.paging, components)),
    ]


def noun(endpoint: Endpoint, name: str) -> str:
    """Return what a parameter of the path is the id of: what it is called, or else what stands before it."""
    if name not in ("id", "uuid"):
        return name
    before = endpoint.path.partition(f"/{{{name}}}")[0].rpartition("/")[2]
    return _NAMED_BY.get(before) or before.partition("-")[0].removesuffix("s")


def _in_path(endpoint: Endpoint, name: str, components: Components) -> Json:
    what = noun(endpoint, name)
    parameter = {
        "name": name,
        "in": "path",
        "required": True,
        "description": f"The {what}'s {'uuid' if name == 'uuid' else 'id'}.",
        "schema": _UUID if name == "uuid" else _ID,
    }
    return components.refer("parameters", f"{what}.{name}", parameter)


def _filters(query_type: type, components: Components) -> list[Json]:
    return [
        {"name": name, "in": "query", "description": _ABOUT[name], "schema": parameter.schema()}
        for name, parameter in query.declared(query_type).items()
    ]


def _of_pages(paging: Paging, components: Components) -> list[Json]:
    size = {
        "name": paging.size_parameter,
        "in": "query",
        "description": "How many entries a page has at most.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": paging.default_size},
    }
    cursor = {
        "name": "cursor",
        "in": "query",
        "description": "Where the page begins: part of the address of a next or previous page, as it came.",
        "schema": {"type": "string"},
    }
    return [
        components.refer("parameters", paging.size_parameter, size),
        components.refer("parameters", "cursor", cursor),
    ]
