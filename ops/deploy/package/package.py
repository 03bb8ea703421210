"""A package: what `deploy` puts up for a stage, in memory and in a folder."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from ops import CommandError, one_line
from ops.deploy.package.stages import Stage

ARCHIVE = "archive.zip"
API_TEMPLATE = "api.json"
DATA_TEMPLATE = "data.json"

Template = dict[str, Any]


class Package(NamedTuple):
    """A stage's archive and templates."""

    stage: Stage
    archive: bytes
    api: Template
    data: Template


def write(package: Package, out: Path) -> None:
    """Write a package's three files."""
    out.mkdir(parents=True, exist_ok=True)
    (out / ARCHIVE).write_bytes(package.archive)
    for name, template in ((API_TEMPLATE, package.api), (DATA_TEMPLATE, package.data)):
        (out / name).write_text(text_of(template), encoding="utf-8")


def read(stage: Stage, folder: Path) -> Package:
    """Return the package that was written into a folder.

    Raises:
        CommandError: it can't be read, or was made for another stage.
    """
    try:
        archive = (folder / ARCHIVE).read_bytes()
        api, data = (json.loads((folder / name).read_bytes()) for name in (API_TEMPLATE, DATA_TEMPLATE))
        made_for = data["Resources"]["Table"]["Properties"]["TableName"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CommandError(f"{folder} holds no package: {one_line(error)}") from error
    if made_for != stage.stack_name:
        raise CommandError(f"{folder} holds a package of {made_for}, not of {stage.stack_name}.")
    return Package(stage, archive, api, data)


def text_of(template: Template) -> str:
    """Return a template as it is written: sorted, so that equal templates are equal texts."""
    return json.dumps(template, indent=1, sort_keys=True) + "\n"
