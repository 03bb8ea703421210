"""Builds the TypeScript client in a scratch folder, and runs programs that use it as its users do."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ops.deploy.emulate.installation import EngineMissing, install, locked, scratch
from ops.deploy.package.stages import ROOT
from ops.docs import openapi

FOLDER = ROOT / "clients" / "typescript"
LOCK = FOLDER / "package-lock.json"
NAME = "orders-and-shop-client"

_MADE = shutil.ignore_patterns("node_modules", "dist", "schema.ts", "*.tgz")


@dataclass(frozen=True)
class Consumer:
    """A project in which the client's archive is installed."""

    folder: Path
    archive: Path

    @property
    def packed(self) -> set[str]:
        """The files in the archive."""
        with tarfile.open(self.archive) as files:
            return {name.removeprefix("package/") for name in files.getnames()}

    def run(self, *command: str, **variables: str) -> str:
        """Run a command, which has to succeed, and return what it prints."""
        return _run(self.folder, *command, **variables)

    def compile(self) -> None:
        """Check the types of the programs, and compile them to `build`."""
        self.run("node", "node_modules/typescript/bin/tsc", "--project", ".")


def tools() -> Path:
    """Return the folder of the locked packages, installed unless an earlier run has.

    Raises:
        EngineMissing: they can't be had.
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise EngineMissing("the TypeScript client is built with node and npm, which are not installed")
    name = f"typescript-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    with locked(name) as cache:
        kept = cache / name
        if not kept.exists():
            with scratch(name) as made:
                project = made / "project"
                project.mkdir()
                for file in ("package.json", "package-lock.json"):
                    shutil.copy(FOLDER / file, project)
                install([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], project)
                project.rename(kept)  # all of it or nothing, whenever this is cut short
        return kept / "node_modules"


@contextmanager
def consumer(node_modules: Path) -> Iterator[Consumer]:
    """Build the client, pack it, and install the archive where the tests are."""
    with scratch("typescript") as made:
        document = made / openapi.FILE.relative_to(ROOT)
        document.parent.mkdir(parents=True)
        shutil.copy(openapi.FILE, document)
        package = made / FOLDER.relative_to(ROOT)
        shutil.copytree(FOLDER, package, ignore=_MADE)
        (package / "node_modules").symlink_to(node_modules)
        _run(package, "npm", "run", "--silent", "build")
        _run(package, "npm", "pack", "--silent")
        (archive,) = package.glob("*.tgz")
        yield Consumer(_installed(made / "consumer", node_modules, archive), archive)


def _installed(folder: Path, node_modules: Path, archive: Path) -> Path:
    shutil.copytree(FOLDER / "tests", folder)
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    installed = folder / "node_modules"
    installed.mkdir()
    for entry in node_modules.iterdir():
        (installed / entry.name).symlink_to(entry)
    with tarfile.open(archive) as files:
        files.extractall(installed, filter="data")
    (installed / "package").rename(installed / NAME)
    return folder


def _run(folder: Path, *command: str, **variables: str) -> str:
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "npm_config_update_notifier": "false", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
