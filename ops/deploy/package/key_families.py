"""Which keys the endpoints of each module read and write: their functions' roles allow no others.

A family is a pattern of partition keys, of the table or of an index. Every test of an endpoint is held to it.
"""

from typing import NamedTuple


class Families(NamedTuple):
    """Patterns of the partition keys that may be read, and of those that may be written."""

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()


_STAFF = ("USER#*", "SESSIONS#staff#*")
_CONTACTS = ("EMAIL#staff#*", "PHONE#*")
_ATTEMPTS = ("FAILURES#*", "MAILED#*")
_CUSTOMER = ("CUSTOMER#*", "SESSIONS#customer#*")
_PRODUCTS = ("PRODUCT#*", "LISTEDPRODUCTS", "LISTEDPRODUCTS#*", "SEARCH#*", "COUNT#*")


def _part_of_organizations(sequence: str) -> Families:
    return Families((*_STAFF, "ORG#*", sequence), ("ORG#*", sequence))


FAMILIES = {
    "chalicelib.accounts.endpoints": Families(
        (*_STAFF, *_CONTACTS, "SEQUENCE#user", *_ATTEMPTS),
        ("USER#*", *_CONTACTS, "SEQUENCE#user", *_ATTEMPTS),
    ),
    "chalicelib.accounts.sessions.endpoints": Families(
        (*_STAFF, *_CONTACTS, "FAILURES#*"), (*_STAFF, "FAILURES#*")
    ),
    "chalicelib.accounts.confirmation.endpoints": Families(
        (*_STAFF, *_CONTACTS, *_ATTEMPTS), ("USER#*", *_CONTACTS, *_ATTEMPTS)
    ),
    "chalicelib.accounts.resets.endpoints": Families(
        (*_STAFF, *_CONTACTS, *_ATTEMPTS), ("USER#*", *_ATTEMPTS)
    ),
    "chalicelib.accounts.images": Families(),
    "chalicelib.organizations.leaving.endpoints": Families(
        (*_STAFF, "MEMBERSHIPS#*", "FAILURES#*"),
        (*_STAFF, *_CONTACTS, "ORG#*", "MEMBERSHIPS#*", "FAILURES#*"),
    ),
    "chalicelib.organizations.endpoints": Families(
        (*_STAFF, "ORG#*", "ORGNAME#*", "SEQUENCE#organization"),
        ("USER#*", "ORG#*", "ORGNAME#*", "SEQUENCE#organization"),
    ),
    "chalicelib.organizations.members.endpoints": Families(
        (*_STAFF, "ORG#*", "MEMBERSHIPS#*", "SEQUENCE#member"),
        ("ORG#*", "MEMBERSHIPS#*", "SEQUENCE#member"),
    ),
    "chalicelib.organizations.invitations.endpoints": Families(
        (*_STAFF, "ORG#*", "MEMBERSHIPS#*"), ("ORG#*", "MEMBERSHIPS#*")
    ),
    "chalicelib.organizations.roles.endpoints": _part_of_organizations("SEQUENCE#role"),
    "chalicelib.organizations.services.endpoints": _part_of_organizations("SEQUENCE#service"),
    "chalicelib.organizations.clients.endpoints": _part_of_organizations("SEQUENCE#client"),
    "chalicelib.orders.endpoints": Families(
        (*_STAFF, "ORG#*", "ORDER#*", "EXECUTOR#*", "SEQUENCE#order"), ("ORDER#*", "SEQUENCE#order")
    ),
    "chalicelib.shop.customers.endpoints": Families(
        (*_CUSTOMER, "USERNAME#*", "EMAIL#customer#*", *_ATTEMPTS),
        (*_CUSTOMER, "USERNAME#*", "EMAIL#customer#*", "COUNT#*", *_ATTEMPTS),
    ),
    "chalicelib.shop.customers.resets.endpoints": Families(
        (*_CUSTOMER, "EMAIL#customer#*", *_ATTEMPTS), ("CUSTOMER#*", *_ATTEMPTS)
    ),
    "chalicelib.shop.customers.closing.endpoints": Families(
        (*_CUSTOMER, "PRODUCT#*", "FAILURES#*"),
        (*_CUSTOMER, "USERNAME#*", "EMAIL#customer#*", "PRODUCT#*", "COUNT#*", "FAILURES#*"),
    ),
    "chalicelib.shop.customers.admin": Families(
        (*_STAFF, "CUSTOMER#*", "CUSTOMERS#*", "USERNAME#*", "EMAIL#customer#*", "COUNT#*")
    ),
    "chalicelib.shop.products.endpoints": Families(_PRODUCTS),
    "chalicelib.shop.products.admin": Families((*_STAFF, *_PRODUCTS), ("PRODUCT#*", "SEARCH#*", "COUNT#*")),
    "chalicelib.shop.bucket.endpoints": Families((*_CUSTOMER, "PRODUCT#*"), ("CUSTOMER#*", "PRODUCT#*")),
    "chalicelib.shop.orders.endpoints": Families(
        (*_CUSTOMER, "SHOPORDER#*", "COUNT#*"), ("CUSTOMER#*", "PRODUCT#*", "SHOPORDER#*", "COUNT#*")
    ),
    "chalicelib.shop.orders.admin": Families(
        (*_STAFF, "SHOPORDER#*", "SHOPORDERS#*", "COUNT#*"), ("PRODUCT#*", "SHOPORDER#*", "COUNT#*")
    ),
}
