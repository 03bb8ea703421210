"""Runs `chalice package` on a clean copy of what is deployed."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from chalice.package import YAMLTemplateSerializer

from ops import CommandError
from ops.deploy.package.package import Template
from ops.deploy.package.stages import ROOT

_DEPLOYED = ("app.py", "chalicelib", "requirements.txt", ".chalice")
_UNDEPLOYED = shutil.ignore_patterns("__pycache__", "*.pyc", "deployed", "deployments", "venv")
_MERGED = Path(".chalice") / "api.yml"


class Build(NamedTuple):
    """What Chalice makes: the archive, and the template of one function that serves every route."""

    archive: bytes
    template: Template


def chalice_package(stage: str, root: Path = ROOT, *, single: bool = False) -> Build:
    """Run `chalice package` for a stage.

    Args:
        stage: its name in `.chalice/config.json`.
        root: the checkout.
        single: leave out the merge template, for a stack of one function.

    Raises:
        CommandError: Chalice fails; what it said is in the message.
    """
    with _clean_copy(root) as project:
        out = project / "out"
        options = [] if single else ["--merge-template", str(_MERGED)]
        _run(["package", "--stage", stage, *options, str(out)], project)
        template = out / ("sam.json" if single else "sam.yaml")
        return Build((out / "deployment.zip").read_bytes(), read_template(template))


def read_template(path: Path) -> Template:
    """Return a template in JSON or YAML, with CloudFormation's short forms (`!Ref`) written out."""
    text = path.read_text(encoding="utf-8")
    loaded = (
        json.loads(text)
        if path.suffix == ".json"
        else YAMLTemplateSerializer().load_template(text, str(path))
    )
    template: Template = json.loads(json.dumps(loaded))
    return template


@contextmanager
def _clean_copy(root: Path) -> Iterator[Path]:
    """A copy of what is deployed, without what a work tree leaves lying about."""
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        project = Path(folder) / "project"
        project.mkdir()
        for name in _DEPLOYED:
            source = root / name
            if source.is_dir():
                shutil.copytree(source, project / name, ignore=_UNDEPLOYED)
            else:
                shutil.copy(source, project / name)
        yield project


def _run(arguments: list[str], project: Path) -> None:
    # Chalice wants a region to look up the name of Lambda's service principal, which is the same in all of
    # them.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {
        **kept,
        "AWS_DEFAULT_REGION": "eu-central-1",
        "PIP_REQUIRE_HASHES": "1",  # Chalice calls pip
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-c", "from chalice.cli import main; raise SystemExit(main())", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode or "Could not install dependencies" in ran.stdout:
        lines = (ran.stderr or ran.stdout).strip().splitlines()
        raise CommandError(f"chalice package failed: {' '.join(lines[-3:])}")
