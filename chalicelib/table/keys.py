"""Every key string of the table, one function per item and per index partition.

A key part that could hold anything is escaped, so that no input can reach into another key, and never longer
than a key may be; ids are padded to a fixed width where lists come in id order.
"""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from chalicelib import ids, texts

_SEPARATOR = "#"
_ID_WIDTH = len(str(ids.MAX_ID))
# Of a part that could hold anything; DynamoDB takes 2,048 in a partition key and 1,024 in a sort key.
_MAX_BYTES = 900


class Key(NamedTuple):
    """A partition key and a sort key."""

    pk: str
    sk: str


def key_of(make: Callable[..., Key], *parts: Any) -> Key | None:
    """Return the key made of these parts, or None if a part is None, because no such item can exist."""
    return None if None in parts else make(*parts)


def _join(*parts: str) -> str:
    for part in parts:
        if _SEPARATOR in part:
            raise ValueError(f"a key part holds {_SEPARATOR!r}")
    return _SEPARATOR.join(parts)


def _percent_encoded(text: str) -> str:
    return text.replace("%", "%25").replace(_SEPARATOR, "%23")


def _escaped(text: str) -> str:
    """Return text that may hold anything as one key part; of a long one, what no escaped text is."""
    escaped = _percent_encoded(text)
    return escaped if len(escaped.encode()) <= _MAX_BYTES else f"%={_digest(text)}"


def _beginning(text: str) -> str:
    """Return text that may hold anything as one key part that others begin with: as much as fits."""
    return _percent_encoded(text).encode()[:_MAX_BYTES].decode("utf-8", "ignore")


def _padded(number: int) -> str:
    return f"{number:0{_ID_WIDTH}d}"


# Accounts and sign-in


def user(user_id: int) -> Key:
    """A staff account."""
    return Key(_join("USER", str(user_id)), "USER")


def email_guard(audience: str, email: str) -> Key:
    """The claim on a mail address, as it is compared."""
    return Key(_join("EMAIL", audience, _escaped(texts.address_compared(email))), "GUARD")


def phone_guard(phone: str) -> Key:
    """The claim on a phone number in E.164 form."""
    return Key(_join("PHONE", _escaped(phone)), "GUARD")


def session(audience: str, owner: str, session_id: int) -> Key:
    """A sign-in of a user or a customer; all of one owner share a partition."""
    return Key(_join("SESSIONS", audience, owner), _padded(session_id))


def sessions(audience: str, owner: str) -> Key:
    """The partition of all sign-ins of a user or a customer; the prefix leaves none out."""
    return Key(_join("SESSIONS", audience, owner), "")


def failed_attempts_of_account(action: str, audience: str, account: str) -> Key:
    """An account's failed attempts in a row at something; an account that does not exist has them too."""
    return Key(_join("FAILURES", action, audience, _escaped(account)), "FAILURES")


def failed_attempts_from(network: str, action: str, audience: str, account: str) -> Key:
    """An account's failed attempts in a row that came from one network."""
    return Key(_join("FAILURES", action, audience, _escaped(account)), _join("NETWORK", _escaped(network)))


def failed_attempts_of_network(address: str, hour: int) -> Key:
    """A network's failed attempts in one hour, counted from 1970."""
    return Key(_join("FAILURES", "ADDRESS", _escaped(address)), _padded(hour))


def failed_refreshes_of_network(address: str, hour: int) -> Key:
    """A network's invalid refresh tokens in one hour, counted from 1970."""
    return Key(_join("FAILURES", "REFRESH", _escaped(address)), _padded(hour))


def digest_of_guard(guard: Key) -> str:
    """Return what attempts at a contact or username without an account are counted under."""
    return _digest(guard.pk)


def digest_of_address(email: str) -> str:
    """Return the digest that is stored where a mail address itself must not outlive its account."""
    return _digest(texts.address_compared(email))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def mailed_code(purpose: str, audience: str, email: str) -> Key:
    """The code that was mailed to an address last, and how often it was tried."""
    return Key(_join("MAILED", digest_of_address(email)), _join("CODE", audience, purpose))


