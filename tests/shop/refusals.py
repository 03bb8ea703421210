"""How the shop words what it refuses."""

from typing import Any

from tests.support.world import Answer

Told = tuple[int, Any]

NOT_FOUND: Told = (404, {"message": "not found"})
FORBIDDEN: Told = (403, {"message": "You do not have permission to perform this action."})
INVALID_TOKEN: Told = (403, {"message": "Given token not valid for any token type"})
EMAIL_TAKEN: Told = (409, {"code": 2001, "message": "email already used"})
MISMATCH: Told = (404, {"code": 3001, "message": "user or password not match."})
ALREADY_IN: Told = (409, {"code": 1041, "message": "Product already in bucket"})
NOT_AVAILABLE: Told = (409, {"code": 1042, "message": "Product not avaliable"})
NOT_ENOUGH: Told = (409, {"code": 1043, "message": "not enough products in magazines"})
FULL: Told = (409, {"code": 1044, "message": "bucket is full"})
EMPTY: Told = (409, {"code": 1083, "message": "bucket is empty"})
NO_PAYMENT: Told = (400, {"message": "invalid payment choice"})
BELOW_ZERO: Told = (409, {"message": "stock can't fall below 0"})
NOT_RETURNABLE: Told = (
    409,
    {"code": 1003, "message": "only status `new`, `to_pay`, `paid` is avaliable to return"},
)
WRONG_STATE: Told = (409, {"code": 1003, "message": "only status `new`, `to_pay` is avaliable"})
UPDATED: Told = (200, {"status": "OK", "message": "updated"})
USERNAME_TAKEN = {"username": ["A user with that username already exists."]}
REQUIRED = ["This field is required."]
NOT_AN_INTEGER = ["A valid integer is required."]


def invalid(**details: list[str]) -> Told:
    """Return a validation error."""
    return 400, {"message": "Validation error.", "details": details}


def told(answer: Answer) -> Told:
    """Return what an answer says: status and body."""
    return answer.status, answer.json if answer.text else None
