"""The git-ignored folder in which engines are installed once and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.engines.engine import EngineMissing

CACHE = Path(__file__).resolve().parents[2] / ".engines"

INSTALL_SECONDS = 300

_OWNER = ".of-"


@contextmanager
def locked(name: str) -> Iterator[Path]:
    """The cache folder, with no other process inside a block of the same name."""
    try:
        import fcntl
    except ImportError as error:
        raise EngineMissing("engines in processes of their own need a POSIX system") from error
    folder = cache_folder()
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released by the system with the file, even after a kill
        yield folder


@contextmanager
def scratch(prefix: str) -> Iterator[Path]:
    """A new folder inside the cache, removed at the end, or by a later run if this one is killed."""
    runs = cache_folder() / "run"
    runs.mkdir(exist_ok=True)
    _sweep(runs)
    with tempfile.TemporaryDirectory(
        prefix=f"{prefix}{_OWNER}{os.getpid()}-", dir=runs, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _sweep(runs: Path) -> None:
    """Remove the folders of processes that are no more."""
    for folder in runs.glob(f"*{_OWNER}[0-9]*-*"):
        owner = folder.name.rpartition(_OWNER)[2].partition("-")[0]
        try:
            os.kill(int(owner), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            pass  # somebody else's, and alive


def cache_folder() -> Path:
    """The cache folder, which ignores itself so that no one can commit an engine."""
    CACHE.mkdir(exist_ok=True)
    ignore = CACHE / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return CACHE


def install(command: Sequence[str], folder: Path) -> None:
    """Run an installer's command in `folder`; whatever keeps it from succeeding is an EngineMissing."""
    called = " ".join(Path(part).name for part in command[:3])
    try:
        subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
    except FileNotFoundError as error:
        raise EngineMissing(f"{command[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise EngineMissing(f"`{called}` took more than {INSTALL_SECONDS} s") from error
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").strip().splitlines()
        raise EngineMissing(f"`{called}` failed: {lines[-1] if lines else error.returncode}") from error
