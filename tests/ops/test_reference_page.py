"""The page of the API document, as `manage.py local` serves it and as `manage.py docs` writes it."""

import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import manage
from ops.demo import data
from ops.demo import shop as demo_shop
from ops.docs import openapi
from ops.docs.page import files
from tests.engines import npm
from tests.engines.engine import require
from tests.ops.local_command import Command, Reply, Request, connect, send, serving

# Of the package that npm publishes, and of the one file that is taken from it.
PACKAGE, PACKAGE_SHA256 = (
    "@scalar/api-reference@1.76.0",
    "f1821c173d387d3dd4722215b946ad9aec3610f177616f0a312e4eb159b9c378",
)
BUNDLE_SHA256 = "dcb027152bf20bf2f6dcd66e8f9fb073c1a9e274cf0b94b939a7d99ab8947060"
NOT_FOUND = {"detail": "Not found.", "message": "not found"}
SERVED = {
    "": "text/html; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    files.BUNDLE: "text/javascript; charset=utf-8",
    files.LICENSE: "text/plain; charset=utf-8",
    "openapi.json": "application/json",
}
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
SERVER = "https://api.example:8443/v1/"
_ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+")


@pytest.fixture(scope="module")
def command() -> Iterator[Command]:
    with serving() as served:
        yield served


def directives(policy: str) -> dict[str, str]:
    return dict(directive.strip().split(" ", 1) for directive in policy.split(";"))


def policy_in(page: str) -> str:
    [found] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    return html.unescape(found)


def sign_ins(page: str) -> list[tuple[str, str, Any]]:
    """Return what the page's buttons send where: label, address, body."""
    found = re.findall(r'<button[^>]* data-address="([^"]*)" data-credentials="([^"]*)">([^<]*)<', page)
    return [(label, address, json.loads(html.unescape(body))) for address, body, label in found]


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_the_first_address_leads_to_the_reference(command: Command, path: str) -> None:
    answer = command.send("GET", path)

    assert (answer.status, answer.headers["location"], answer.content) == (302, "/docs/", b"")


@pytest.mark.parametrize("name", SERVED)
def test_each_file_of_the_page_is_served_for_what_it_is(command: Command, name: str) -> None:
    answer = command.send("GET", f"/docs/{name}")

    assert (answer.status, answer.headers["content-type"]) == (200, SERVED[name])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-request-id"]
    assert directives(answer.headers["content-security-policy"]) == STRICT | {"frame-ancestors": "'none'"}
    assert answer.content


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/docs/nowhere"), ("GET", "/docs/index.html/"), ("POST", "/docs/"), ("POST", "/")],
)
def test_what_the_page_does_not_consist_of_is_not_found(command: Command, method: str, path: str) -> None:
    answer = command.send(method, path)

    assert (answer.status, answer.json) == (404, NOT_FOUND)


def test_head_of_the_page_says_how_long_it_is(command: Command) -> None:
    connection = connect(command.base_url)
    connection.request("HEAD", "/docs/")
    head = connection.getresponse()
    head.read()
    connection.close()

    assert (head.status, int(head.headers["Content-Length"])) == (
        200,
        len(command.send("GET", "/docs/").content),
    )


@pytest.mark.parametrize("name", sorted(set(SERVED) - {files.BUNDLE}))
def test_a_browser_asks_whether_a_file_has_changed_and_hears_no(command: Command, name: str) -> None:
    first = command.send("GET", f"/docs/{name}")
    again = command.send("GET", f"/docs/{name}", **{"If-None-Match": first.headers["etag"]})
    other = command.send("GET", f"/docs/{name}", **{"If-None-Match": '"of another day"'})

    assert first.headers["cache-control"] == again.headers["cache-control"] == "no-cache"
    assert (again.status, again.content) == (304, b"")
    assert (other.status, other.content) == (200, first.content)


def test_the_bundle_names_its_version_and_is_kept_for_ever(command: Command) -> None:
    plain = command.send("GET", f"/docs/{files.BUNDLE}")
    packed = command.send("GET", f"/docs/{files.BUNDLE}", **{"Accept-Encoding": "gzip, br"})

    assert f"scalar-{files.SCALAR_VERSION}.js" == files.BUNDLE
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < 1_500_000


def test_the_bundle_is_the_one_that_was_looked_at(command: Command) -> None:
    served = command.send("GET", f"/docs/{files.BUNDLE}").content

    assert hashlib.sha256(served).hexdigest() == BUNDLE_SHA256
    assert (
        b"MIT License\n\nCopyright (c) 2023-present Scalar"
        in command.send("GET", f"/docs/{files.LICENSE}").content
    )


