"""Errors as documented bodies: one table per surface from error class to status and body.

No body ever shows a stack trace, a table name or a library's wording (spec, "Both").
"""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib import errors
from chalicelib.frozen import frozen
from chalicelib.shop import errors as shop_errors


@frozen
class Answer:
    """A status, and functions from the error to its body and headers."""

    status: int
    body: Callable[[Any], dict[str, Any]]
    headers: Callable[[Any], Mapping[str, str]] = lambda error: {}


def _detail(text: str) -> Callable[[Any], dict[str, Any]]:
    return lambda error: {"detail": text}


def _message(text: str, code: int | None = None) -> Callable[[Any], dict[str, Any]]:
    return lambda error: {"message": text} if code is None else {"code": code, "message": text}


def _invalid(details: Callable[[Any], dict[str, list[str]]]) -> Callable[[Any], dict[str, Any]]:
    return lambda error: {"message": "Validation error.", "details": details(error)}


_EXPIRED = "Token is invalid or expired"


def _throttled(error: errors.Throttled) -> str:
    unit = "second" if error.retry_after == 1 else "seconds"
    return f"Request was throttled. Expected available in {error.retry_after} {unit}."


_NO_CREDENTIALS = "Authentication credentials were not provided."
_INVALID_TOKEN = "Given token not valid for any token type"
_NO_PERMISSION = "You do not have permission to perform this action."
_BUSY = "Service temporarily unavailable, try again later."
_NOT_JSON = "The request body is not valid JSON."
_NOT_AN_OBJECT = "The request body must be a JSON object."
_TOO_LARGE = "The request body is larger than 256 KiB."


def _challenge(_: errors.DomainError) -> dict[str, str]:
    return {"WWW-Authenticate": 'Bearer realm="api"'}


def _retry_after(error: errors.Throttled | errors.Unavailable) -> dict[str, str]:
    return {"Retry-After": str(error.retry_after)}


STAFF: dict[type[errors.DomainError], Answer] = {
    errors.NotAuthenticated: Answer(401, _detail(_NO_CREDENTIALS), _challenge),
    errors.TokenNotValid: Answer(
        401,
        lambda error: {
            "detail": _INVALID_TOKEN,
            "code": "token_not_valid",
            "messages": [{"token_class": "AccessToken", "token_type": "access", "message": _EXPIRED}],
        },
        _challenge,
    ),
    errors.SignInRefused: Answer(
        401, _detail("No active account found with the given credentials"), _challenge
    ),
    errors.PermissionDenied: Answer(403, _detail(_NO_PERMISSION)),
    errors.SessionOver: Answer(403, _detail(_NO_PERMISSION)),
    errors.NotFound: Answer(404, _detail("Not found.")),
    errors.CodeRefused: Answer(400, _detail("Invalid code or not exist")),
    errors.RoleInUse: Answer(409, _detail("The role is in use.")),
    errors.StillOwnsOrganizations: Answer(409, _detail("Close the organizations that you created first.")),
    errors.TooManyMemberships: Answer(
        409, lambda error: {"detail": f"A user can have at most {error.most} memberships."}
    ),
    errors.Throttled: Answer(429, lambda error: {"detail": _throttled(error)}, _retry_after),
    errors.ContactMissing: Answer(400, _detail("Valid phone number or email not provided")),
    errors.ValidationFailed: Answer(400, lambda error: error.fields),
    errors.Unavailable: Answer(503, _detail(_BUSY), _retry_after),
    errors.MalformedBody: Answer(400, _detail(_NOT_JSON)),
    errors.NotAnObject: Answer(400, _detail(_NOT_AN_OBJECT)),
    errors.UnsupportedMediaType: Answer(
        415, lambda error: {"detail": f'Unsupported media type "{error.args[0]}" in request.'}
    ),
    errors.UnsupportedContentEncoding: Answer(
        415, lambda error: {"detail": f'Unsupported content encoding "{error.args[0]}" in request.'}
    ),
    errors.BodyTooLarge: Answer(413, _detail(_TOO_LARGE)),
    errors.WrongParameter: Answer(400, lambda error: {error.name: [error.message]}),
    errors.Unexpected: Answer(500, _detail("Internal server error.")),
}

# The Customer API document's error tables: `message` always, `code` where the table gives one.
CUSTOMER: dict[type[errors.DomainError], Answer] = {
    errors.NotAuthenticated: Answer(403, _message(_NO_CREDENTIALS)),
    errors.TokenNotValid: Answer(403, _message(_INVALID_TOKEN)),
    errors.SessionOver: Answer(403, _message(_INVALID_TOKEN)),
    errors.PermissionDenied: Answer(403, _message(_NO_PERMISSION)),
    errors.NotFound: Answer(404, _message("not found")),
    errors.ValidationFailed: Answer(400, _invalid(lambda error: error.fields)),
    errors.Unavailable: Answer(503, _message(_BUSY), _retry_after),
    errors.Throttled: Answer(429, lambda error: {"message": _throttled(error)}, _retry_after),
    shop_errors.EmailTaken: Answer(409, _message("email already used", 2001)),
    shop_errors.CredentialsMismatch: Answer(404, _message("user or password not match.", 3001)),
    shop_errors.AlreadyInBucket: Answer(409, _message("Product already in bucket", 1041)),
    shop_errors.ProductNotAvailable: Answer(409, _message("Product not avaliable", 1042)),
    shop_errors.NotEnoughProducts: Answer(409, _message("not enough products in magazines", 1043)),
    shop_errors.BucketFull: Answer(409, _message("bucket is full", 1044)),
    shop_errors.BucketEmpty: Answer(409, _message("bucket is empty", 1083)),
    shop_errors.InvalidPayment: Answer(400, _message("invalid payment choice")),
    shop_errors.NotReturnable: Answer(
        409, _message("only status `new`, `to_pay`, `paid` is avaliable to return", 1003)
    ),
    shop_errors.WrongState: Answer(
        409, lambda error: {"code": 1003, "message": f"only status {error.allowed} is avaliable"}
    ),
    shop_errors.StockBelowZero: Answer(409, _message("stock can't fall below 0")),
    errors.MalformedBody: Answer(400, _message(_NOT_JSON)),
    errors.NotAnObject: Answer(400, _message(_NOT_AN_OBJECT)),
    errors.UnsupportedMediaType: Answer(
        415, lambda error: {"message": f'Unsupported media type "{error.args[0]}" in request.'}
    ),
    errors.UnsupportedContentEncoding: Answer(
        415, lambda error: {"message": f'Unsupported content encoding "{error.args[0]}" in request.'}
    ),
    errors.BodyTooLarge: Answer(413, _message(_TOO_LARGE)),
    errors.WrongParameter: Answer(400, _invalid(lambda error: {error.name: [error.message]})),
    errors.Unexpected: Answer(500, _message("Internal server error.")),
}
