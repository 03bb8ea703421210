"""A package: what `deploy` puts up for a stage, in memory and in a folder."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from ops import CommandError, one_line
from ops.deploy.package.stages import Stage

ARCHIVE = "archive.zip"
API_TEMPLATE = "api.json"
DATA_TEMPLATE = "data.json"
DOCS_TEMPLATE = "docs.json"
DOCS = "docs"
API_ADDRESS = "https://api.invalid"
"""Stands in the API reference for the API's address, which is not known before the API is deployed."""

Template = dict[str, Any]


class Docs(NamedTuple):
    """The API reference: the template of its stack, and its files."""

    template: Template
    files: dict[str, bytes]


class Package(NamedTuple):
    """A stage's archive, templates, and API reference if it has one."""

    stage: Stage
    archive: bytes
    api: Template
    data: Template
    docs: Docs | None = None


def write(package: Package, out: Path) -> None:
    """Write a package's files."""
    out.mkdir(parents=True, exist_ok=True)
    (out / ARCHIVE).write_bytes(package.archive)
    for name, template in ((API_TEMPLATE, package.api), (DATA_TEMPLATE, package.data)):
        (out / name).write_text(text_of(template), encoding="utf-8")
    if package.docs is not None:
        (out / DOCS_TEMPLATE).write_text(text_of(package.docs.template), encoding="utf-8")
        (out / DOCS).mkdir(exist_ok=True)
        for name, content in package.docs.files.items():
            (out / DOCS / name).write_bytes(content)


def read(stage: Stage, folder: Path) -> Package:
    """Return the package that was written into a folder.

    Raises:
        CommandError: it can't be read, or was made for another stage.
    """
    try:
        archive = (folder / ARCHIVE).read_bytes()
        api, data = (json.loads((folder / name).read_bytes()) for name in (API_TEMPLATE, DATA_TEMPLATE))
        docs = _read_docs(folder) if stage.docs else None
        made_for = data["Resources"]["Table"]["Properties"]["TableName"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CommandError(f"{folder} holds no package: {one_line(error)}") from error
    if made_for != stage.stack_name:
        raise CommandError(f"{folder} holds a package of {made_for}, not of {stage.stack_name}.")
    return Package(stage, archive, api, data, docs)


def _read_docs(folder: Path) -> Docs:
    template = json.loads((folder / DOCS_TEMPLATE).read_bytes())
    return Docs(template, {path.name: path.read_bytes() for path in sorted((folder / DOCS).iterdir())})


def text_of(template: Template) -> str:
    """Return a template as it is written: sorted, so that equal templates are equal texts."""
    return json.dumps(template, indent=1, sort_keys=True) + "\n"
