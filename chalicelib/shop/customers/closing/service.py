"""Closing a customer's account: erases it, ends its sessions and empties its bucket in one transaction."""

from chalicelib.auth import sessions
from chalicelib.auth.customers import CustomerCall
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.customers import store
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.errors import CredentialsMismatch
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.paging import PageRequest
from chalicelib.web.request import Request

_MAX_ERASED = 90  # lines of the bucket and sessions, with the account within one transaction


def bucket_key(request: Request) -> list[Key]:
    """Return the key of the customer's bucket."""
    return [keys.bucket(request.subject)]


def close(call: CustomerCall, customer: Customer, password: str) -> None:
    """Close an account: personal data and sessions are erased, the uuid stays for orders.

    Raises:
        CredentialsMismatch: the password is wrong.
    """
    if not call.password_matches(password, customer.password_hash):
        raise CredentialsMismatch
    bucket = buckets.bucket_of(call.preloaded, customer.uuid)
    asked = PageRequest(_MAX_ERASED - len(bucket.lines))
    found = sessions.page_of_owner(CUSTOMER_AUDIENCE, customer.uuid, asked, call.runtime)
    store.close(call.work, customer, _erased(customer))
    # Even an empty bucket is written, so that a concurrent request can't put anything in.
    buckets.give_back(call.work, bucket, last=True)
    for session in found.items:
        sessions.end(call.work, keys.session(CUSTOMER_AUDIENCE, customer.uuid, session.id))


def _erased(customer: Customer) -> Customer:
    """Return what is left of a closed account: nothing that tells who it was."""
    return Customer(
        uuid=customer.uuid,
        username="",
        email="",
        created_at=customer.created_at,
        closed=True,
        session_epoch=customer.session_epoch + 1,
        version=customer.version + 1,
    )
