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
from chalicelib.auth.permissions import IS_ADMINISTRATOR
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
from chalicelib.shop.orders import admin as order_administration
from chalicelib.shop.orders import endpoints as shop_orders
from chalicelib.shop.products import admin as product_administration
from chalicelib.shop.products import endpoints as products
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
LIST_PRODUCTS = products.list_products
LIST_BUCKET = bucket.list_bucket
ADD_TO_BUCKET = bucket.add_to_bucket
CHANGE_BUCKET_LINE = bucket.change_bucket_line
REMOVE_BUCKET_LINE = bucket.remove_bucket_line
PLACE_ORDER = shop_orders.place_order
SHOW_MY_ORDER = shop_orders.show_my_order
CANCEL_ORDER = shop_orders.cancel_order

# Customers beside the document (companion)
REGISTER_CUSTOMER = customers.register_customer
LOG_IN_CUSTOMER = customers.log_in_customer
REFRESH_CUSTOMER = customers.refresh_customer
LOG_OUT_CUSTOMER = customers.log_out_customer
SHOW_PRODUCT = products.show_product
LIST_MY_ORDERS = shop_orders.list_my_orders

# Administration of the shop (companion)
ADMIN_LIST_PRODUCTS = product_administration.admin_list_products
ADMIN_CREATE_PRODUCT = product_administration.admin_create_product
ADMIN_SHOW_PRODUCT = product_administration.admin_show_product
ADMIN_REPLACE_PRODUCT = product_administration.admin_replace_product
ADMIN_CHANGE_PRODUCT = product_administration.admin_change_product
ADMIN_WITHDRAW_PRODUCT = product_administration.admin_withdraw_product
ADMIN_SET_STOCK = product_administration.admin_set_stock
ADMIN_ADJUST_STOCK = product_administration.admin_adjust_stock
ADMIN_LIST_ORDERS = order_administration.admin_list_orders
ADMIN_SHOW_ORDER = order_administration.admin_show_order
ADMIN_SET_PAID = order_administration.admin_set_paid
ADMIN_SET_ERROR = order_administration.admin_set_error
ADMIN_LIST_CUSTOMERS = customer_administration.admin_list_customers
ADMIN_SHOW_CUSTOMER = customer_administration.admin_show_customer

# fmt: on

ALL: tuple[Route | Endpoint, ...] = tuple(
    row for row in list(globals().values()) if isinstance(row, Route | Endpoint)
)
