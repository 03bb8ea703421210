"""Answers of endpoints: JSON in the order in which it was built, no body, or bytes."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.contract import Surface
from chalicelib.errors import DomainError, Unexpected
from chalicelib.web import errors

NOSNIFF = {"X-Content-Type-Options": "nosniff"}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

ERROR_ANSWERS = {
    Surface.STAFF: errors.STAFF,
    Surface.CUSTOMER: errors.CUSTOMER,
    Surface.ADMINISTRATION: errors.CUSTOMER,
}


def json_response(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return a body as JSON, Unicode as it is."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, {"Content-Type": "application/json", **(headers or {})}, status)


def no_content() -> Response:
    """Return 204 without a body."""
    return Response("", {}, 204)


class BinaryResponse(Response):
    """Bytes, whatever the request's Accept header says: an image must load in every client."""

    def to_dict(self, binary_types: list[str] | None = None) -> dict[str, Any]:
        """Return the answer as API Gateway's proxy integration takes bytes."""
        # Chalice has no public name for it; the release is pinned, and tests load the picture.
        single, multiple = self._sort_headers(self.headers)
        return {
            "headers": single,
            "multiValueHeaders": multiple,
            "statusCode": self.status_code,
            "body": base64.b64encode(self.body).decode("ascii"),
            "isBase64Encoded": True,
        }


def complete(
    response: Response, *, request_id: str, secure: bool, public: bool, origin: str | None
) -> Response:
    """Add the headers that every answer carries.

    Args:
        response: the answer.
        request_id: as the log has it.
        secure: whether it goes over HTTPS.
        public: whether shared caches may keep it.
        origin: the web origin that may read it, None for none.
    """
    response.headers.update(NOSNIFF)
    response.headers["X-Request-Id"] = request_id
    if secure:
        response.headers.update(HTTPS_ONLY)
    if not (public and response.status_code < 400):
        response.headers["Cache-Control"] = "no-store"
    response.headers.update(cors_headers(origin))
    return response


def cors_headers(origin: str | None) -> dict[str, str]:
    """Return the headers that let pages of a web origin read an answer."""
    if origin is None:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Link, Retry-After, X-Request-Id",
    }


def error_response(surface: Surface, error: DomainError) -> Response:
    """Return a surface's response to an error; an error without an entry there is a defect, answered 500."""
    answer = answer_to(surface, type(error)) or answer_to(surface, Unexpected)
    assert answer is not None
    return json_response(answer.status, answer.body(error), answer.headers(error))


def answer_to(surface: Surface, kind: type[DomainError]) -> errors.Answer | None:
    """Return a surface's entry for an error class, or for the nearest base class that has one; else None."""
    return next(
        (ERROR_ANSWERS[surface][base] for base in kind.__mro__ if base in ERROR_ANSWERS[surface]), None
    )
