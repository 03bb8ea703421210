"""The contract as data: one row per endpoint. Start reading here.

Registration, the local server, the packaging, the access matrix of the tests and the README's table all read
these rows; nothing repeats them. A row says who may call it, where the organization that a right is needed in
comes from, what it does to the table, and which function below `endpoints/` answers.
"""

from functools import partial

from chalicelib.auth.permissions import (
    ALLOW_ANY,
    IS_ADMINISTRATOR,
    IS_CONFIRMED,
    IS_MEMBER,
    IS_SIGNED_IN,
    Permission,
    all_of,
    holds,
)
from chalicelib.contract import OrganizationIn, Route, Surface, Table
from chalicelib.orders import endpoints as orders
from chalicelib.web.endpoint import Endpoint

_BODY, _PATH, _ORDER = OrganizationIn.BODY, OrganizationIn.PATH, OrganizationIn.ORDER
_LISTED = OrganizationIn.BODY_OR_LIST

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


def _needs(right: str) -> Permission:
    return all_of(IS_CONFIRMED, holds(right))


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
REGISTER_USER = _staff(
    "POST", "/users/auth/registration", handler="accounts.sessions.sign_in.register_user", success=201,
    permission=ALLOW_ANY, table=_ADDS, reads_body=True, memory=_HASHING,
)
SIGN_IN_USER = _staff(
    "POST", "/users/auth/token", handler="accounts.sessions.sign_in.sign_in_user",
    permission=ALLOW_ANY, table=_MOVES | _DELETES, reads_body=True, memory=_HASHING,
)
REFRESH_USER = _staff(
    "POST", "/users/auth/token/refresh", handler="accounts.sessions.sign_in.refresh_user",
    permission=ALLOW_ANY, table=_MOVES | _DELETES, reads_body=True,
)
SIGN_OUT_USER = _staff(
    "POST", "/users/auth/logout", handler="accounts.sessions.sign_in.sign_out_user", success=204,
    permission=IS_SIGNED_IN, table=_DELETES,
)
LIST_MY_ORDERS_TO_EXECUTE = orders.list_my_orders_to_execute
SHOW_USER = _staff(
    "GET", "/users/user/{id}", handler="accounts.endpoints.show_user", permission=IS_SIGNED_IN,
)
REPLACE_USER = _staff(
    "PUT", "/users/user/{id}", handler="accounts.endpoints.replace_user",
    permission=IS_SIGNED_IN, table=_WRITES | _DELETES, reads_body=True, memory=_HASHING,
)
CHANGE_USER = _staff(
    "PATCH", "/users/user/{id}", handler="accounts.endpoints.change_user",
    permission=IS_SIGNED_IN, table=_WRITES | _DELETES, reads_body=True, memory=_HASHING,
)
CLOSE_USER = _staff(
    "DELETE", "/users/user/{id}", handler="accounts.endpoints.close_user", success=204,
    permission=IS_SIGNED_IN, table=_LISTS | _WRITES | _DELETES,
)
MAIL_CODE = _staff(
    "POST", "/verify-info/verify-user-email", handler="accounts.confirmation.endpoints.mail_code",
    permission=IS_SIGNED_IN, table=_WRITES, sends_mail=True,
)
ACCEPT_CODE = _staff(
    "POST", "/verify-info/accept-user-info", handler="accounts.confirmation.endpoints.accept_code",
    permission=IS_SIGNED_IN, table=_MOVES | _DELETES, reads_body=True,
)
LIST_SESSIONS = _staff(
    "GET", "/sessions/session-user-l/{id}", handler="accounts.sessions.endpoints.list_sessions",
    permission=IS_SIGNED_IN, table=_LISTS,
)
DELETE_SESSION = _staff(
    "DELETE", "/sessions/session-user-d/{id}", handler="accounts.sessions.endpoints.delete_session", success=204,
    permission=IS_SIGNED_IN, table=_DELETES,
)
SHOW_DEFAULT_IMAGE = _staff(
    "GET", "/static/Users/default-user-image.jpeg", handler="accounts.images.show_default_image",
    permission=ALLOW_ANY, table=_NOTHING,
)

