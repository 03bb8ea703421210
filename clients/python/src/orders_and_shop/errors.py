"""What a call raises when the API refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

_TOKEN_REFUSED = "Given token not valid for any token type"
_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "apigw-requestid")


class ApiError(Exception):
    """An answer with another status than 2xx.

    Attributes:
        status: the HTTP status.
        code: tells errors of one status apart, where the API gives one: a number of the shop (`1043`), or
            `"token_not_valid"`.
        message: a sentence for people; may be worded anew.
        details: what is wrong with each field or parameter, by its name; empty if nothing is.
        request_id: names the request in the API's log; None if the answer doesn't say it.
        retry_after: the seconds after which to try again, where the API asks for a pause.
        body: the whole answer: JSON if it is that, else its text.
        headers: the answer's headers.
    """

    def __init__(self, status: int, body: Any, headers: Mapping[str, str]) -> None:
        fields: Mapping[str, Any] = body if isinstance(body, dict) else {}
        self.status = status
        self.body = body
        self.headers = headers
        self.code: int | str | None = fields.get("code")
        self.details: dict[str, list[str]] = _details(fields)
        self.message = str(fields.get("detail") or fields.get("message") or _sentence(status, self.details))
        self.request_id = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
        self.retry_after: float | None = _seconds(headers.get("retry-after", ""))
        super().__init__(
            f"{status}: {self.message}" if self.code is None else f"{status}, {self.code}: {self.message}"
        )

    @classmethod
    def of(cls, response: httpx.Response) -> ApiError:
        """Return the error that an answer is."""
        try:
            body = response.json()
        except ValueError:
            body = response.text
        return cls(response.status_code, body, response.headers)

    @property
    def refuses_token(self) -> bool:
        """Whether the access token was refused, so that a refreshed one may do."""
        return self.code == "token_not_valid" or (self.status == 403 and self.message == _TOKEN_REFUSED)


def _details(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the messages by field: the shop has them in `details`, the Orders API as the whole body."""
    found = fields.get("details", fields)
    if isinstance(found, dict) and all(isinstance(messages, list) for messages in found.values()):
        return dict(found)
    return {}


def _sentence(status: int, details: Mapping[str, list[str]]) -> str:
    if details:
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in details.items())
    return httpx.codes.get_reason_phrase(status) or "unknown error"


def _seconds(text: str) -> float | None:
    try:
        return max(float(text), 0)
    except ValueError:
        return None
