"""What of the Python client is made is up to date, its README tells the truth, and it builds to a wheel."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import orders_and_shop
from ops.docs import openapi
from ops.docs.python_client import files
from tests.ops.local_command import Command, serving

_SNIPPET = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
_PRINTED = re.compile(r"# prints: (.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def untouched() -> Iterator[Command]:
    """A local start with nothing but the documents' data."""
    with serving() as command:
        yield command


def test_what_is_made_is_made_of_the_present_document() -> None:
    stale = [path.name for path, text in files.files().items() if path.read_text(encoding="utf-8") != text]

    assert stale == [], "run `.venv/bin/python manage.py clients`"


def test_the_version_is_that_of_the_api() -> None:
    assert orders_and_shop.__version__ == openapi.VERSION


@pytest.mark.slow
def test_what_the_readme_prints_is_what_comes(untouched: Command, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (files.FOLDER / "README.md").read_text(encoding="utf-8")
    snippets = "\n".join(_SNIPPET.findall(readme)).replace("http://127.0.0.1:8000", untouched.base_url)
    expected = [line for printed in _PRINTED.findall(snippets) for line in printed.split(" | ")]

    exec(compile(snippets, "README.md", "exec"), {"__name__": "readme"})  # noqa: S102 - it is ours

    assert capsys.readouterr().out.splitlines() == expected


@pytest.mark.slow
def test_it_builds_to_a_wheel_that_holds_every_module(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(files.FOLDER)], check=True)

    (wheel,) = tmp_path.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
    modules = {path.relative_to(files.PACKAGE.parent).as_posix() for path in files.PACKAGE.rglob("*.py")}
    assert wheel.name == f"orders_and_shop_client-{openapi.VERSION}-py3-none-any.whl"
    assert names == {*modules, "orders_and_shop/py.typed"}
