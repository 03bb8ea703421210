"""The contract as data: one row per endpoint. Start reading here.

Registration, the local server, the packaging, the access matrix of the tests and the README's table all read
these rows; nothing repeats them. A row says who may call it, where the organization that a right is needed in
comes from, what it does to the table, and which function below `endpoints/` answers.
"""

from functools import partial

from chalicelib.accounts import endpoints as accounts
from chalicelib.accounts import images
from chalicelib.accounts.confirmation import endpoints as confirmation
from chalicelib.accounts.sessions import endpoints as account_sessions
from chalicelib.auth.permissions import ALLOW_ANY, IS_ADMINISTRATOR, IS_SIGNED_IN
from chalicelib.contract import Route, Surface, Table
from chalicelib.orders import endpoints as orders
from chalicelib.organizations import endpoints as organizations
from chalicelib.organizations.clients import endpoints as clients
from chalicelib.organizations.members import endpoints as members
from chalicelib.organizations.roles import endpoints as roles
from chalicelib.organizations.services import endpoints as services
from chalicelib.shop.bucket import endpoints as bucket
from chalicelib.shop.customers import admin as customer_administration
from chalicelib.shop.customers import endpoints as customers
from chalicelib.web.endpoint import Endpoint

_NOTHING: frozenset[Table] = frozenset()
_READS = frozenset({Table.GET})
_LISTS = _READS | {Table.QUERY}
_WRITES = _READS | {Table.PUT}
_ADDS = _WRITES | {Table.UPDATE}  # new ids come from a counter
_DELETES = _READS | {Table.DELETE}
_MOVES = _WRITES | {Table.UPDATE}  # stock and counts change by addition

_staff = partial(Route, surface=Surface.STAFF)
_customer = partial(Route, surface=Surface.CUSTOMER)
_administration = partial(Route, surface=Surface.ADMINISTRATION, permission=IS_ADMINISTRATOR)
_HASHING = 1024  # megabytes: CPU comes with memory, and PBKDF2 wants CPU


# fmt: off

# Orders API document
CREATE_ORDER = orders.create_order
LIST_ORDERS = orders.list_orders
LIST_CREATED_ORDERS = orders.list_created_orders
LIST_ORDERS_TO_EXECUTE = orders.list_orders_to_execute
SHOW_ORDER = orders.show_order
SHOW_ORDER_IN = orders.show_order_in
REPLACE_ORDER = orders.replace_order
CHANGE_ORDER = orders.change_order
DELETE_ORDER = orders.delete_order

# Staff accounts (companion)
REGISTER_USER = accounts.register_user
SIGN_IN_USER = account_sessions.sign_in_user
REFRESH_USER = account_sessions.refresh_user
SIGN_OUT_USER = account_sessions.sign_out_user
LIST_MY_ORDERS_TO_EXECUTE = orders.list_my_orders_to_execute
SHOW_USER = accounts.show_user
REPLACE_USER = accounts.replace_user
CHANGE_USER = accounts.change_user
CLOSE_USER = accounts.close_user
MAIL_CODE = confirmation.mail_code
ACCEPT_CODE = confirmation.accept_code
LIST_SESSIONS = account_sessions.list_sessions
DELETE_SESSION = account_sessions.delete_session
SHOW_DEFAULT_IMAGE = images.show_default_image

# Organizations themselves (companion)
CREATE_ORGANIZATION = organizations.create_organization
LIST_ORGANIZATIONS = organizations.list_organizations
SHOW_ORGANIZATION = organizations.show_organization
REPLACE_ORGANIZATION = organizations.replace_organization
CHANGE_ORGANIZATION = organizations.change_organization
CLOSE_ORGANIZATION = organizations.close_organization
LIST_PERMISSIONS = organizations.list_permissions

# Their members (companion)
CREATE_MEMBER = members.create_member
LIST_MEMBERS = members.list_members
SHOW_MEMBER = members.show_member
REPLACE_MEMBER = members.replace_member
CHANGE_MEMBER = members.change_member
DELETE_MEMBER = members.delete_member

# Their roles (companion)
CREATE_ROLE = roles.create_role
LIST_ROLES = roles.list_roles
SHOW_ROLE = roles.show_role
REPLACE_ROLE = roles.replace_role
CHANGE_ROLE = roles.change_role
DELETE_ROLE = roles.delete_role

# Their services (companion)
CREATE_SERVICE = services.create_service
LIST_SERVICES = services.list_services
SHOW_SERVICE = services.show_service
REPLACE_SERVICE = services.replace_service
CHANGE_SERVICE = services.change_service
DELETE_SERVICE = services.delete_service

# Their clients (companion)
CREATE_CLIENT = clients.create_client
LIST_CLIENTS = clients.list_clients
SHOW_CLIENT = clients.show_client
REPLACE_CLIENT = clients.replace_client
CHANGE_CLIENT = clients.change_client
DELETE_CLIENT = clients.delete_client

