"""Python types of the document's schemas."""

from __future__ import annotations

import keyword
from typing import Any

from ops.docs.components import Json

HEAD = '''"""The bodies that the API takes, and the answers that it gives. Made by `manage.py clients`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict
'''
_SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def module(schemas: Json) -> str:
    """Return the module of these schemas; aliases of what has to be there already come last."""
    aliases = {name: schema for name, schema in schemas.items() if "properties" not in schema}
    pairs = [_alias(name, schema) for name, schema in aliases.items() if "prefixItems" in schema]
    simple = [_alias(name, schema) for name, schema in aliases.items() if "prefixItems" not in schema]
    classes = [_class(name, schema) for name, schema in schemas.items() if name not in aliases]
    return "\n".join([HEAD, *simple, *classes, *pairs])


def hint(schema: Json) -> str:
    """Return the annotation of a schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(hint(choice) for choice in schema["anyOf"]))
    if "const" in schema or "enum" in schema:
        return f"Literal[{', '.join(_quoted(value) for value in schema.get('enum', [schema.get('const')]))}]"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(_of_kind(kind, schema) for kind in kinds)


def _of_kind(kind: str, schema: Json) -> str:
    if "prefixItems" in schema:
        return f"tuple[{', '.join(hint(part) for part in schema['prefixItems'])}]"
    if kind == "array":
        return f"list[{hint(schema['items'])}]"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {hint(values) if isinstance(values, dict) else 'Any'}]"
    return _SIMPLE[kind]


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _alias(name: str, schema: Json) -> str:
    return f"\n{name}: TypeAlias = {hint(schema)}\n" + _docstring(schema, "")


def _class(name: str, schema: Json) -> str:
    required = schema.get("required", [])
    fields = {
        field: hint(part) if field in required else f"NotRequired[{hint(part)}]"
        for field, part in schema["properties"].items()
    }
    odd = [field for field in fields if not field.isidentifier() or keyword.iskeyword(field)]
    if odd:
        raise ValueError(f"{name} has keys that no class can have: {odd}")
    lines = "".join(f"    {field}: {text}\n" for field, text in fields.items())
    return f"\nclass {name}(TypedDict):\n{_docstring(schema, '    ')}\n{lines}"


def _docstring(schema: Json, indent: str) -> str:
    described = schema.get("description")
    if described is None:
        return ""
    return f'{indent}"""{described}\n{indent}"""\n' if "\n" in described else f'{indent}"""{described}"""\n'