# Organizations themselves (companion)
CREATE_ORGANIZATION = _staff(
    "POST", "/organizations/organization-lc", handler="organizations.endpoints.create_organization", success=201,
    permission=IS_CONFIRMED, table=_ADDS, reads_body=True,
)
LIST_ORGANIZATIONS = _staff(
    "GET", "/organizations/organization-lc", handler="organizations.endpoints.list_organizations",
    permission=IS_SIGNED_IN, table=_LISTS,
)
SHOW_ORGANIZATION = _staff(
    "GET", "/organizations/organization-rud/{organization}",
    handler="organizations.endpoints.show_organization",
    permission=all_of(IS_CONFIRMED, IS_MEMBER), organization=_PATH,
)
REPLACE_ORGANIZATION = _staff(
    "PUT", "/organizations/organization-rud/{organization}",
    handler="organizations.endpoints.replace_organization",
    permission=_needs("organization_change"), organization=_PATH, table=_WRITES | _DELETES, reads_body=True,
)
CHANGE_ORGANIZATION = _staff(
    "PATCH", "/organizations/organization-rud/{organization}",
    handler="organizations.endpoints.change_organization",
    permission=_needs("organization_change"), organization=_PATH, table=_WRITES | _DELETES, reads_body=True,
)
CLOSE_ORGANIZATION = _staff(
    "DELETE", "/organizations/organization-rud/{organization}",
    handler="organizations.endpoints.close_organization", success=204,
    permission=_needs("organization_delete"), organization=_PATH, table=_MOVES | _DELETES,
)
LIST_PERMISSIONS = _staff(
    "GET", "/organizations/perm-l/{organization}", handler="organizations.endpoints.list_permissions",
    permission=_needs("perm_view"), organization=_PATH,
)

# Their members (companion)
CREATE_MEMBER = _staff(
    "POST", "/organizations/member-c", handler="organizations.members.endpoints.create_member", success=201,
    permission=_needs("organization_member_create"), organization=_BODY, table=_ADDS, reads_body=True,
)
LIST_MEMBERS = _staff(
    "GET", "/organizations/member-l/{organization}", handler="organizations.members.endpoints.list_members",
    permission=_needs("organization_member_view"), organization=_PATH, table=_LISTS,
)
SHOW_MEMBER = _staff(
    "GET", "/organizations/member-r/{id}/{organization}", handler="organizations.members.endpoints.show_member",
    permission=_needs("organization_member_view"), organization=_PATH,
)
REPLACE_MEMBER = _staff(
    "PUT", "/organizations/member-ud/{id}", handler="organizations.members.endpoints.replace_member",
    permission=_needs("organization_member_change"), organization=_BODY,
    table=_WRITES | _DELETES, reads_body=True,
)
CHANGE_MEMBER = _staff(
    "PATCH", "/organizations/member-ud/{id}", handler="organizations.members.endpoints.change_member",
    permission=_needs("organization_member_change"), organization=_BODY,
    table=_WRITES | _DELETES, reads_body=True,
)
DELETE_MEMBER = _staff(
    "DELETE", "/organizations/member-ud/{id}", handler="organizations.members.endpoints.delete_member", success=204,
    permission=_needs("organization_member_delete"), organization=_BODY,
    table=_WRITES | _DELETES, reads_body=True,
)

# Their roles (companion)
CREATE_ROLE = _staff(
    "POST", "/organizations/role-c", handler="organizations.roles.endpoints.create_role", success=201,
    permission=_needs("role_create"), organization=_BODY, table=_ADDS, reads_body=True,
)
LIST_ROLES = _staff(
    "GET", "/organizations/role-l/{organization}", handler="organizations.roles.endpoints.list_roles",
    permission=_needs("role_view"), organization=_PATH,
)
SHOW_ROLE = _staff(
    "GET", "/organizations/role-r/{id}/{organization}", handler="organizations.roles.endpoints.show_role",
    permission=_needs("role_view"), organization=_PATH,
)
REPLACE_ROLE = _staff(
    "PUT", "/organizations/role-ud/{id}", handler="organizations.roles.endpoints.replace_role",
    permission=_needs("role_change"), organization=_BODY, table=_WRITES, reads_body=True,
)
CHANGE_ROLE = _staff(
    "PATCH", "/organizations/role-ud/{id}", handler="organizations.roles.endpoints.change_role",
    permission=_needs("role_change"), organization=_BODY, table=_WRITES, reads_body=True,
)
DELETE_ROLE = _staff(
    "DELETE", "/organizations/role-ud/{id}", handler="organizations.roles.endpoints.delete_role", success=204,
    permission=_needs("role_delete"), organization=_BODY, table=_WRITES, reads_body=True,
)

# Their services (companion)
CREATE_SERVICE = _staff(
    "POST", "/organizations/service-c", handler="organizations.services.endpoints.create_service", success=201,
    permission=_needs("service_create"), organization=_BODY, table=_ADDS, reads_body=True,
)
LIST_SERVICES = _staff(
    "GET", "/organizations/service-l/{organization}", handler="organizations.services.endpoints.list_services",
    permission=_needs("service_view"), organization=_PATH, table=_LISTS,
)
SHOW_SERVICE = _staff(
    "GET", "/organizations/service-r/{id}/{organization}", handler="organizations.services.endpoints.show_service",
    permission=_needs("service_view"), organization=_PATH,
)
REPLACE_SERVICE = _staff(
    "PUT", "/organizations/service-ud/{id}", handler="organizations.services.endpoints.replace_service",
    permission=_needs("service_change"), organization=_BODY, table=_WRITES, reads_body=True,
)
CHANGE_SERVICE = _staff(
    "PATCH", "/organizations/service-ud/{id}", handler="organizations.services.endpoints.change_service",
    permission=_needs("service_change"), organization=_BODY, table=_WRITES, reads_body=True,
)
DELETE_SERVICE = _staff(
    "DELETE", "/organizations/service-ud/{id}", handler="organizations.services.endpoints.delete_service", success=204,
    permission=_needs("service_delete"), organization=_BODY, table=_WRITES, reads_body=True,
)

