"""Bodies that can't be read, and how every surface says so."""

import gzip
from dataclasses import dataclass
from typing import Any

from chalicelib.contract import Surface

KIB = 1024
LARGEST = 256 * KIB
NOT_JSON = (400, "The request body is not valid JSON.")
NOT_AN_OBJECT = (400, "The request body must be a JSON object.")
TOO_LARGE = (413, "The request body is larger than 256 KiB.")


@dataclass(frozen=True)
class BadBody:
    """What is sent, and the status and text that answer it."""

    name: str
    content: bytes
    status: int
    text: str
    content_type: str = "application/json"
    content_encoding: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What says how to read it."""
        encoding = {} if self.content_encoding is None else {"Content-Encoding": self.content_encoding}
        return {"Content-Type": self.content_type, **encoding}


def refusal_text(surface: Surface, text: str) -> dict[str, str]:
    """Return a refusal in the form of a surface."""
    return {"detail": text} if surface is Surface.STAFF else {"message": text}


def _nested(depth: int) -> bytes:
    return b'{"a":' + b"[" * depth + b"]" * depth + b"}"


def _unsupported(content_type: str) -> BadBody:
    text = f'Unsupported media type "{content_type.partition(";")[0].lower()}" in request.'
    return BadBody(f"content type {content_type}", b'{"organization": 1}', 415, text, content_type)


def padded(body: dict[str, Any], size: int) -> bytes:
    """Return an object as JSON of exactly this many bytes, an unknown field filling it up."""
    import json

    bare = json.dumps({**body, "padding": ""}).encode()
    return bare[:-2] + b"x" * (size - len(bare)) + bare[-2:]


MALFORMED = tuple(
    BadBody(name, content, *NOT_JSON)
    for name, content in {
        "an open object": b"{",
        "blanks": b"   ",
        "no JSON": b"organization=1",
        "single quotes": b"{'organization': 1}",
        "a trailing comma": b'{"organization": 1,}',
        "two values": b"{} {}",
        "a comment": b'{"organization": 1} // one',
        "a byte order mark": b'\xef\xbb\xbf{"organization": 1}',
        "NaN": b'{"organization": NaN}',
        "infinity": b'{"organization": -Infinity}',
        "a number beyond every float": b'{"organization": 1e999}',
        "an integer of five thousand digits": b'{"organization": ' + b"1" * 5000 + b"}",
        "a hundred thousand brackets": _nested(100_000),
        "a raw line break in a text": b'{"description": "a\nb"}',
        "a raw NUL": b'{"description": "\x00"}',
    }.items()
)
NOT_UTF8 = tuple(
    BadBody(name, content, *NOT_JSON)
    for name, content in {
        "a lone byte of Latin-1": b'{"description": "\xe9"}',
        "an encoded surrogate": b'{"description": "\xed\xa0\x80"}',
        "a long body of what is no UTF-8": b'{"description": "' + LARGEST // 2 * b"\xff" + b'"}',
        "UTF-16": '{"organization": 1}'.encode("utf-16"),
    }.items()
)
NO_OBJECTS = tuple(
    BadBody(f"the JSON {content.decode()}", content, *NOT_AN_OBJECT)
    for content in (b"[]", b'[{"organization": 1}]', b'"organization"', b"1", b"1.5", b"true", b"null")
)
LARGE = tuple(
    BadBody(f"{size} bytes", padded({}, size), *TOO_LARGE) for size in (LARGEST + 1, 300 * KIB, 1024 * KIB)
)
UNSUPPORTED = tuple(
    _unsupported(name)
    for name in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "text/json",
    )
)
ENCODED = tuple(
    BadBody(
        f"content encoding {coding}",
        gzip.compress(b'{"organization": 1}'),
        415,
        f'Unsupported content encoding "{coding.lower()}" in request.',
        content_encoding=coding,
    )
    for coding in ("gzip", "GZIP", "deflate", "br", "identity, gzip")
)
UNSPEAKABLE = (
    BadBody("a content type beyond words", b"{}", 415, 'Unsupported media type "?" in request.', "x" * 101),
    BadBody(
        "a content encoding beyond words",
        b"{}",
        415,
        'Unsupported content encoding "?" in request.',
        content_encoding="a\x1b",
    ),
)
BAD_BODIES = MALFORMED + NOT_UTF8 + NO_OBJECTS + LARGE + UNSUPPORTED + ENCODED + UNSPEAKABLE
