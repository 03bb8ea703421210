"""The Orders API document: every exchange that it prints, in its order."""

from __future__ import annotations

from typing import Any

from ops.docs.exchanges.exchange import ANY_TIME, DEFAULT_IMAGE, Exchange, Json, Marker

UNAUTHENTICATED_BODY = {"detail": "Authentication credentials were not provided."}
"""401: the request is made without a token."""

FORBIDDEN_BODY = {"detail": "You do not have permission to perform this action."}
"""403: not enough rights, the account is not confirmed, or the session has been deleted."""

TOKEN_CLAIMS = ("token_type", "exp", "jti", "user_id")
"""What the sample's bearer token carries, in its order; more may be added."""

REQUIRED = ["This field is required."]

RETRIEVED_UPDATED_AT = "2021-09-09T05:07:29.852934Z"
"""When the document's own order was last changed: a replay can only know it with a clock of its own."""


def user_3() -> dict[str, Any]:
    """User 5, whose names are all `user3`: creator and executor of the document's order."""
    return {
        "id": 5,
        "surname": "user3",
        "name": "user3",
        "patronymic": "user3",
        "address": "user3address",
        "email": "user3@gmail.com",
        "phone": "+79137779135",
        "image": DEFAULT_IMAGE,
        "confirmed_email": True,
        "confirmed_phone": False,
        "created_at": "2021-09-08T12:22:26.072030Z",
        "updated_at": "2021-09-08T15:11:20.864802Z",
    }


def user_a() -> dict[str, Any]:
    """User 1, the organization's creator, who has confirmed nothing."""
    return {
        "id": 1,
        "surname": "a",
        "name": "a",
        "patronymic": "a",
        "address": "a",
        "email": "a@gmail.com",
        "phone": None,
        "image": DEFAULT_IMAGE,
        "confirmed_email": False,
        "confirmed_phone": False,
        "created_at": "2021-09-08T12:03:41.729216Z",
        "updated_at": "2021-09-08T12:03:41.729257Z",
    }


def organization() -> dict[str, Any]:
    """Organization 1."""
    return {
        "id": 1,
        "name": "Organization2",
        "description": "Organization2",
        "address": "Organization2",
        "creator": user_a(),
        "created_at": "2021-09-08T15:13:41.218868Z",
        "numbers": {"main": "+79999999999"},
        "links": {"vk": "vk.com"},
        "updated_at": "2021-09-09T03:03:04.127339Z",
    }


def service() -> dict[str, Any]:
    """Service 1 of organization 1."""
    return {
        "id": 1,
        "name": "Programming",
        "address": "Gdeto v rossii",
        "phone": "+79518472961",
        "organization": organization(),
        "created_at": "2021-09-09T03:37:35.341485Z",
        "updated_at": "2021-09-09T03:40:40.333245Z",
    }


def order(description: str, updated_at: str | Marker) -> dict[str, Any]:
    """Order 1; the samples show it at different times."""
    return {
        "id": 1,
        "order_code": 249119676806814,
        "description": description,
        "creator": user_3(),
        "executor": user_3(),
        "organization": organization(),
        "client": 1,
        "done": False,
        "service": service(),
        "created_at": "2021-09-09T04:52:27.731903Z",
        "updated_at": updated_at,
    }


ORDER_LISTED = order("New order", "2021-09-09T04:58:12.789112Z")
"""Order 1 as the two listings print it: where the demo data starts."""

ORDER_RETRIEVED = order("Description", RETRIEVED_UPDATED_AT)
"""Order 1 as `order-r` prints it: after the document's own PUT and PATCH."""

ORDER_LIST = [ORDER_LISTED]
ORDER_CREATOR_LIST = [order("New order", "2021-09-09T04:58:12.789112Z")]

PUT_CORRECT = "PUT order-ud: the correct request"
PATCH_CORRECT = "PATCH order-ud: the correct request"


def _exchange(
    title: str, call: str, request: Json, answer: tuple[int, Json], after: tuple[str, ...] = ()
) -> Exchange:
    """An exchange of user 5, whose `call` is `METHOD name/…/`; its section is the document's bullet."""
    method, path = call.split(" ")
    status, response = answer
    section = f"{method} {path.split('/', 1)[0]}"
    return Exchange(title, method, f"/orders/{path}", request, status, response, True, section, after)


TOKEN_ERROR = Exchange(
    title="Token error: the request is made without a token",
    method="GET",  # the document names no call here: any of them answers this
    path="/orders/order-l/1/",
    request_body=None,
    status=401,
    response_body=UNAUTHENTICATED_BODY,
    authenticated=False,
    section="Token error",
)

CREATE = (
    _exchange("POST order-c: empty request data", "POST order-c/", {}, (403, FORBIDDEN_BODY)),
    _exchange(
        "POST order-c: only the organization",
        "POST order-c/",
        {"organization": 1},
        (
            400,
            {
                "description": REQUIRED,
                "creator": REQUIRED,
                "executor": REQUIRED,
                "client": REQUIRED,
                "service": REQUIRED,
            },
        ),
    ),
    _exchange(
        "POST order-c: the correct request",
        "POST order-c/",
        {
            "description": "New order",
            "organization": 1,
            "creator": 5,
            "executor": 5,
            "client": 1,
            "service": 1,
        },
        (
            201,
            {
                "description": "New order",
                "creator": 5,
                "executor": 5,
                "client": 1,
                "service": 1,
                "organization": 1,
            },
        ),
    ),
)

LISTINGS = (
    _exchange("GET order-l", "GET order-l/1/", None, (200, ORDER_LIST)),
    _exchange("GET order-creator-l", "GET order-creator-l/1/", None, (200, ORDER_CREATOR_LIST)),
)

RETRIEVE = _exchange(
    "GET order-r",
    "GET order-r/1/",
    None,
    (200, order("Description", ANY_TIME)),
    after=(PUT_CORRECT, PATCH_CORRECT),
)

CHANGE = (
    _exchange("PUT order-ud: empty request data", "PUT order-ud/1/", {}, (403, FORBIDDEN_BODY)),
    _exchange(
        "PUT order-ud: only the organization",
        "PUT order-ud/1/",
        {"organization": 1},
        (400, {"description": REQUIRED, "executor": REQUIRED}),
    ),
    _exchange(
        PUT_CORRECT,
        "PUT order-ud/1/",
        {"description": "Changed descr", "executor": 2, "organization": 1},
        (200, {"description": "Changed descr", "executor": 2}),
    ),
    _exchange("PATCH order-ud: empty request data", "PATCH order-ud/1/", {}, (403, FORBIDDEN_BODY)),
    _exchange(
        "PATCH order-ud: only the organization",
        "PATCH order-ud/1/",
        {"organization": 1},
        (200, {"description": "Changed descr", "executor": 2}),
        after=(PUT_CORRECT,),
    ),
    _exchange(
        PATCH_CORRECT,
        "PATCH order-ud/1/",
        {"description": "Description", "executor": 5, "organization": 1},
        (200, {"description": "Description", "executor": 5}),
        after=(PUT_CORRECT,),
    ),
)

DELETE = (
    _exchange("DELETE order-ud: empty request data", "DELETE order-ud/1/", {}, (403, FORBIDDEN_BODY)),
    # Printed with `{}`; a 204 has no body (specification).
    _exchange("DELETE order-ud: the correct request", "DELETE order-ud/1/", {"organization": 1}, (204, None)),
)

EXCHANGES = (TOKEN_ERROR, *CREATE, *LISTINGS, RETRIEVE, *CHANGE, *DELETE)
