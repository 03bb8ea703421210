"""An engine's process: started on a free port, awaited, and surely ended."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from tests.engines.cache import scratch
from tests.engines.engine import Engine, EngineFailed

HOST = "127.0.0.1"
READY_SECONDS = 60
STOP_SECONDS = 5
TRIES = 5

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Launch:
    """How a process is started: what is run, where, and with which changes to the environment."""

    command: Sequence[str]
    cwd: Path
    variables: Mapping[str, str]


class _Died(Exception):
    """The process ended before it answered, as it does when its port is taken."""


@contextmanager
def running(name: str, launch: Callable[[int, Path], Launch]) -> Iterator[Engine]:
    """Run the engine that `launch(port, scratch folder)` describes, and end it with all its children.

    The main thread must enter: on Linux the kernel ends the process when the thread that started it does.
    """
    for last in (*[False] * (TRIES - 1), True):
        with (
            scratch(name) as folder,
            _reserved_port() as port,
            _process(launch(port, folder), folder) as process,
        ):
            engine = Engine(name, f"http://{HOST}:{port}", process.pid)
            try:
                _await_ready(engine, process)
            except _Died as error:
                if last:
                    raise EngineFailed(f"{name} does not start:\n{_log(folder)}") from error
                continue
            except TimeoutError as error:
                raise EngineFailed(f"{name} is not ready in {READY_SECONDS} s:\n{_log(folder)}") from error
            yield engine
            return


@contextmanager
def _reserved_port() -> Iterator[int]:
    """A free port that no other search for a free port finds as long as the block lasts.

    The socket is bound but never listens, so that an engine, which sets SO_REUSEADDR too, can take the port.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind((HOST, 0))
        yield holder.getsockname()[1]


@contextmanager
def _process(launch: Launch, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with _log_file(folder).open("wb") as log:
        process = subprocess.Popen(
            launch.command,
            cwd=launch.cwd,
            env={**os.environ, **launch.variables},
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
    """On Linux, what makes the kernel end the process when pytest is killed; elsewhere nothing can."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up before the fork, where it is safe
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process group, politely at first; it is gone when this returns. Harmless when called again."""
    if process.poll() is not None:
        return  # its number may belong to another process by now
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await_ready(engine: Engine, process: subprocess.Popen[bytes]) -> None:
    client = engine.client(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1})
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise _Died
        try:
            client.list_tables()
        except (BotoCoreError, ClientError):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


def _log_file(folder: Path) -> Path:
    return folder / "engine.log"


def _log(folder: Path) -> str:
    """The end of what the engine printed."""
    return _log_file(folder).read_text(encoding="utf-8", errors="replace")[-2000:]
