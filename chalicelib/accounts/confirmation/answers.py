"""Answers of the endpoints that confirm an address."""

from typing import NotRequired, TypedDict


class MailedCode(TypedDict):
    """Nothing when a code was mailed; `detail` says that none was needed."""

    detail: NotRequired[str]


class AcceptedCode(TypedDict):
    """The address is confirmed."""

    detail: str
