"""The workloads whose month is added up, by what belongs to one order: assumptions, to be replaced by what
your log says (`stats count() by route`).
"""

SHOP = {
    "list-products": 4.0,
    "list-products, of a type": 4.0,
    "list-products, by name": 2.0,
    "show-product": 10.0,
    "register-customer": 0.1,
    "log-in-customer": 0.3,
    "refresh-customer": 1.0,
    "show-profile": 0.5,
    "change-profile": 0.02,
    "set-password": 0.01,
    "list-bucket": 3.0,
    "add-to-bucket": 4.0,
    "change-bucket-line": 0.5,
    "remove-bucket-line": 1.0,
    "place-order": 1.0,
    "show-my-order": 1.0,
    "list-my-orders": 0.5,
    "cancel-order": 0.05,
    "admin-list-orders": 0.2,
    "admin-set-paid": 0.9,
}
"""A shop order of three lines, with the browsing of those who order and of those who don't."""

STAFF = {
    "sign-in-user": 0.2,
    "create-order": 0.95,
    "create-order, first of a block of ids": 0.05,
    "list-orders": 8.0,
    "list-created-orders": 2.0,
    "show-order": 5.0,
    "replace-order": 0.5,
    "change-order": 3.0,
    "delete-order": 0.05,
}
"""An organization's order, with what its people do about it."""

ORDERS_A_DAY = (10, 1_000, 100_000)