# Customer API document
SHOW_PROFILE = customers.show_profile
CHANGE_PROFILE = customers.change_profile
SET_PASSWORD = customers.set_password
LIST_PRODUCTS = _customer(
    "GET", "/api/products", handler="shop.products.endpoints.list_products", permission=ALLOW_ANY, table=_LISTS,
)
LIST_BUCKET = bucket.list_bucket
ADD_TO_BUCKET = bucket.add_to_bucket
CHANGE_BUCKET_LINE = bucket.change_bucket_line
REMOVE_BUCKET_LINE = bucket.remove_bucket_line
PLACE_ORDER = _customer(
    "POST", "/api/orders", handler="shop.orders.endpoints.place_order",
    permission=IS_SIGNED_IN, table=_MOVES, reads_body=True,
)
SHOW_MY_ORDER = _customer(
    "GET", "/api/orders/{uuid}", handler="shop.orders.endpoints.show_my_order", permission=IS_SIGNED_IN,
)
CANCEL_ORDER = _customer(
    "POST", "/api/orders/{uuid}/set_canceled", handler="shop.orders.endpoints.cancel_order",
    permission=IS_SIGNED_IN, table=_MOVES,
)

# Customers beside the document (companion)
REGISTER_CUSTOMER = customers.register_customer
LOG_IN_CUSTOMER = customers.log_in_customer
REFRESH_CUSTOMER = customers.refresh_customer
LOG_OUT_CUSTOMER = customers.log_out_customer
SHOW_PRODUCT = _customer(
    "GET", "/api/products/{uuid}", handler="shop.products.endpoints.show_product", permission=ALLOW_ANY,
)
LIST_MY_ORDERS = _customer(
    "GET", "/api/orders", handler="shop.orders.endpoints.list_my_orders", permission=IS_SIGNED_IN, table=_LISTS,
)

# Administration of the shop (companion)
ADMIN_LIST_PRODUCTS = _administration(
    "GET", "/api/admin/products", handler="shop.administration_endpoints.admin_list_products", table=_LISTS,
)
ADMIN_CREATE_PRODUCT = _administration(
    "POST", "/api/admin/products", handler="shop.administration_endpoints.admin_create_product", success=201,
    table=_MOVES, reads_body=True,
)
ADMIN_SHOW_PRODUCT = _administration(
    "GET", "/api/admin/products/{uuid}", handler="shop.administration_endpoints.admin_show_product",
)
ADMIN_REPLACE_PRODUCT = _administration(
    "PUT", "/api/admin/products/{uuid}", handler="shop.administration_endpoints.admin_replace_product",
    table=_MOVES | _DELETES, reads_body=True,
)
ADMIN_CHANGE_PRODUCT = _administration(
    "PATCH", "/api/admin/products/{uuid}", handler="shop.administration_endpoints.admin_change_product",
    table=_MOVES | _DELETES, reads_body=True,
)
ADMIN_WITHDRAW_PRODUCT = _administration(
    "DELETE", "/api/admin/products/{uuid}", handler="shop.administration_endpoints.admin_withdraw_product", success=204,
    table=_MOVES | _DELETES,
)
ADMIN_SET_STOCK = _administration(
    "PUT", "/api/admin/products/{uuid}/stock", handler="shop.administration_endpoints.admin_set_stock",
    table=_MOVES, reads_body=True,
)
ADMIN_ADJUST_STOCK = _administration(
    "POST", "/api/admin/products/{uuid}/stock", handler="shop.administration_endpoints.admin_adjust_stock",
    table=_MOVES, reads_body=True,
)
ADMIN_LIST_ORDERS = _administration(
    "GET", "/api/admin/orders", handler="shop.administration_endpoints.admin_list_orders", table=_LISTS,
)
ADMIN_SHOW_ORDER = _administration(
    "GET", "/api/admin/orders/{uuid}", handler="shop.administration_endpoints.admin_show_order",
)
ADMIN_SET_PAID = _administration(
    "POST", "/api/admin/orders/{uuid}/set_paid", handler="shop.administration_endpoints.admin_set_paid",
    table=_MOVES, reads_body=True,
)
ADMIN_SET_ERROR = _administration(
    "POST", "/api/admin/orders/{uuid}/set_error", handler="shop.administration_endpoints.admin_set_error", table=_MOVES,
)
ADMIN_LIST_CUSTOMERS = customer_administration.admin_list_customers
ADMIN_SHOW_CUSTOMER = customer_administration.admin_show_customer

# fmt: on

ALL: tuple[Route | Endpoint, ...] = tuple(
    row for row in list(globals().values()) if isinstance(row, Route | Endpoint)
)
