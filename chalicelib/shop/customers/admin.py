"""Customers for shop administrators: `/api/admin/customers`."""

from chalicelib import texts
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.auth.staff import ADMINISTRATOR, StaffCall
from chalicelib.contract import LISTS
from chalicelib.errors import NotFound
from chalicelib.shop.customers import store
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.schemas import CustomerFilters, CustomerObject, customer_object
from chalicelib.shop.customers.store import CUSTOMER_KIND, HOLDER
from chalicelib.shop.fields import is_same_username
from chalicelib.table import counts, keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import Page
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.endpoint import GET, endpoint
from chalicelib.web.paging import Counted, Paging
from chalicelib.web.request import Request


def _guard(request: Request) -> Key | None:
    """Return the key of the guard of the username or, without one, of the email that the query names."""
    username, email = ("".join(request.query.get(name, ())[:1]) for name in ("username", "email"))
    if username:
        return keys.username_guard(username)
    return keys.email_guard(CUSTOMER_AUDIENCE, email) if email else None


def _guard_or_count_keys(request: Request) -> list[Key]:
    guard = _guard(request)
    return counts.count_keys(counts.CUSTOMERS) if guard is None else [guard]


def _holder_key(request: Request, preloaded: Preloaded) -> list[Key | None]:
    return [key_of(keys.customer, preloaded.get(HOLDER, _guard(request)))]


@endpoint(
    GET,
    "/api/admin/customers",
    who=ADMINISTRATOR,
    query=CustomerFilters,
    paging=Paging.ENVELOPE,
    uses=LISTS,
    preload=_guard_or_count_keys,
    preload_next=_holder_key,
)
def admin_list_customers(call: StaffCall, filters: CustomerFilters) -> Counted[list[CustomerObject]]:
    """List customers, newest first, or find the one with a username or an email."""
    if filters.username or filters.email:
        found = _found(call, filters)
        page, count = Page(found, None, None), len(found)
    else:
        page = store.page(call.page, call.runtime)
        count = counts.counted(call.preloaded, counts.CUSTOMERS)
    return Counted(page, count, [customer_object(customer) for customer in page.items])


def _found(call: StaffCall, filters: CustomerFilters) -> list[Customer]:
    (key,) = _holder_key(call.request, call.preloaded)
    customer = call.preloaded.get(CUSTOMER_KIND, key)
    if customer is None:
        return []
    # The account was read after the claim that led to it, and may have another username or email by then.
    has_username = not filters.username or is_same_username(filters.username, customer.username)
    has_email = not filters.email or texts.is_same_address(filters.email, customer.email)
    return [customer] if has_username and has_email else []


def _customer_key(request: Request) -> list[Key | None]:
    return [key_of(keys.customer, request.uuid)]


@endpoint(
    GET,
    "/api/admin/customers/{uuid}",
    who=ADMINISTRATOR,
    errors=(NotFound,),
    preload=_customer_key,
)
def admin_show_customer(call: StaffCall) -> CustomerObject:
    """Show a customer; one whose account is closed is not found."""
    customer = call.preloaded.get(CUSTOMER_KIND, key_of(keys.customer, call.request.uuid))
    if customer is None or customer.closed:
        raise NotFound
    return customer_object(customer)