def mailings(email: str) -> Key:
    """The moments at which something was mailed to an address lately."""
    return Key(_join("MAILED", digest_of_address(email)), "MAILINGS")


# Organizations


def organization(organization_id: int) -> Key:
    """An organization."""
    return Key(_join("ORG", str(organization_id)), "ORG")


def organization_name_guard(name: str) -> Key:
    """The claim on an organization's name, as it is compared; more or fewer blanks make no other name."""
    return Key(_join("ORGNAME", _escaped(texts.words_compared(name))), "GUARD")


def owned_organizations(user_id: int) -> Key:
    """How many open organizations a user created."""
    return Key(_join("USER", str(user_id)), "OWNED")


def organizations_of(user_id: int) -> str:
    """Index partition: the organizations that a user created, and the memberships that the user accepted."""
    return _join("USER", str(user_id), "ORGANIZATIONS")


def roles(organization_id: int) -> Key:
    """All roles of an organization, in one item, so that its key is known before any member is read."""
    return Key(_join("ORG", str(organization_id)), "ROLES")


def member(organization_id: int, user_id: int) -> Key:
    """A user's membership: by user, so that a right is checked by key and a user is a member once."""
    return Key(_join("ORG", str(organization_id)), _join("MEMBER", _padded(user_id)))


def members(organization_id: int) -> Key:
    """The partition of an organization and the sort key prefix of its members, in the order of user ids."""
    return Key(_join("ORG", str(organization_id)), _join("MEMBER", ""))


def member_id(organization_id: int, member_number: int) -> Key:
    """Which user the membership with this id belongs to; memberships are stored by user."""
    return Key(_join("ORG", str(organization_id)), _join("MEMBERID", _padded(member_number)))


def memberships(user_id: int) -> Key:
    """The memberships that a user has accepted, in one item: what ends when the account is closed."""
    return Key(_join("MEMBERSHIPS", str(user_id)), "MEMBERSHIPS")


def invitation(user_id: int, member_number: int) -> Key:
    """Which organization invites a user, by the id of the membership that is offered."""
    return Key(_join("MEMBERSHIPS", str(user_id)), _join("INVITATION", _padded(member_number)))


def invitations_of(user_id: int) -> str:
    """Index partition: the memberships that a user has not accepted yet."""
    return _join("USER", str(user_id), "INVITATIONS")


def service(organization_id: int, service_id: int) -> Key:
    """A service of an organization."""
    return Key(_join("ORG", str(organization_id)), _join("SERVICE", _padded(service_id)))


def services_of(organization_id: int) -> str:
    """Index partition: an organization's services that are not deleted."""
    return _join("ORG", str(organization_id), "SERVICES")


def client(organization_id: int, client_id: int) -> Key:
    """A client of an organization."""
    return Key(_join("ORG", str(organization_id)), _join("CLIENT", _padded(client_id)))


def clients_of(organization_id: int) -> str:
    """Index partition: an organization's clients that are not deleted."""
    return _join("ORG", str(organization_id), "CLIENTS")


# Orders


def order(order_id: int) -> Key:
    """A service order."""
    return Key(_join("ORDER", str(order_id)), "ORDER")


def orders_of_organization(organization_id: int) -> str:
    """Index partition: all orders of an organization."""
    return _join("ORG", str(organization_id), "ORDERS")


def orders_created_by(organization_id: int, user_id: int) -> str:
    """Index partition: the orders of an organization that name this creator."""
    return _join("ORG", str(organization_id), "CREATOR", str(user_id))


def orders_to_execute_in(organization_id: int, user_id: int) -> str:
    """Index partition: the orders of an organization that name this executor."""
    return _join("ORG", str(organization_id), "EXECUTOR", str(user_id))


def orders_to_execute(user_id: int) -> str:
    """Index partition: the orders of all organizations that name this executor."""
    return _join("EXECUTOR", str(user_id))


# Shop


