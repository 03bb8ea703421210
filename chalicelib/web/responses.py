"""Answers of endpoints: JSON in the order in which it was built, no body, or bytes."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.contract import Surface
from chalicelib.errors import DomainError, Unexpected
from chalicelib.web import errors

FAMILIES = {
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
        single, multiple = self._sort_headers(self.headers)
        return {
            "headers": single,
            "multiValueHeaders": multiple,
            "statusCode": self.status_code,
            "body": base64.b64encode(self.body).decode("ascii"),
            "isBase64Encoded": True,
        }


def error_response(surface: Surface, error: DomainError) -> Response:
    """Return an error in the form of a surface; one that the surface has no words for is a defect."""
    answer = answer_to(surface, type(error)) or answer_to(surface, Unexpected)
    assert answer is not None
    return json_response(answer.status, answer.body(error), answer.headers(error))


def answer_to(surface: Surface, kind: type[DomainError]) -> errors.Answer | None:
    """Return what a class of errors is answered with: its own entry, or that of the class it derives from.

    None for an error that the surface has no words for.
    """
    return next((FAMILIES[surface][base] for base in kind.__mro__ if base in FAMILIES[surface]), None)
