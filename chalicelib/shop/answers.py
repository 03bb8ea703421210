"""Answers that several of the shop's nouns give."""

from typing import TypedDict


class StatusMessage(TypedDict):
    """The answer to what has nothing to show: `status` is always `OK`."""

    status: str
    message: str


def ok(message: str) -> StatusMessage:
    """Return that something was done."""
    return {"status": "OK", "message": message}
