"""Reads the body of an HTTP request from its connection, by length or in chunks, up to a limit."""

from email.message import Message
from io import BufferedIOBase

from ops.gateway_answers import BAD_REQUEST, TOO_LARGE
from ops.local.gateway import Refusal

BODY_LIMIT = 10 * 1024 * 1024  # bytes; API Gateway's
_LINE_LIMIT = 4096
_TRAILERS_LIMIT = 100


def read_body(headers: Message, stream: BufferedIOBase) -> bytes:
    """Read the body that the headers announce.

    Raises:
        Refusal: it is malformed or too large; what is left in the stream can't be used.
        ConnectionError: the client left in the middle of it.
    """
    size = announced_size(headers)
    return _read_chunks(stream) if size is None else _read_exactly(stream, size)


def announced_size(headers: Message) -> int | None:
    """Return the size of the body, None when it comes in chunks.

    Raises:
        Refusal: the headers contradict themselves, or the body is too large.
    """
    lengths = headers.get_all("Content-Length", [])
    if "Transfer-Encoding" in headers:
        if lengths or headers["Transfer-Encoding"].strip().lower() != "chunked":
            raise _malformed()
        return None
    if not lengths:
        return 0
    if len(lengths) > 1 or not (lengths[0].isascii() and lengths[0].isdigit()):
        raise _malformed()
    return _within_limit(lengths[0], 10)


def _read_chunks(stream: BufferedIOBase) -> bytes:
    body = bytearray()
    while size := _within_limit(_chunk_size(stream), 16, len(body)):
        body += _read_exactly(stream, size)
        if _read_exactly(stream, 2) != b"\r\n":
            raise _malformed()
    for _ in range(_TRAILERS_LIMIT):
        if not _read_line(stream).strip():
            return bytes(body)
    raise _malformed()


def _chunk_size(stream: BufferedIOBase) -> str:
    size = _read_line(stream).partition(b";")[0].strip()
    if not size or size.strip(b"0123456789abcdefABCDEF"):
        raise _malformed()
    return size.decode()


def _within_limit(digits: str, base: int, already: int = 0) -> int:
    digits = digits.lstrip("0") or "0"
    # A number of thousands of digits is an error to int(), and too large without asking.
    if len(digits) > len(str(BODY_LIMIT)) or int(digits, base) + already > BODY_LIMIT:
        raise Refusal(*TOO_LARGE)
    return int(digits, base)


def _read_line(stream: BufferedIOBase) -> bytes:
    line = stream.readline(_LINE_LIMIT)
    if len(line) == _LINE_LIMIT:
        raise _malformed()
    if not line.endswith(b"\n"):
        raise ConnectionAbortedError
    return line


def _read_exactly(stream: BufferedIOBase, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise ConnectionAbortedError
    return data


def _malformed() -> Refusal:
    return Refusal(*BAD_REQUEST)