# Their clients (companion)
CREATE_CLIENT = _staff(
    "POST", "/clients/client-c", handler="organizations.clients.endpoints.create_client", success=201,
    permission=_needs("client_create"), organization=_LISTED, table=_ADDS, reads_body=True,
)
LIST_CLIENTS = _staff(
    "GET", "/clients/client-l/{organization}", handler="organizations.clients.endpoints.list_clients",
    permission=_needs("client_view"), organization=_PATH, table=_LISTS,
)
SHOW_CLIENT = _staff(
    "GET", "/clients/client-r/{id}/{organization}", handler="organizations.clients.endpoints.show_client",
    permission=_needs("client_view"), organization=_PATH,
)
REPLACE_CLIENT = _staff(
    "PUT", "/clients/client-u/{id}", handler="organizations.clients.endpoints.replace_client",
    permission=_needs("client_change"), organization=_LISTED, table=_WRITES, reads_body=True,
)
CHANGE_CLIENT = _staff(
    "PATCH", "/clients/client-u/{id}", handler="organizations.clients.endpoints.change_client",
    permission=_needs("client_change"), organization=_LISTED, table=_WRITES, reads_body=True,
)
DELETE_CLIENT = _staff(
    "DELETE", "/clients/client-d/{id}", handler="organizations.clients.endpoints.delete_client", success=204,
    permission=_needs("client_delete"), organization=_LISTED, table=_WRITES, reads_body=True,
)

# Customer API document
SHOW_PROFILE = _customer(
    "GET", "/api/profile", handler="shop.customers.endpoints.show_profile", permission=IS_SIGNED_IN,
)
CHANGE_PROFILE = _customer(
    "PUT", "/api/profile/{uuid}", handler="shop.customers.endpoints.change_profile",
    permission=IS_SIGNED_IN, table=_WRITES | _DELETES, reads_body=True,
)
SET_PASSWORD = _customer(
    "PUT", "/api/profile/{uuid}/setpassword", handler="shop.customers.endpoints.set_password",
    permission=IS_SIGNED_IN, table=_WRITES, reads_body=True, memory=_HASHING,
)
LIST_PRODUCTS = _customer(
    "GET", "/api/products", handler="shop.products.endpoints.list_products", permission=ALLOW_ANY, table=_LISTS,
)
LIST_BUCKET = _customer(
    "GET", "/api/bucket", handler="shop.bucket.endpoints.list_bucket", permission=IS_SIGNED_IN,
)
ADD_TO_BUCKET = _customer(
    "POST", "/api/bucket", handler="shop.bucket.endpoints.add_to_bucket",
    permission=IS_SIGNED_IN, table=_MOVES, reads_body=True,
)
CHANGE_BUCKET_LINE = _customer(
    "POST", "/api/bucket/{uuid}", handler="shop.bucket.endpoints.change_bucket_line",
    permission=IS_SIGNED_IN, table=_MOVES, reads_body=True,
)
REMOVE_BUCKET_LINE = _customer(
    "DELETE", "/api/bucket/{uuid}", handler="shop.bucket.endpoints.remove_bucket_line",
    permission=IS_SIGNED_IN, table=_MOVES,
)
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
REGISTER_CUSTOMER = _customer(
    "POST", "/api/register", handler="shop.customers.endpoints.register_customer", success=201,
    permission=ALLOW_ANY, table=_MOVES, reads_body=True, memory=_HASHING,
)
LOG_IN_CUSTOMER = _customer(
    "POST", "/api/login", handler="shop.customers.endpoints.log_in_customer",
    permission=ALLOW_ANY, table=_MOVES | _DELETES, reads_body=True, memory=_HASHING,
)
REFRESH_CUSTOMER = _customer(
    "POST", "/api/token/refresh", handler="shop.customers.endpoints.refresh_customer",
    permission=ALLOW_ANY, table=_MOVES | _DELETES, reads_body=True,
)
LOG_OUT_CUSTOMER = _customer(
    "POST", "/api/logout", handler="shop.customers.endpoints.log_out_customer", permission=IS_SIGNED_IN, table=_DELETES,
)
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
ADMIN_LIST_CUSTOMERS = _administration(
    "GET", "/api/admin/customers", handler="shop.administration_endpoints.admin_list_customers", table=_LISTS,
)
ADMIN_SHOW_CUSTOMER = _administration(
    "GET", "/api/admin/customers/{uuid}", handler="shop.administration_endpoints.admin_show_customer",
)

# fmt: on

ALL: tuple[Route | Endpoint, ...] = tuple(
    row for row in list(globals().values()) if isinstance(row, Route | Endpoint)
)
