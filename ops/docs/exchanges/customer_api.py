"""The Customer API document: every exchange and every row of the error tables, in its order."""

from __future__ import annotations

from ops.docs.exchanges.exchange import ANY_MASKED_HASH, ANY_TIME, ANY_UUID, DocumentedError, Exchange

CUSTOMER = "a860895f-788d-4bb2-baa7-06c263ed8754"
"""anakin. Samples print other uuids as `customer` too; the requester's own is meant (specification)."""

TELEWIZOR = "561f3505-018f-4352-bcda-c6d00092eea1"
TELEFON = "c7c6705d-9d18-4a70-a070-004fc5cfbc8e"

PROFILE = {
    "username": "anakin",
    "first_name": "lord_anakin",
    "last_name": "",
    "email": "a.skywalker@deathstar.im",
    "phone": "",
    "city": "",
}

PRINTED_PASSWORD = "pbkdf2_sha256$36000$xA9wvVJPALHV$vQwQ0pdKmn8Yh9dZAZZJzgcdPZIeZVZyllujr0Ztvrc="
"""The hash that `setpassword` prints; ours is masked. A hash of this form must still let its owner in."""

ADD_TO_BUCKET_TEMPLATE = {"quantity": None, "product": None}
"""The body that `POST /api/bucket` prints: a form to fill in, not the request of the answer below it."""

ORDERED_BUCKET = ((TELEWIZOR, 1), (TELEFON, 3))
"""What makes the printed order: one for 3000.00 and three for 1000.00, sum 6000.00."""


def _exchange(
    title: str, call: str, request: object, response: object, *, bucket: tuple[tuple[str, int], ...] = ()
) -> Exchange:
    """A successful exchange of anakin, whose `call` is `METHOD path`."""
    method, path = call.split(" ")
    return Exchange(title, method, path, request, 200, response, True, title, bucket=bucket)


PROFILE_READ = _exchange(
    "Customer Profile",
    "GET /api/profile",
    None,
    {"count": 1, "next": None, "previous": None, "results": [{"uuid": CUSTOMER, **PROFILE}]},
)

PROFILE_UPDATE = _exchange("Update Customer Profile", f"PUT /api/profile/{CUSTOMER}", PROFILE, PROFILE)

PASSWORD_CHANGE = _exchange(
    "Change Customer Password",
    f"PUT /api/profile/{CUSTOMER}/setpassword",
    {"username": "anakin", "old_password": "obiwansux", "password": "onlydarkside"},
    {"password": ANY_MASKED_HASH, "username": "anakin"},
)

PRODUCT_LIST = Exchange(
    title="Product list",
    method="GET",
    path="/api/products?name=tele&type=rtv",  # the two placeholders, filled in so that both products match
    request_body=None,
    status=200,
    response_body={
        "count": 2,
        "next": None,
        "previous": None,
        "results": {
            TELEWIZOR: {
                "status": "new",
                "name": "telewizor",
                "description": "LED TV",
                "price": "3000.00",
                "product_type": "rtv",
                "quantity": 9,
            },
            TELEFON: {
                "status": "new",
                "name": "telefon",
                "description": "telefon komórkowy",
                "price": "1000.00",
                "product_type": "rtv",
                "quantity": 7,
            },
        },
    },
    authenticated=False,
    section="Product list",
)

BUCKET_LIST = _exchange(
    "Customer products in bucket",
    "GET /api/bucket",
    None,
    {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [{"quantity": 1, "product": TELEWIZOR, "value": "3000.00", "bucket_uuid": ANY_UUID}],
    },
    bucket=((TELEWIZOR, 1),),
)

BUCKET_ADD = _exchange(
    "Add products to bucket",
    "POST /api/bucket",
    {"quantity": 2, "product": TELEFON},
    {"customer": CUSTOMER, "quantity": 2, "product": TELEFON, "value": 1000.0},
)

BUCKET_UPDATE = _exchange(
    "Update quantity products to bucket",
    "POST /api/bucket/{bucket_uuid}",
    {"quantity": 2},
    {"quantity": 2},
    bucket=((TELEWIZOR, 1),),
)

