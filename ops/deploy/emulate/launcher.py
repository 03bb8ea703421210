"""Starts a server process on a local port, waits until it is ready, and makes sure that it ends."""

import atexit
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ops import CommandError
from ops.deploy.emulate.installation import scratch

HOST = "127.0.0.1"
_READY_SECONDS = 60
_STOP_SECONDS = 10
_TRIES = 5
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


class EngineFailed(CommandError):
    """An emulator is installed but does not start or answer."""


@dataclass(frozen=True)
class Launch:
    """How a process is started: what is run, where, and in which environment."""

    command: Sequence[str]
    cwd: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Served:
    """A running process, which leads a group of its own: where it serves, and where it prints."""

    port: int
    pid: int
    log: Path

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"


class _Died(Exception):
    """The process ended before it answered, as it does when its port is taken."""


@contextmanager
def running(
    name: str,
    launch: Callable[[int, Path], Launch],
    *,
    port: int = 0,
    ready_path: str = "/",
    in_memory: bool = False,
) -> Iterator[Served]:
    """Run what `launch(port, scratch folder)` describes, and end it with all its children.

    It is ready as soon as it answers at `ready_path`; port 0 is any free one. The main thread must enter: on
    Linux the kernel ends the process when the thread that started it does.
    """
    for tries_left in range(0 if port else _TRIES - 1, -1, -1):
        with (
            scratch(name, in_memory=in_memory) as folder,
            _reserved_port(port) as reserved,
            _process(launch(reserved, folder), folder) as process,
        ):
            served = Served(reserved, process.pid, _log_file(folder))
            try:
                _await_ready(f"{served.url}{ready_path}", process)
            except _Died as error:
                if tries_left:
                    continue
                raise _failure(f"{name} does not start", folder) from error
            except TimeoutError as error:
                raise _failure(f"{name} is not ready in {_READY_SECONDS} s", folder) from error
            yield served
            return


@contextmanager
def _reserved_port(port: int) -> Iterator[int]:
    """A port that no search for a free port finds as long as the block lasts.

    The socket is bound but never listens, so that a server, which sets SO_REUSEADDR too, can take the port.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"port {port} can't be used ({error.strerror}); --port takes another."
            ) from error
        yield int(holder.getsockname()[1])


@contextmanager
def _process(launch: Launch, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with _log_file(folder).open("wb") as log:
        process = subprocess.Popen(
            launch.command,
            cwd=launch.cwd,
            env=launch.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a process group of its own, which Ctrl-C at the terminal leaves alone
            preexec_fn=_end_with_parent(),
        )
    stop = partial(_stop, process)  # an object of its own: atexit forgets every function that equals it
    atexit.register(stop)
    try:
        yield process
    finally:
        stop()
        atexit.unregister(stop)


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux, what makes the kernel end the process when this one is killed; elsewhere nothing can."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up before the fork, where it is safe
    return lambda: prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process group, politely at first; it is gone when this returns. Harmless when called again."""
    if process.poll() is not None:
        return  # its number may belong to another process by now
    os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_SECONDS)
    with contextlib.suppress(ProcessLookupError):  # if none of its children outlived it either
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _await_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise _Died
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return  # an answer all the same
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


def _failure(what: str, folder: Path) -> EngineFailed:
    """Return a failure with the last line that was printed, and with more of it for who sees the trace."""
    printed = _log_file(folder).read_text(encoding="utf-8", errors="replace").strip()
    failure = EngineFailed(f"{what}: {printed.splitlines()[-1] if printed else 'it said nothing'}")
    failure.add_note(printed[-2000:])
    return failure


def _log_file(folder: Path) -> Path:
    return folder / "output.log"
