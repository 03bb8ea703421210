"""MiniStack, an AWS emulator in Python: installed once into a folder of its own, run while it is wanted."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ops.deploy.emulate import launcher
from ops.deploy.emulate.installation import install, locked
from ops.deploy.emulate.launcher import HOST, Launch, Served
from ops.deploy.package.stages import ROOT

NAME = "ministack"
REGION = "eu-central-1"
CREDENTIALS = ("test", "test")  # of the emulator's root user
REQUIREMENTS = ROOT / "requirements-emulator.txt"
"""What it is installed from."""


@dataclass(frozen=True)
class Emulator(Served):
    """A running emulator, and the Python that its functions run on."""

    python: str

    @property
    def mails_url(self) -> str:
        """Where it shows the mail that was sent through its Amazon SES."""
        return f"{self.url}/_ministack/ses/messages"


@contextmanager
def running(*, services: str | None = None, enforce_roles: bool = True, port: int = 0) -> Iterator[Emulator]:
    """Run the emulator and end it, and every function that it started, at the end of the block.

    It has all services unless some are named; with roles enforced, it refuses what a function's role does
    not allow.
    """
    python = installed()
    settings = {"AUTH": "true" if enforce_roles else "false"} | ({"SERVICES": services} if services else {})

    def launch(port: int, folder: Path) -> Launch:
        return Launch([python, "-m", "ministack"], folder, _environment(port, folder) | settings)

    # In memory: each function unpacks 700 files of its own.
    with launcher.running(NAME, launch, port=port, ready_path="/_ministack/health", in_memory=True) as served:
        yield Emulator(served.port, served.pid, served.log, python)


def _environment(port: int, folder: Path) -> dict[str, str]:
    """Nothing of this process's AWS settings: the functions inherit what the emulator has."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),  # for its own files and the functions' code
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",  # these two would listen on fixed ports
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder / 'no-docker'}",
        "LOG_LEVEL": "WARNING",
    }


def installed() -> str:
    """Return the Python of a virtual environment that has the emulator; it pins its own botocore."""
    # Other requirements are another folder: nothing is taken away from under a running emulator.
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:10]
    with locked(NAME) as cache:
        venv = cache / f"{NAME}-{digest}-{sys.version_info.major}.{sys.version_info.minor}"
        python, mark = venv / "bin" / "python", venv / "installed.txt"
        # The mark comes last. The link to Python dies when that Python is uninstalled.
        if not (mark.exists() and os.access(python, os.X_OK)):
            shutil.rmtree(venv, ignore_errors=True)
            install([sys.executable, "-m", "venv", str(venv)], cache)
            pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
            install([*pip, "-r", str(REQUIREMENTS)], cache)
            mark.touch()
    return str(python)
