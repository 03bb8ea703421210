"""Reads requirements files as pip does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

_LOCKED = re.compile(r"([\w.-]+)==([\w.]+)( ; [^-]+?)?((?: --hash=sha256:[0-9a-f]{64})+)")


class Locked(NamedTuple):
    """A package of a lock, and where it is installed (an environment marker, or nothing)."""

    name: str
    version: str
    marker: str


def lines(path: Path) -> list[str]:
    """Return the lines, joined where they are continued, without comments."""
    text = re.sub(r"\s*\\\n\s*", " ", path.read_text(encoding="utf-8"))
    bare = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def locked(lock: Path) -> Iterator[Locked]:
    """Give what a lock installs; each line has to pin one version and its hashes."""
    for line in lines(lock):
        if not line.startswith("-"):
            found = _LOCKED.fullmatch(line)
            assert found is not None, f"{lock.name}: {line}"
            yield Locked(found[1], found[2], found[3] or "")


def asked_for(source: Path) -> Iterator[Requirement]:
    """Give what a source names, and what the sources that it includes name."""
    for line in lines(source):
        if line.startswith("-r "):
            yield from asked_for(source.with_name(line.removeprefix("-r ")))
        elif not line.startswith("-"):
            yield Requirement(line)
