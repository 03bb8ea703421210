"""Shop customers and the guards that keep their usernames and emails unique."""

from chalicelib.auth.model import CUSTOMER
from chalicelib.runtime import Runtime
from chalicelib.shop.customers.model import Customer
from chalicelib.table import keys
from chalicelib.table import old_counts as tallies
from chalicelib.table.codec import DocumentKind
from chalicelib.table.engine import query, read
from chalicelib.table.items import CustomerItem, GuardItem
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version, put
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot, document, record_of

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
    "password",
    "session_epoch",
    "surviving_session",
    "version",
)


EMAIL = "email"
USERNAME = "username"


def item_of(customer: Customer) -> CustomerItem:
    """Return the item that keeps a customer."""
    return CustomerItem(
        *keys.customer(customer.uuid),
        doc=document(customer),
        version=customer.version,
        gsi1pk=keys.customers(tallies.shard_of(customer.uuid)),
        gsi1sk=keys.by_creation(customer.created_at, customer.uuid),
    )


def _guard_keys(customer: Customer) -> dict[str, Key]:
    return {
        USERNAME: keys.username_guard(customer.username),
        EMAIL: keys.email_guard(CUSTOMER, customer.email),
    }


def add(customer: Customer, runtime: Runtime) -> None:
    """Create a customer and claim the username and the email.

    Raises:
        Refused: one of them is taken; its subjects are `username`, `email`.
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("customer", item_of(customer), absent())
    for field, key in _guard_keys(customer).items():
        work.put(field, GuardItem(*key, holder=customer.uuid), absent())
    tallies.count(work, tallies.CUSTOMERS, customer.uuid, {tallies.TOTAL: 1})
    work.commit()


def replace(stored: Customer, changed: Customer, runtime: Runtime) -> None:
    """Write a changed customer over the one that was read, moving what is claimed.

    Raises:
        Refused: the customer was changed in between (`customer`), or a claim is taken (`username`, `email`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    before, after = _guard_keys(stored), _guard_keys(changed)
    moved = [field for field in after if after[field] != before[field]]
    if not moved:
        return _replace_alone(stored, changed, runtime)
    work = UnitOfWork(runtime)
    work.put("customer", item_of(changed), at_version(stored.version))
    for field in moved:
        work.put(field, GuardItem(*after[field], holder=changed.uuid), absent())
        work.delete(f"old {field}", GuardItem(*before[field]))
    return work.commit()


def strengthen(work: UnitOfWork, stored: Customer, stronger: Customer) -> None:
    """Write a customer whose password's hash alone is another in a transaction (subject `customer`)."""
    work.put("customer", item_of(stronger), at_version(stored.version))


def _replace_alone(stored: Customer, changed: Customer, runtime: Runtime) -> None:
    put(item_of(changed), at_version(stored.version), runtime, subject="customer")


def find_by_username(username: str, runtime: Runtime) -> Customer | None:
    """Return the customer with this username, without case, None when there is none (two calls)."""
    return _find(keys.username_guard(username), runtime)


def find_by_email(email: str, runtime: Runtime) -> Customer | None:
    """Return the customer with this email, without case, None when there is none (two calls)."""
    return _find(keys.email_guard(CUSTOMER, email), runtime)


def _find(claim: Key, runtime: Runtime) -> Customer | None:
    return holder_of(claim, read([claim], runtime), runtime)


def holder_of(claim: Key, records: Snapshot, runtime: Runtime) -> Customer | None:
    """Return the customer who has a claim, from records with its key, None when nobody has (one call)."""
    guard = records.item(claim)
    # The second call is made for nobody too, so that its time does not tell whether an account exists.
    account = keys.customer(guard.holder if isinstance(guard, GuardItem) else "nobody")
    return read([account], runtime).get(Customer, account)


def page(runtime: Runtime, *, limit: int, after: Position | None) -> Page[Customer]:
    """Read one page of all customers, newest first, in one call a shard.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    shards = [keys.customers(shard) for shard in range(tallies.SHARDS)]
    found = query(shards, runtime, index="gsi1", limit=limit, after=after)
    return Page([record_of(item) for item in found.items], found.next, found.previous)
