"""Structured logs: one JSON line a request, from an allow-list of fields.

Only the fields named here are written, never a request's token, password or body. The one exception: a mail
that is logged instead of sent contains its code.
"""

import json
import logging
import sys
import traceback
from typing import Any

_logger = logging.getLogger("chalicelib")


def configure(level: str) -> None:
    """Write lines of this level and above to standard output, where Lambda collects them."""
    _logger.setLevel(level)
    _logger.propagate = False
    if not _logger.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _logger.addHandler(handler)


def request(
    *,
    request_id: str,
    route: str,
    status: int,
    error: str | None,
    milliseconds: float,
    table_calls: int,
    table_capacity: float,
    principal: str | None,
) -> None:
    """Log one answered request; `error` is the class of what went wrong."""
    _write(
        logging.INFO,
        message="request",
        request_id=request_id,
        route=route,
        status=status,
        **({} if error is None else {"error": error}),
        milliseconds=round(milliseconds, 1),
        table_calls=table_calls,
        table_capacity=table_capacity,
        principal=principal,
    )


def failure(*, request_id: str, route: str, error: BaseException, detail: str | None = None) -> None:
    """Log an unexpected failure with its stack trace.

    The exception's text is omitted, because it may quote input; pass it as `detail` where it can't.
    """
    frames = traceback.extract_tb(error.__traceback__)
    _write(
        logging.ERROR,
        message="unexpected failure",
        request_id=request_id,
        route=route,
        error=type(error).__name__,
        **({} if detail is None else {"detail": detail}),
        code=getattr(error, "cause_response_code", None),
        trace=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )


def mail(*, recipient: str, subject: str, text: str) -> None:
    """Log a mail instead of sending it."""
    _write(logging.INFO, message="mail", to=recipient, subject=subject, text=text)


def _write(level: int, **fields: Any) -> None:
    if _logger.isEnabledFor(level):
        _logger.log(level, json.dumps({"level": logging.getLevelName(level), **fields}, ensure_ascii=False))