def customer(uuid: str) -> Key:
    """A shop customer."""
    return Key(_join("CUSTOMER", _escaped(uuid)), "CUSTOMER")


def username_guard(username: str) -> Key:
    """The claim on a customer's username, as it is compared."""
    return Key(_join("USERNAME", _escaped(texts.compared(username))), "GUARD")


def customers(shard: int) -> str:
    """Index partition: a shard of all customers."""
    return _join("CUSTOMERS", str(shard))


def bucket(customer_uuid: str) -> Key:
    """A customer's bucket: all its lines in one item."""
    return Key(_join("CUSTOMER", _escaped(customer_uuid)), "BUCKET")


def product(uuid: str) -> Key:
    """A product's description."""
    return Key(_join("PRODUCT", _escaped(uuid)), "PRODUCT")


def listed_products() -> str:
    """Index partition: the products that are on the list."""
    return "LISTEDPRODUCTS"


def listed_products_of_type(product_type: str) -> str:
    """Index partition: the products of a type that are on the list."""
    return _join("LISTEDPRODUCTS", _escaped(product_type))


def all_products() -> str:
    """Index partition: all products, withdrawn ones too."""
    return "PRODUCTS"


def stock(product_uuid: str) -> Key:
    """How much of a product can still be bought; apart from its description, since every sale rewrites it."""
    return Key(_join("PRODUCT", _escaped(product_uuid)), "STOCK")


def stock_change(product_uuid: str, moment: str, operation: str) -> Key:
    """An administrator's change of a product's stock."""
    return Key(_join("PRODUCT", _escaped(product_uuid)), _join("STOCKCHANGE", moment, operation))


def search_entry(text: str, created_at: str, product_uuid: str) -> Key:
    """An entry of the product search: the rest of a name from the beginning of one of its words."""
    partition, prefix = search_entries(text)
    return Key(partition, _join(prefix, created_at, product_uuid))


def search_entries(text: str) -> Key:
    """The partition and the sort key prefix of the search entries that begin like this."""
    return Key(_join("SEARCH", _escaped(text[0])), _beginning(text))


def product_of_search_entry(sort_key: str) -> tuple[str, str]:
    """Return the creation moment and the uuid of the product behind a search entry."""
    _, created_at, uuid = sort_key.split(_SEPARATOR)
    return created_at, uuid


def shop_order(uuid: str) -> Key:
    """A customer's order."""
    return Key(_join("SHOPORDER", _escaped(uuid)), "SHOPORDER")


def orders_of_customer(customer_uuid: str) -> str:
    """Index partition: a customer's orders."""
    return _join("CUSTOMER", _escaped(customer_uuid), "ORDERS")


def orders_of_customer_in(customer_uuid: str, status: str) -> str:
    """Index partition: a customer's orders with a status."""
    return _join("CUSTOMER", _escaped(customer_uuid), "ORDERS", status)


def shop_orders(shard: int) -> str:
    """Index partition: a shard of all shop orders."""
    return _join("SHOPORDERS", str(shard))


def shop_orders_in(status: str, shard: int) -> str:
    """Index partition: a shard of all shop orders with a status."""
    return _join("SHOPORDERS", status, str(shard))


# The table's own: the order of lists, ids, counts


def by_id(record_id: int) -> str:
    """The sort key of lists that come in the order of ids."""
    return _padded(record_id)


def by_update(updated_at: str, record_id: int) -> str:
    """The sort key of lists that come newest change first."""
    return _join(updated_at, _padded(record_id))


def by_creation(created_at: str, uuid: str) -> str:
    """The sort key of lists that go by creation."""
    return _join(created_at, _escaped(uuid))


def sequence(name: str) -> Key:
    """A sequence of ids, of which blocks are reserved."""
    return Key(_join("SEQUENCE", name), "SEQUENCE")


def count(name: str, shard: int) -> Key:
    """A shard of a count; its number is in the partition key, so that no two shards share a partition."""
    return Key(_join("COUNT", _escaped(name), str(shard)), "COUNT")
