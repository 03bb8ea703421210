"""The OpenAPI 3.1 document of every endpoint, made from what the endpoints declare.

It is made of what the code itself checks and answers with, and of nothing else: a change of the code is a
change of the document, and a test tells when the committed one is stale.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops.docs import errors, naming, operations, tags
from ops.docs.components import Components, Json
from ops.docs.examples import HOST

FOLDER = Path(__file__).parents[2] / "docs" / "api"
FILE = FOLDER / "openapi.json"
RELEASES = FOLDER / "releases"
GUIDE = FOLDER / "guide.md"

VERSION = "1.0.0"
"""What may change within it: docs/api/guide.md, "Versions"."""


def document(server: str = HOST) -> Json:
    """Return the document.

    Args:
        server: the address of the API that it describes.
    """
    components = Components()
    paths = _paths(load_all(), components)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Orders and shop",
            "version": VERSION,
            "summary": "Service organizations' orders, and a shop.",
            "description": f"{_guide()}\n{errors.table()}",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "tags": tags.chapters(),
        "x-tagGroups": tags.parts(),
        "paths": paths,
        "components": {**components.as_json(), "securitySchemes": _SECURITY},
    }


def text(server: str = HOST) -> str:
    """Return the document as the file that is committed, or served."""
    return json.dumps(document(server), ensure_ascii=False, indent=1) + "\n"


def write() -> None:
    """Write the committed document."""
    FILE.write_text(text(), encoding="utf-8")


def release() -> None:
    """Write the committed document, and keep it under its version: later ones must not break it."""
    write()
    RELEASES.mkdir(exist_ok=True)
    (RELEASES / f"{VERSION}.json").write_text(text(), encoding="utf-8")


def _paths(described: Iterable[Endpoint], components: Components) -> Json:
    paths: dict[str, Any] = {}
    for endpoint in described:
        path = paths.setdefault(naming.path(endpoint), {})
        path[endpoint.method.lower()] = operations.operation(endpoint, components)
    return paths


def _guide() -> str:
    """Return the guide without its title, which is the document's."""
    return GUIDE.read_text(encoding="utf-8").partition("\n")[2].strip() + "\n"


_SECURITY: Json = {
    operations.STAFF_TOKEN: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of a staff account, from `POST /users/auth/token/`.",
    },
    operations.CUSTOMER_TOKEN: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of a customer, from `POST /api/login`.",
    },
}
