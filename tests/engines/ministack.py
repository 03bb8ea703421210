"""MiniStack, an AWS emulator in Python, of which only DynamoDB is switched on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines.cache import install, locked
from tests.engines.engine import Engine
from tests.engines.process import HOST, Launch, running

NAME = "ministack"
VERSION = "1.5.33"
REQUIREMENT = f"ministack=={VERSION}"  # its extras bring other services; DynamoDB needs none of them

# Another version of either is another folder, so that nothing is taken away from under a running engine.
_FOLDER = f"ministack-{VERSION}-venv-{sys.version_info.major}.{sys.version_info.minor}"
_MARK = "installed.txt"


@contextmanager
def ministack() -> Iterator[Engine]:
    """Run MiniStack's DynamoDB; EngineMissing where it cannot be had."""
    python = _installed()
    with running(NAME, lambda port, files: _launch(python, port, files)) as engine:
        yield engine


def _launch(python: Path, port: int, files: Path) -> Launch:
    variables = {
        "SERVICES": "dynamodb",
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "TMPDIR": str(files),  # for its pid file
        "IOT_MTLS_ENABLED": "0",  # else it opens the fixed port 8883
        "SFTP_ENABLED": "0",
        "AUTH": "false",
        "USE_SSL": "0",
        # Settings of a developer's own MiniStack, which would outlive the test or reach outside it.
        "PERSIST_STATE": "0",
        "S3_PERSIST": "0",
        "LOCALSTACK_PERSISTENCE": "0",
        "DOCKER_HOST": f"unix://{files / 'no-docker'}",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": "",
        "PYTHONUNBUFFERED": "1",
    }
    return Launch([str(python), "-m", "ministack"], files, variables)


def _installed() -> Path:
    """The Python of a virtual environment that holds MiniStack, made unless an earlier run has.

    It has one of its own because MiniStack pins its version of botocore.
    """
    with locked(NAME) as cache:
        venv = cache / _FOLDER
        python = venv / "bin" / "python"
        # The mark comes last. The link to Python dies when that Python is uninstalled.
        if not ((venv / _MARK).exists() and os.access(python, os.X_OK)):
            shutil.rmtree(venv, ignore_errors=True)
            install([sys.executable, "-m", "venv", str(venv)], cache)
            install([str(python), "-m", "pip", "install", "--quiet", REQUIREMENT], cache)
            (venv / _MARK).write_text(f"{REQUIREMENT}\n", encoding="utf-8")
        return python
