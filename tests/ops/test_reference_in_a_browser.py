"""The page of the API document in a browser, where one is installed: it is there, and forbidden nothing."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ops.docs import openapi
from tests.ops.local_command import serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 60
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=10000",
    "--dump-dom",
)
_CONSOLE = re.compile(r':CONSOLE[:(]\d+\)?\] "(.*)", source: ')


@pytest.mark.slow
def test_a_browser_shows_every_part_of_the_document_and_reports_nothing(tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")

    with serving() as command:
        ran = subprocess.run(
            [browser, *OPTIONS, f"--user-data-dir={tmp_path}", f"{command.base_url}/docs/"],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    # What the page's policy forbids, such as asking another host, would be told here.
    assert _CONSOLE.findall(ran.stderr) == ["@scalar/api-reference@1.76.0"], ran.stderr[-2000:]
    parts = json.loads(openapi.FILE.read_bytes())["x-tagGroups"]
    assert [part["name"] for part in parts if f">{part['name']}<" not in ran.stdout] == []
    assert "The API reference is loading" not in ran.stdout
