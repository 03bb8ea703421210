"""Shop customers and the guards that keep their usernames and emails unique."""

from collections.abc import Mapping

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.errors import DomainError, ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.errors import EmailTaken
from chalicelib.table import counts, keys
from chalicelib.table.codec import AttributeKind, DocumentKind
from chalicelib.table.items import CustomerItem, GuardItem
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.queries import page_of_index
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

CUSTOMER_KIND = DocumentKind(
    "customer",
    Customer,
    "uuid",
    "username",
    "email",
    "created_at",
    "first_name",
    "last_name",
    "phone",
    "city",
    "password_hash",
    "closed",
    "session_epoch",
    "surviving_session",
    "version",
)

HOLDER = AttributeKind[str]("guard", lambda holder: holder, holder=str)
"""The uuid of the customer who holds a username or an email."""
NO_CUSTOMER = "nobody"
"""In place of a uuid, for a read that costs as much whether or not there is an account."""

USERNAME_TAKEN = "A user with that username already exists."


def item_of(customer: Customer) -> CustomerItem:
    """Return the item that keeps a customer; one whose account is closed is on no list."""
    item = CustomerItem(
        *keys.customer(customer.uuid),
        doc=CUSTOMER_KIND.to_document(customer),
        version=customer.version,
    )
    if not customer.closed:
        item.gsi1pk = keys.customers(counts.shard_of(customer.uuid, counts.LIST_SHARDS))
        item.gsi1sk = keys.by_creation(customer.created_at, customer.uuid)
    return item


def guards(username: str, email: str) -> Mapping[Key, DomainError]:
    """Return the keys of a customer's guard items, each with the error if somebody else holds it."""
    username_taken = ValidationFailed({"username": [USERNAME_TAKEN]}).as_failed_attempt()
    return {
        keys.username_guard(username): username_taken,
        keys.email_guard(CUSTOMER_AUDIENCE, email): EmailTaken(),
    }


def _guards(customer: Customer) -> Mapping[Key, DomainError]:
    return guards(customer.username, customer.email)


def add(work: UnitOfWork, customer: Customer) -> None:
    """Write a new customer, who claims the username and the email."""
    work.put(item_of(customer), absent())
    for key, taken in _guards(customer).items():
        work.put(GuardItem(*key, holder=customer.uuid), absent(), otherwise=taken)
    counts.add(work, counts.CUSTOMERS, customer.uuid, {counts.TOTAL: 1})


def replace(work: UnitOfWork, before: Customer, after: Customer) -> None:
    """Write a changed customer over the one that was read, and move what is claimed."""
    old, new = _guards(before), _guards(after)
    work.put(item_of(after), at_version(before.version))
    for key, taken in new.items():
        if key not in old:
            work.put(GuardItem(*key, holder=after.uuid), absent(), otherwise=taken)
    for key in old.keys() - new.keys():
        work.delete(key)


def close(work: UnitOfWork, before: Customer, closed: Customer) -> None:
    """Write a closed account over the open one that was read, and free what was claimed."""
    work.put(item_of(closed), at_version(before.version))
    for key in _guards(before):
        work.delete(key)
    counts.add(work, counts.CUSTOMERS, before.uuid, {counts.TOTAL: -1})


def page(page_request: PageRequest, runtime: Runtime) -> Page[Customer]:
    """Read one page of all customers, newest first, in one call a shard."""
    shards = [keys.customers(shard) for shard in range(counts.LIST_SHARDS)]
    return page_of_index("gsi1", shards, CUSTOMER_KIND.decode, page_request, runtime)
