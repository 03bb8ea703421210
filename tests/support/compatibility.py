"""Whether a document breaks clients of an earlier one: Redocly's verdict, and what it misses."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ops.deploy.emulate.installation import EngineMissing
from ops.docs.components import Json
from ops.docs.openapi import FOLDER
from tests.engines import npm
from tests.engines.engine import require

PACKAGE = "@redocly/cli@2.77.0"
SHA256 = "407a02e97db09453466dad4862078ffd9645bfca41f312612b599a5269602bad"


def redocly(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Redocly's command line with the project's rules; skip the test where it can't be had."""
    node, folder = require(_installed)
    return subprocess.run(
        [node, str(folder / "bin" / "cli.js"), *arguments, "--config", str(FOLDER / "redocly.yaml")],
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def _installed() -> tuple[str, Path]:
    node = shutil.which("node")
    if node is None:
        raise EngineMissing("the API document is linted with node, which is not installed")
    return node, npm.unpacked(PACKAGE, SHA256, "redocly-cli-2.77.0")


def told(ran: subprocess.CompletedProcess[str]) -> Json:
    """Return the report of a run with `--format json`; other words may stand around it."""
    try:
        report: Json = json.loads(ran.stdout[ran.stdout.index("{") : ran.stdout.rindex("}") + 1])
    except ValueError:
        raise AssertionError(ran.stdout + ran.stderr) from None
    return report


def broken(base: Path, revision: Path) -> list[str]:
    """Return what a document breaks that an earlier one promised."""
    ran = redocly("diff", str(base), str(revision), "--format", "json", "--fail-on", "major")
    verdicts = [verdict for change in told(ran)["changes"] for verdict in change["verdicts"]]
    found = [verdict["message"] for verdict in verdicts if verdict["impact"] == "major"]
    assert ran.returncode == bool(found), ran.stdout + ran.stderr
    return [*found, *missed(json.loads(base.read_text()), json.loads(revision.read_text()))]


def missed(base: Any, revision: Any, place: str = "#") -> Iterator[str]:
    """Yield what breaks a client although Redocly rates it a patch."""
    if not isinstance(base, dict) or not isinstance(revision, dict):
        return
    for name in ("security", "prefixItems", "default"):
        if name in base and not isinstance(base[name], dict) and base[name] != revision.get(name):
            yield f"`{name}` changed at {place}"
    if "/headers/" in place and base.get("required") and not revision.get("required"):
        yield f"the header is no longer certain at {place}"
    for name, value in base.items():
        if place.endswith("/properties") and name not in revision:
            yield f"`{name}` was removed at {place}"
        yield from missed(value, revision.get(name), f"{place}/{name}")
