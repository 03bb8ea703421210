"""MiniStack, an AWS emulator in Python: installed once into a folder of its own, run while it is wanted."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ops import CommandError
from ops.deploy.package.stages import ROOT

REQUIREMENTS = ("ministack==1.5.33", "aws-sam-translator==1.115.0")
"""The emulator and, of its extra `full`, the one thing that these stacks need: SAM's transformation."""

HOST = "127.0.0.1"
REGION = "eu-central-1"
CREDENTIALS = ("test", "test")  # of the emulator's root user
_FOLDER = ROOT / ".engines"
_READY_SECONDS = 60
_STOP_SECONDS = 10
_PREFIX = "orders-and-shop-emulator-of-"
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it has a random name and one owner
_ROOM = 4 * 1024**3
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


class EmulatorMissing(CommandError):
    """The emulator can't be installed here; the message says why."""


@dataclass(frozen=True)
class Emulator:
    """A running emulator, and the Python that its functions run on."""

    port: int
    python: str
    log: Path

    @property
    def endpoint_url(self) -> str:
        """Its address, for all services."""
        return f"http://{HOST}:{self.port}"

    @property
    def mails_url(self) -> str:
        """Where it shows the mail that was sent through its Amazon SES."""
        return f"{self.endpoint_url}/_ministack/ses/messages"

    def api_address(self, api_id: str, api_stage: str) -> str:
        """Return an API's address; names below `localhost` are this machine in every browser and in curl."""
        return f"http://{api_id}.execute-api.localhost:{self.port}/{api_stage}"


def installed() -> str:
    """Return the Python of a virtual environment that has the emulator; it pins its own botocore.

    Raises:
        EmulatorMissing: it can't be installed.
    """
    release = REQUIREMENTS[0].partition("==")[2]
    venv = _FOLDER / f"ministack-{release}-sam-{sys.version_info.major}.{sys.version_info.minor}"
    python, mark = venv / "bin" / "python", venv / "installed.txt"
    with _alone(venv.name):
        if not (mark.exists() and os.access(python, os.X_OK)):
            _run([sys.executable, "-m", "venv", "--clear", str(venv)])
            _run([str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS])
            mark.write_text("\n".join(REQUIREMENTS), encoding="utf-8")  # last: a half installation has none
    return str(python)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Keep other processes from installing the same at the same time."""
    try:
        import fcntl
    except ImportError as error:
        raise EmulatorMissing("the emulator needs a POSIX system.") from error
    _FOLDER.mkdir(exist_ok=True)
    with (_FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        lines = (ran.stderr or ran.stdout).strip().splitlines()
        raise EmulatorMissing(f"the emulator can't be installed: {lines[-1] if lines else command}")


@contextmanager
def running(*, enforce_roles: bool = True, port: int = 0) -> Iterator[Emulator]:
    """Run the emulator and end it, and every function that it started, at the end of the block.

    Args:
        enforce_roles: whether it refuses what a function's role does not allow.
        port: where it listens; 0 takes a free one.

    Raises:
        CommandError: it can't be installed, or does not start.
    """
    if port:
        _ensure_free(port)
    python = installed()
    port = port or _free_port()
    _sweep()
    with tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", dir=_roomy(), ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        emulator = Emulator(port, python, folder / "emulator.log")
        with _process(emulator, folder, enforce_roles) as process:
            _await_ready(emulator, process)
            yield emulator


def _roomy() -> str | None:
    """Return a folder in memory where there is one with room: each function unpacks 700 files of its own."""
    try:
        usage = shutil.disk_usage(_IN_MEMORY)
    except OSError:
        return None
    return str(_IN_MEMORY) if usage.free > _ROOM else None


def _sweep() -> None:
    """Remove what runs left behind whose process was killed."""
    for parent in {Path(tempfile.gettempdir()), _IN_MEMORY}:
        for folder in parent.glob(f"{_PREFIX}[0-9]*-*"):
            owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
            try:
                os.kill(int(owner), 0)
            except ProcessLookupError:
                shutil.rmtree(folder, ignore_errors=True)
            except (PermissionError, ValueError):
                continue  # somebody else's, and alive


def _ensure_free(port: int) -> None:
    """Refuse a port on which somebody answers: another emulator there would be taken for this one.

    Raises:
        CommandError: it is in use.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"port {port} can't be used ({error.strerror}); --port takes another."
            ) from error


def _free_port() -> int:
    with socket.socket() as holder:
        holder.bind((HOST, 0))
        return int(holder.getsockname()[1])


def _environment(emulator: Emulator, folder: Path, enforce_roles: bool) -> dict[str, str]:
    """Nothing of this process's AWS settings: the functions inherit what the emulator has."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),  # for its own files and the functions' code
        "AUTH": "true" if enforce_roles else "false",
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(emulator.port),
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",  # these two would listen on fixed ports
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder / 'no-docker'}",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def _process(emulator: Emulator, folder: Path, enforce_roles: bool) -> Iterator[subprocess.Popen[bytes]]:
    with emulator.log.open("wb") as log:
        process = subprocess.Popen(
            [emulator.python, "-m", "ministack"],
            cwd=folder,
            env=_environment(emulator, folder, enforce_roles),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a process group of its own, which Ctrl-C at the terminal leaves alone
            preexec_fn=_end_with_parent(),
        )
    try:
        yield process
    finally:
        _stop(process)


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux, what ends the emulator when this process is killed; its functions end with their input."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up before the fork, where it is safe
    return lambda: prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, politely at first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)


def _await_ready(emulator: Emulator, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{emulator.endpoint_url}/_ministack/health", timeout=5).close()  # noqa: S310
            return
        time.sleep(0.1)
    said = emulator.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise CommandError(f"the emulator does not start: {said[-1] if said else 'it said nothing'}")