@pytest.mark.slow
def test_the_bundle_is_what_npm_publishes() -> None:
    folder = require(lambda: npm.unpacked(PACKAGE, PACKAGE_SHA256, "scalar-api-reference-1.76.0"))

    assert (folder / "dist" / "browser" / "standalone.js").read_bytes() == files.bundle()
    assert json.loads((folder / "package.json").read_bytes())["version"] == files.SCALAR_VERSION


@pytest.mark.parametrize("name", ["", "page.css", "page.js"])
def test_the_page_names_no_other_host(command: Command, name: str) -> None:
    page = command.send("GET", f"/docs/{name}").content.decode()

    assert _ADDRESS.findall(page) == []


@pytest.mark.parametrize(
    "setting",
    [
        "withDefaultFonts: false",
        "telemetry: false",
        "agent: { disabled: true }",
        "mcp: { disabled: true }",
        "hideClientButton: true",
        "persistAuth: false",
        "jitless: true",
    ],
)
def test_what_would_ask_others_keep_tokens_or_compile_code_is_off(command: Command, setting: str) -> None:
    assert setting in command.send("GET", "/docs/page.js").content.decode()


def test_the_document_is_the_committed_one_for_the_host_that_was_called(command: Command) -> None:
    committed = json.loads(openapi.FILE.read_bytes())

    def served(host: str | None = None) -> Any:
        return command.send("GET", "/docs/openapi.json", **({} if host is None else {"Host": host})).json

    assert served() == committed | {"servers": [{"url": command.base_url}]}
    assert served("shop.test:81")["servers"] == [{"url": "http://shop.test:81"}]
    assert served('x"><script>')["servers"] == [{"url": "http://localhost"}]


def test_each_demo_account_is_a_click_away_and_no_token_is_in_the_page(command: Command) -> None:
    page = command.send("GET", "/docs/").content.decode()
    offered = sign_ins(page)

    def token(address: str, body: Any) -> Reply:
        headers = {"Content-Type": "application/json"}
        return send(Request("POST", command.base_url + address, headers, json.dumps(body).encode()))

    answers = {label: token(address, body) for label, address, body in offered}

    assert set(answers) == {demo_shop.USERNAME, *(email for email, _ in data.STAFF_ACCOUNTS.values())}
    assert all(f" {label} (" in command.printed for label in answers)
    assert [answer.status for answer in answers.values()] == [200] * len(offered)
    assert all(answer.json["access"] for answer in answers.values())
    assert "eyJ" not in page


def test_the_start_says_where_the_reference_is(command: Command) -> None:
    assert f"API reference, to read and to try: {command.base_url}/docs/" in command.printed.splitlines()


@pytest.mark.slow
def test_without_demo_data_nobody_is_offered() -> None:
    with serving("--no-demo") as command:
        page = command.send("GET", "/docs/").content.decode()

    assert sign_ins(page) == []
    assert 'id="demo"' not in page
    assert f"{command.base_url}/docs/" in command.printed


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site for an API elsewhere."""
    assert manage.main(["docs", str(tmp_path / "site"), "--server", SERVER]) == 0
    return tmp_path / "site"


def test_a_site_is_complete_and_addresses_its_own_files_relatively(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")

    named = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert {path.name for path in site.iterdir()} == {"index.html", *SERVED} - {""}
    assert {name for name in named if name != "data:,"} <= set(SERVED)
    assert 'new URL("openapi.json", document.baseURI)' in (site / "page.js").read_text(encoding="utf-8")
    assert sign_ins(page) == []


def test_a_site_describes_the_server_that_it_is_written_for(site: Path) -> None:
    written = json.loads((site / "openapi.json").read_text(encoding="utf-8"))

    committed = json.loads(openapi.FILE.read_bytes())
    assert written == committed | {"servers": [{"url": "https://api.example:8443/v1"}]}


def test_a_site_may_ask_that_server_and_nobody_else(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = policy_in((site / "index.html").read_text(encoding="utf-8"))
    manage.main(["docs", str(site), "--server", SERVER])
    told = capsys.readouterr().out

    allowed = STRICT | {"connect-src": "'self' https://api.example:8443"}
    assert directives(policy) == allowed
    [line] = [line.strip() for line in told.splitlines() if "Content-Security-Policy: " in line]
    assert directives(line.partition(": ")[2]) == allowed | {"frame-ancestors": "'none'"}


@pytest.mark.parametrize(
    "server", ["api.example", "ftp://api.example", "https://", "https://a:b", "https://[x", 'https://a">']
)
def test_what_is_no_address_of_an_api_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    assert manage.main(["docs", str(tmp_path / "site"), "--server", server]) == 1

    told = capsys.readouterr().err
    assert told == f"manage.py docs: --server {server!r} is not a URL like https://api.example.com.\n"
    assert not (tmp_path / "site").exists()
