"""The page of the API document on this machine, in front of the API: `/docs/`, where `/` leads to."""

import hashlib
import uuid
from collections.abc import Callable, Iterable

from chalicelib.web.request import HOST
from chalicelib.web.responses import NOSNIFF
from ops.demo.accounts import Account
from ops.docs.page import files
from ops.docs.page.serving import FOR_EVER, MEDIA_TYPES, PAGE, REVALIDATED
from ops.local.server import Answer, Request

FOLDER = "/docs/"
_LEADING_THERE = ("/", FOLDER.removesuffix("/"))


def with_reference(
    answer: Callable[[Request], Answer], accounts: Iterable[Account]
) -> Callable[[Request], Answer]:
    """Return what answers for the page, and passes on what else is asked for.

    Args:
        answer: the API.
        accounts: whom the page offers to sign in.
    """
    shown = {PAGE: files.page(accounts), **files.assets()}

    def respond(request: Request) -> Answer:
        path = request.target.partition("?")[0]
        if request.method not in ("GET", "HEAD"):
            return answer(request)
        if path in _LEADING_THERE:
            return 302, [("Location", FOLDER), *_headers(REVALIDATED)], b""
        if not path.startswith(FOLDER):
            return answer(request)
        name = path.removeprefix(FOLDER) or PAGE
        if name == files.BUNDLE:
            return _bundle(request)
        if name == files.DOCUMENT:
            return _file(request, name, files.document(_server(request)))
        return _file(request, name, shown[name]) if name in shown else answer(request)

    return respond


def _server(request: Request) -> str:
    """Return the address that was called."""
    host = request.headers.get("Host", "")
    return f"http://{host if HOST.fullmatch(host) else 'localhost'}"


def _bundle(request: Request) -> Answer:
    """Return Scalar, compressed as it is kept for whoever takes that."""
    headers = [_type_of(files.BUNDLE), *_headers(FOR_EVER), ("Vary", "Accept-Encoding")]
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers.append(("Content-Encoding", "gzip"))
        return 200, headers, files.SCALAR.read_bytes()
    return 200, headers, files.bundle()


def _file(request: Request, name: str, content: bytes) -> Answer:
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = [_type_of(name), *_headers(REVALIDATED), ("ETag", tag)]
    if tag in request.headers.get("If-None-Match", ""):
        return 304, headers, b""
    return 200, headers, content


def _type_of(name: str) -> tuple[str, str]:
    return "Content-Type", MEDIA_TYPES[name[name.rindex(".") :]]


def _headers(caching: str) -> list[tuple[str, str]]:
    return [
        ("X-Request-Id", str(uuid.uuid4())),
        ("Cache-Control", caching),
        ("Content-Security-Policy", f"{files.policy()}; {files.NO_FRAMES}"),
        ("Referrer-Policy", files.REFERRER_POLICY),
        *NOSNIFF.items(),
    ]
