"""The generators that client developers use take the API document."""

import compileall
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ops.docs import openapi
from ops.docs.python_client.operations import operations
from tests.clients import typescript
from tests.engines.engine import require

pytestmark = pytest.mark.slow

_PICTURE = "WARNING parsing GET /static/Users/default-user-image.jpeg within accounts."
_PROGRESS = re.compile(r"^(✨|🚀) ")


def test_openapi_python_client_makes_every_operation_and_leaves_out_the_picture_alone(tmp_path: Path) -> None:
    scripts = Path(sys.executable).parent
    command = [str(scripts / "openapi-python-client"), "generate", "--meta", "none"]

    ran = subprocess.run(
        [*command, "--path", str(openapi.FILE), "--output-path", str(tmp_path / "made")],
        env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},  # it calls ruff
        capture_output=True,
        text=True,
        check=True,
    )

    warnings = [line for line in (ran.stdout + ran.stderr).splitlines() if line.startswith("WARNING")]
    modules = [path for path in (tmp_path / "made" / "api").glob("*/*.py") if path.name != "__init__.py"]
    assert warnings == [_PICTURE]
    assert len(modules) == len(operations(openapi.document()))
    assert compileall.compile_dir(tmp_path / "made", quiet=1)


def test_openapi_typescript_says_nothing_but_its_progress(tmp_path: Path) -> None:
    program = require(typescript.tools) / "openapi-typescript" / "bin" / "cli.js"

    ran = subprocess.run(
        ["node", program, openapi.FILE, "--output", tmp_path / "schema.ts"],
        capture_output=True,
        text=True,
        check=True,
    )

    said = [line for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]
    assert [line for line in said if not _PROGRESS.match(line)] == []
