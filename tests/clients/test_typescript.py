"""The TypeScript client builds to an archive whose users' programs compile and run."""

import json
import re
from collections.abc import Iterator

import pytest

from ops.docs import openapi
from tests.clients import typescript
from tests.clients.typescript import Consumer, consumer
from tests.engines.engine import require
from tests.ops.local_command import Command, serving

pytestmark = pytest.mark.slow

_SNIPPET = re.compile(r"^```ts\n(.*?)^```", re.DOTALL | re.MULTILINE)
_PRINTED = re.compile(r"// prints: (.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def project() -> Iterator[Consumer]:
    """A project with the client's archive, the client's tests and the README's snippets in it, compiled."""
    with consumer(require(typescript.tools)) as made:
        (made.folder / "readme.ts").write_text("\n".join(_snippets()), encoding="utf-8")
        made.compile()
        yield made


def _snippets() -> list[str]:
    return _SNIPPET.findall((typescript.FOLDER / "README.md").read_text(encoding="utf-8"))


def test_the_package_has_the_api_s_version() -> None:
    package = json.loads((typescript.FOLDER / "package.json").read_text(encoding="utf-8"))

    assert (package["name"], package["version"]) == (typescript.NAME, openapi.VERSION)


def test_the_lock_names_no_registry() -> None:
    assert "://" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", typescript.LOCK.read_text(encoding="utf-8"))


def test_the_archive_holds_the_compiled_modules_with_their_types(project: Consumer) -> None:
    modules = {path.stem for path in (typescript.FOLDER / "src").glob("*.ts")} | {"schema"}

    compiled = {f"dist/{name}.{suffix}" for name in modules for suffix in ("js", "d.ts")}
    assert project.packed == {"package.json", "README.md", *compiled}


def test_it_refreshes_waits_and_pages(project: Consumer) -> None:
    project.run("node", "--test", "build/session.test.js")


def test_the_documents_stories_go_as_told(project: Consumer, local: Command) -> None:
    project.run("node", "--test", "build/stories.test.js", API_URL=local.base_url)


def test_what_the_readme_prints_is_what_comes(project: Consumer) -> None:
    printed = [line for found in _PRINTED.findall("\n".join(_snippets())) for line in found.split(" | ")]
    program = project.folder / "build" / "readme.js"

    with serving() as untouched:
        text = program.read_text(encoding="utf-8").replace("http://127.0.0.1:8000", untouched.base_url)
        program.write_text(text, encoding="utf-8")
        assert project.run("node", "build/readme.js").splitlines() == printed