BUCKET_REMOVE = _exchange(
    "Remove products from bucket",
    "DELETE /api/bucket/{bucket_uuid}",
    None,
    {"status": "OK", "message": "product removed"},
    bucket=((TELEWIZOR, 1),),
)

ORDER_CREATE = _exchange(
    "Create Order",
    "POST /api/orders",
    {"payment": "cash"},
    {
        "order_uuid": ANY_UUID,
        "status": "new",
        "date_created": ANY_TIME,
        "date_paid": None,
        "sum": "6000.00",
        "payment": "cash",
        "customer": CUSTOMER,
    },
    bucket=ORDERED_BUCKET,
)

_ORDER_UUID = ANY_UUID.labelled("order")

ORDER_READ = _exchange(
    "Order Details",
    "GET /api/orders/{order_uuid}",
    None,
    [
        {
            "order_uuid": _ORDER_UUID,
            "status": "new",
            "date_created": ANY_TIME,
            "date_paid": None,
            "sum": "6000.00",
            "payment": "cash",
        },
        [
            {
                "order_product_uuid": ANY_UUID,
                "quantity": 1,
                "value": "3000.00",
                "order": _ORDER_UUID,
                "product": TELEWIZOR,
            },
            {
                "order_product_uuid": ANY_UUID,
                "quantity": 3,
                "value": "1000.00",
                "order": _ORDER_UUID,
                "product": TELEFON,
            },
        ],
    ],
    bucket=ORDERED_BUCKET,
)

ORDER_CANCEL = _exchange(
    "Set Order Status Returned",
    "POST /api/orders/{order_uuid}/set_canceled",
    None,
    {"status": "OK", "message": "updated"},
    bucket=ORDERED_BUCKET,
)

EXCHANGES = (
    PROFILE_READ,
    PROFILE_UPDATE,
    PASSWORD_CHANGE,
    PRODUCT_LIST,
    BUCKET_LIST,
    BUCKET_ADD,
    BUCKET_UPDATE,
    BUCKET_REMOVE,
    ORDER_CREATE,
    ORDER_READ,
    ORDER_CANCEL,
)

_NO_CREDENTIALS = (403, None, "Authentication credentials were not provided.")
_NOT_FOUND = (404, None, "not found")
_NOT_ENOUGH = (409, 1043, "not enough products in magazines")

_ERROR_TABLES: tuple[tuple[Exchange, tuple[tuple[int, int | None, str], ...]], ...] = (
    (PROFILE_READ, (_NO_CREDENTIALS,)),
    (PROFILE_UPDATE, (_NO_CREDENTIALS, (400, None, "Validation error."), (409, 2001, "email already used"))),
    (PASSWORD_CHANGE, (_NO_CREDENTIALS, (404, 3001, "user or password not match."))),
    (PRODUCT_LIST, ()),
    (BUCKET_LIST, (_NO_CREDENTIALS,)),
    (
        BUCKET_ADD,
        (
            _NO_CREDENTIALS,
            (409, 1042, "Product not avaliable"),
            (409, 1041, "Product already in bucket"),
            _NOT_ENOUGH,
        ),
    ),
    (BUCKET_UPDATE, (_NO_CREDENTIALS, _NOT_ENOUGH)),
    (BUCKET_REMOVE, (_NO_CREDENTIALS, _NOT_FOUND)),
    (ORDER_CREATE, (_NO_CREDENTIALS, (400, None, "invalid payment choice"), (409, 1083, "bucket is empty"))),
    (ORDER_READ, (_NO_CREDENTIALS, _NOT_FOUND)),
    (
        ORDER_CANCEL,
        (
            _NO_CREDENTIALS,
            _NOT_FOUND,
            (409, 1003, "only status `new`, `to_pay`, `paid` is avaliable to return"),
        ),
    ),
)

ERRORS = tuple(
    DocumentedError(exchange.title, exchange.method, exchange.path, *row)
    for exchange, rows in _ERROR_TABLES
    for row in rows
)
