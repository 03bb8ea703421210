"""JSON schemas of answers, from their types, and of bodies, from the fields of inputs."""

import inspect
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    NotRequired,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from chalicelib.contract import OrganizationIn
from chalicelib.shop.orders.model import PAYMENTS, STATUSES
from chalicelib.shop.orders.schemas import Payment as PaymentField
from chalicelib.shop.products.model import PRODUCT_STATUSES
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.fields import UNSET, Field, PrimaryKey, declared
from chalicelib.web.paging import Envelope
from chalicelib.web.values import Schema
from ops.docs.components import Components, Json

_ENUMERATIONS = {
    PRODUCT_STATUSES: "ProductStatus",
    STATUSES: "ShopOrderStatus",
    tuple(sorted(PAYMENTS)): "Payment",
}
"""Names of their own, so that a generated client has one type for each."""

_PRIMITIVES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def of_type(hint: Any, components: Components) -> Json:
    """Return the schema of a type that answers are made of.

    Raises:
        TypeError: answers are not made of such a type.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:], components)
    if origin in (Union, UnionType):
        return nullable(_of_union(arguments, components))
    if origin is list:
        return {"type": "array", "items": of_type(arguments[0], components)}
    if origin is tuple:
        return _of_tuple([of_type(part, components) for part in arguments])
    if origin is dict:
        keys, values = (of_type(part, components) for part in arguments)
        names = {"propertyNames": keys} if keys != {"type": "string"} else {}
        return {"type": "object", **names, **({"additionalProperties": values} if values else {})}
    if is_typeddict(hint):
        return _of_typed_dict(hint, components)
    if hint is Any:
        return {}
    if hint not in _PRIMITIVES:
        raise TypeError(f"answers are not made of {hint}")
    return {"type": _PRIMITIVES[hint]}


def _annotated(hint: Any, metadata: tuple[Any, ...], components: Components) -> Json:
    schema = of_type(hint, components)
    return named(schema | next(part for part in metadata if isinstance(part, Schema)).keywords, components)


def named(schema: Json, components: Components) -> Json:
    """Return the schema with references in the place of what has a title, at any depth."""
    found = {key: _named_in(value, components) for key, value in schema.items()}
    if tuple(found.get("enum", ())) in _ENUMERATIONS:
        found["title"] = _ENUMERATIONS[tuple(found["enum"])]
    if "title" not in found:
        return found
    return components.refer("schemas", found.pop("title"), found)


def _named_in(value: Any, components: Components) -> Any:
    if isinstance(value, dict):
        return named(value, components)
    return [_named_in(part, components) for part in value] if isinstance(value, list | tuple) else value


def _of_union(arguments: tuple[Any, ...], components: Components) -> Json:
    kept = [part for part in arguments if part is not NoneType]
    if len(kept) != 1 or len(kept) == len(arguments):
        raise TypeError(f"answers are not made of {arguments}")
    return of_type(kept[0], components)


def nullable(schema: Json) -> Json:
    """Return the schema of the same or null."""
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]} if schema else {}


def _of_tuple(parts: list[Json]) -> Json:
    # No `items: false`: generators of clients refuse the whole document for it
    # (https://github.com/openapi-generators/openapi-python-client/issues/1229).
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def _of_typed_dict(hint: Any, components: Components) -> Json:
    hints = get_type_hints(hint, include_extras=True)
    return components.refer("schemas", hint.__name__, _object(hint, hints, components))


def _object(hint: Any, hints: dict[str, Any], components: Components) -> Json:
    required = [name for name in hints if name in hint.__required_keys__]
    properties = {
        name: of_type(get_args(part)[0] if get_origin(part) is NotRequired else part, components)
        for name, part in hints.items()
    }
    return {
        "type": "object",
        "description": inspect.cleandoc(hint.__doc__),
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def of_envelope(results: Any, components: Components) -> Json:
    """Return the schema of a page that has these results."""
    held = get_args(results)[-1]
    hints = {
        name: results if isinstance(part, TypeVar) else part
        for name, part in get_type_hints(Envelope, include_extras=True).items()
    }
    return components.refer("schemas", f"{held.__name__}Page", _object(Envelope, hints, components))


def of_body(endpoint: Endpoint, components: Components) -> Json:
    """Return the schema of an endpoint's body: its input's fields, and the organization."""
    properties: Json = {}
    required = []
    if endpoint.organization_in_body:
        properties["organization"] = _organization(endpoint, components)
        required.append("organization")
    if endpoint.takes is not None:
        for name, (field, needed) in declared(endpoint.takes).items():
            properties[name] = _of_field(field, components) | _default(endpoint.takes, name)
            if needed and not endpoint.partial:
                required.append(name)
    schema = {
        "type": "object",
        "description": _description(endpoint),
        "properties": properties,
        **({"required": required} if required else {}),
    }
    return components.refer("schemas", _body_name(endpoint), schema)


def _organization(endpoint: Endpoint, components: Components) -> Json:
    one = named(PrimaryKey().schema(), components)
    if endpoint.organization is OrganizationIn.BODY:
        return one
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": 1}]}


def _of_field(field: Field, components: Components) -> Json:
    schema = named(field.schema(), components)
    # A payment of null is read, but only to be refused in words of its own.
    return nullable(schema) if field.null and not isinstance(field, PaymentField) else schema


def _default(input_type: Any, name: str) -> Json:
    default = next(field.default for field in fields(input_type) if field.name == name)
    return {} if default in (MISSING, UNSET) else {"default": default}


def _description(endpoint: Endpoint) -> str:
    if endpoint.takes is None:
        return "Names the organization in which the right is needed."
    text = inspect.cleandoc(endpoint.takes.__doc__ or "")
    return f"{text} What is absent stays as it is." if endpoint.partial else text


def _body_name(endpoint: Endpoint) -> str:
    if endpoint.takes is None:
        in_list = endpoint.organization is OrganizationIn.BODY_OR_LIST
        return "InOrganizationOrList" if in_list else "InOrganization"
    return f"Partial{endpoint.takes.__name__}" if endpoint.partial else endpoint.takes.__name__
