"""Runs `chalice local` as its user does, beside `manage.py database`; nothing is left of either."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.deploy.emulate.launcher import Launch, Served, running
from ops.deploy.package.stages import ROOT
from tests.ops.local_command import bare_environment

_CHALICE = Path(sys.executable).with_name("chalice")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "deployed", "deployments", "venv")
_SETTINGS = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "PYTHONDONTWRITEBYTECODE": "1",  # each new file would make it start again
    "PYTHONUNBUFFERED": "1",
}


def checkout(folder: Path, database_url: str, **variables: str) -> None:
    """Copy what `chalice local` loads, with another address of the database and variables in its stage."""
    shutil.copy(ROOT / "app.py", folder)
    for name in (".chalice", "chalicelib", "ops"):
        shutil.copytree(ROOT / name, folder / name, ignore=_LEFT_OUT)
    path = folder / ".chalice" / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    changed = {"AWS_ENDPOINT_URL_DYNAMODB": database_url, **variables}
    config["stages"]["local"]["environment_variables"].update(changed)
    path.write_text(json.dumps(config), encoding="utf-8")


def stage_variables() -> dict[str, str]:
    """Return what the local stage sets."""
    config = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    variables: dict[str, str] = config["stages"]["local"]["environment_variables"]
    return variables


@contextmanager
def chalice_local(project: Path, *arguments: str) -> Iterator[Served]:
    """Run `chalice local` in a checkout until the block ends."""

    def launch(port: int, _: Path) -> Launch:
        command = [str(_CHALICE), "local", "--port", str(port), *arguments]
        return Launch(command, project, bare_environment() | _SETTINGS)

    with running("chalice-local", launch) as served:
        yield served


@contextmanager
def database() -> Iterator[Served]:
    """Run `manage.py database` until the block ends."""

    def launch(port: int, _: Path) -> Launch:
        command = [sys.executable, "manage.py", "database", "--port", str(port)]
        return Launch(command, ROOT, bare_environment())

    with running("database", launch) as served:
        yield served
