"""The contract as data: one row per endpoint. Start reading here.

Registration, the local server, the packaging, the access matrix of the tests and the README's table all read
these rows; nothing repeats them. A row says who may call it, where the organization that a right is needed in
comes from, what it does to the table, and which function below `endpoints/` answers.
"""

from functools import partial

from chalicelib.auth.permissions import ALLOW_ANY, IS_CONFIRMED, IS_SIGNED_IN, Permission, all_of, holds
from chalicelib.contract import OrganizationIn, Route, Surface, Table

_BODY, _PATH, _ORDER = OrganizationIn.BODY, OrganizationIn.PATH, OrganizationIn.ORDER

_NOTHING: frozenset[Table] = frozenset()
_READS = frozenset({Table.GET})
_LISTS = _READS | {Table.QUERY}
_WRITES = _READS | {Table.PUT}
_ADDS = _WRITES | {Table.UPDATE}  # new ids come from a counter
_DELETES = _READS | {Table.DELETE}

_staff = partial(Route, surface=Surface.STAFF)
_HASHING = 1024  # megabytes: CPU comes with memory, and PBKDF2 wants CPU


def _needs(right: str) -> Permission:
    return all_of(IS_CONFIRMED, holds(right))


# fmt: off  (a row is three lines, whatever its length)

# Orders API document
CREATE_ORDER = _staff(
    "POST",
    "/orders/order-c",
    handler="orders.create_order",
    success=201,
    permission=_needs("order_create"),
    organization=_BODY,
    table=_ADDS,
    reads_body=True,
)
LIST_ORDERS = _staff(
    "GET",
    "/orders/order-l/{organization}",
    handler="orders.list_orders",
    success=200,
    permission=_needs("order_view"),
    organization=_PATH,
    table=_LISTS,
)
LIST_CREATED_ORDERS = _staff(
    "GET",
    "/orders/order-creator-l/{organization}",
    handler="orders.list_created_orders",
    success=200,
    permission=_needs("order_view"),
    organization=_PATH,
    table=_LISTS,
)
LIST_ORDERS_TO_EXECUTE = _staff(
    "GET",
    "/orders/order-executor-l/{organization}",
    handler="orders.list_orders_to_execute",
    success=200,
    permission=_needs("order_view"),
    organization=_PATH,
    table=_LISTS,
)
SHOW_ORDER = _staff(
    "GET",
    "/orders/order-r/{id}",
    handler="orders.show_order",
    success=200,
    permission=_needs("order_view"),
    organization=_ORDER,
    table=_READS,
)
SHOW_ORDER_IN = _staff(
    "GET",
    "/orders/order-r/{id}/{organization}",
    handler="orders.show_order_in",
    success=200,
    permission=_needs("order_view"),
    organization=_PATH,
    table=_READS,
)
REPLACE_ORDER = _staff(
    "PUT",
    "/orders/order-ud/{id}",
    handler="orders.replace_order",
    success=200,
    permission=_needs("order_change"),
    organization=_BODY,
    table=_WRITES,
    reads_body=True,
)
CHANGE_ORDER = _staff(
    "PATCH",
    "/orders/order-ud/{id}",
    handler="orders.change_order",
    success=200,
    permission=_needs("order_change"),
    organization=_BODY,
    table=_WRITES,
    reads_body=True,
)
DELETE_ORDER = _staff(
    "DELETE",
    "/orders/order-ud/{id}",
    handler="orders.delete_order",
    success=204,
    permission=_needs("order_delete"),
    organization=_BODY,
    table=_DELETES,
    reads_body=True,
)

# Companion: staff accounts
REGISTER_USER = _staff(
    "POST",
    "/users/auth/registration",
    handler="staff_sign_in.register_user",
    success=201,
    permission=ALLOW_ANY,
    table=_ADDS,
    reads_body=True,
    memory=_HASHING,
)
SIGN_IN_USER = _staff(
    "POST",
    "/users/auth/token",
    handler="staff_sign_in.sign_in_user",
    success=200,
    permission=ALLOW_ANY,
    table=_WRITES,
    reads_body=True,
    memory=_HASHING,
)
REFRESH_USER = _staff(
    "POST",
    "/users/auth/token/refresh",
    handler="staff_sign_in.refresh_user",
    success=200,
    permission=ALLOW_ANY,
    table=_WRITES | _DELETES,
    reads_body=True,
)
SIGN_OUT_USER = _staff(
    "POST",
    "/users/auth/logout",
    handler="staff_sign_in.sign_out_user",
    success=204,
    permission=IS_SIGNED_IN,
    table=_DELETES,
)
SHOW_DEFAULT_IMAGE = _staff(
    "GET",
    "/static/Users/default-user-image.jpeg",
    handler="static.show_default_image",
    success=200,
    permission=ALLOW_ANY,
    table=_NOTHING,
)

# fmt: on

ORDERS = (
    CREATE_ORDER,
    LIST_ORDERS,
    LIST_CREATED_ORDERS,
    LIST_ORDERS_TO_EXECUTE,
    SHOW_ORDER,
    SHOW_ORDER_IN,
    REPLACE_ORDER,
    CHANGE_ORDER,
    DELETE_ORDER,
)
STAFF_ACCOUNTS = (REGISTER_USER, SIGN_IN_USER, REFRESH_USER, SIGN_OUT_USER, SHOW_DEFAULT_IMAGE)

ALL: tuple[Route, ...] = ORDERS + STAFF_ACCOUNTS
