"""Answers that several of the shop's nouns give."""

from typing import TypedDict


class StatusMessage(TypedDict):
    """The answer to an operation without a result: `status` is always `OK`."""

    status: str
    message: str


def ok(message: str) -> StatusMessage:
    """Return the answer to an operation without a result."""
    return {"status": "OK", "message": message}
