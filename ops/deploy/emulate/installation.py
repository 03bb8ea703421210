"""The git-ignored folder in which emulators are installed once and run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ops import CommandError
from ops.deploy.package.stages import ROOT

CACHE = ROOT / ".engines"
_INSTALL_SECONDS = 300
_PREFIX = "orders-and-shop-"
_OWNER = ".of-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has a random name and one owner
_ROOM = 4 * 1024**3


class EngineMissing(CommandError):
    """An emulator can't be installed or run on this machine; the message says why."""


@contextmanager
def locked(name: str) -> Iterator[Path]:
    """Yield the cache folder while holding a lock of this name against other processes."""
    try:
        import fcntl
    except ImportError as error:
        raise EngineMissing("emulators in processes of their own need a POSIX system.") from error
    folder = cache_folder()
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released by the system with the file, even after a kill
        yield folder


def cache_folder() -> Path:
    """Return the cache folder, which ignores itself so that no one can commit an emulator."""
    CACHE.mkdir(exist_ok=True)
    ignore = CACHE / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return CACHE


@contextmanager
def scratch(name: str, *, in_memory: bool = False) -> Iterator[Path]:
    """Give a new folder, removed at the end, or by a later run if this one is killed.

    In memory, if there is room, it is quicker for thousands of files.
    """
    for parent in run_folders():
        _sweep(parent)
    on_disk, memory = run_folders()
    parent = memory if in_memory and _has_room(memory) else on_disk
    with tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{name}{_OWNER}{os.getpid()}-", dir=parent, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def run_folders() -> tuple[Path, Path]:
    """Return where scratch folders are made: on disk, and in memory."""
    on_disk = cache_folder() / "run"
    on_disk.mkdir(exist_ok=True)
    return on_disk, _MEMORY


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free > _ROOM
    except OSError:
        return False


def _sweep(parent: Path) -> None:
    """Remove the folders of processes that have ended."""
    for folder in parent.glob(f"{_PREFIX}*{_OWNER}[0-9]*-*"):
        owner = folder.name.rpartition(_OWNER)[2].partition("-")[0]
        try:
            os.kill(int(owner), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (PermissionError, ValueError):
            pass  # somebody else's, and alive


def install(command: Sequence[str], folder: Path) -> None:
    """Run an installer's command in a folder; whatever keeps it from succeeding is an EngineMissing."""
    called = " ".join(Path(part).name for part in command[:3])
    try:
        subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True, timeout=_INSTALL_SECONDS
        )
    except FileNotFoundError as error:
        raise EngineMissing(f"{command[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise EngineMissing(f"`{called}` took more than {_INSTALL_SECONDS} s") from error
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").strip().splitlines()
        raise EngineMissing(f"`{called}` failed: {lines[-1] if lines else error.returncode}") from error
