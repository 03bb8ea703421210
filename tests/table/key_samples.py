"""Every function of `table/keys.py` with sample arguments and the strings that it makes of them.

The arguments are in lower case, so that the upper-case words of a string are the function's own.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from chalicelib.table import keys

UUID = "3f2b9c1e-7a64-4d0f-9b1c-5e8d7a6f4c3b"
JANE = sha256(b"jane@example.com").hexdigest()
MOMENT = "2026-01-15t12:00:00.000000z"


class Sample(NamedTuple):
    """A call of a function, and what it returns."""

    make: Callable[..., Any]
    arguments: tuple[Any, ...]
    made: Any


# The keys of items, by the kind of item that is stored under them.
ITEMS: dict[str, list[Sample]] = {
    "user": [Sample(keys.user, (5,), ("USER#5", "USER"))],
    "guard": [
        Sample(
            keys.email_guard,
            ("staff", "Jane@Straße#1.example"),
            ("EMAIL#staff#jane@strasse%231.example", "GUARD"),
        ),
        Sample(keys.phone_guard, ("+79130000001",), ("PHONE#+79130000001", "GUARD")),
        Sample(keys.organization_name_guard, ("50% off #1",), ("ORGNAME#50%25 off %231", "GUARD")),
        Sample(keys.username_guard, ("Leia#1",), ("USERNAME#leia%231", "GUARD")),
    ],
    "mailed-code": [
        Sample(
            keys.mailed_code,
            ("reset", "staff", "Jane@example.com"),
            (f"MAILED#{JANE}", "CODE#staff#reset"),
        ),
    ],
    "mailings": [Sample(keys.mailings, ("jane@Example.com",), (f"MAILED#{JANE}", "MAILINGS"))],
    "session": [Sample(keys.session, ("staff", "5", 77), ("SESSIONS#staff#5", "0000000000000000077"))],
    "failed-attempts": [
        Sample(
            keys.failed_attempts_of_account,
            ("sign-in", "staff", "a#b"),
            ("FAILURES#sign-in#staff#a%23b", "FAILURES"),
        ),
        Sample(
            keys.failed_attempts_from,
            ("2001:db8::", "password", "staff", "a#b"),
            ("FAILURES#password#staff#a%23b", "NETWORK#2001:db8::"),
        ),
        Sample(
            keys.failed_refreshes_of_network,
            ("2001:db8::", 491000),
            ("FAILURES#REFRESH#2001:db8::", "0000000000000491000"),
        ),
        Sample(
            keys.failed_attempts_of_network,
            ("2001:db8::", 491000),
            ("FAILURES#ADDRESS#2001:db8::", "0000000000000491000"),
        ),
    ],
    "organization": [Sample(keys.organization, (7,), ("ORG#7", "ORG"))],
    "owned-organizations": [Sample(keys.owned_organizations, (5,), ("USER#5", "OWNED"))],
    "roles": [Sample(keys.roles, (7,), ("ORG#7", "ROLES"))],
    "member": [Sample(keys.member, (7, 5), ("ORG#7", "MEMBER#0000000000000000005"))],
    "memberships": [Sample(keys.memberships, (5,), ("MEMBERSHIPS#5", "MEMBERSHIPS"))],
    "invitation": [
        Sample(keys.invitation, (5, 12), ("MEMBERSHIPS#5", "INVITATION#0000000000000000012")),
    ],
    "member-id": [Sample(keys.member_id, (7, 12), ("ORG#7", "MEMBERID#0000000000000000012"))],
    "service": [Sample(keys.service, (7, 3), ("ORG#7", "SERVICE#0000000000000000003"))],
    "client": [Sample(keys.client, (7, 4), ("ORG#7", "CLIENT#0000000000000000004"))],
    "order": [Sample(keys.order, (31,), ("ORDER#31", "ORDER"))],
    "customer": [Sample(keys.customer, (UUID,), (f"CUSTOMER#{UUID}", "CUSTOMER"))],
    "bucket": [Sample(keys.bucket, (UUID,), (f"CUSTOMER#{UUID}", "BUCKET"))],
    "product": [Sample(keys.product, (UUID,), (f"PRODUCT#{UUID}", "PRODUCT"))],
    "stock": [Sample(keys.stock, (UUID,), (f"PRODUCT#{UUID}", "STOCK"))],
    "stock-change": [
        Sample(
            keys.stock_change,
            (UUID, MOMENT, "d41d8cd9"),
            (f"PRODUCT#{UUID}", f"STOCKCHANGE#{MOMENT}#d41d8cd9"),
        ),
    ],
    "search-entry": [
        Sample(
            keys.search_entry,
            ("#1 telewizor", MOMENT, UUID),
            ("SEARCH#%23", f"%231 telewizor#{MOMENT}#{UUID}"),
        ),
    ],
    "shop-order": [Sample(keys.shop_order, (UUID,), (f"SHOPORDER#{UUID}", "SHOPORDER"))],
    "sequence": [Sample(keys.sequence, ("order",), ("SEQUENCE#order", "SEQUENCE"))],
    "count": [Sample(keys.count, (f"orders of {UUID}", 3), (f"COUNT#orders of {UUID}#3", "COUNT"))],
}

# A partition, and what the sort keys of those items in it begin with that a list is made of.
PREFIXES = [
    Sample(keys.sessions, ("staff", "5"), ("SESSIONS#staff#5", "")),
    Sample(keys.members, (7,), ("ORG#7", "MEMBER#")),
    Sample(keys.search_entries, ("#1 tele",), ("SEARCH#%23", "%231 tele")),
]

INDEX_PARTITIONS = [
    Sample(keys.organizations_of, (5,), "USER#5#ORGANIZATIONS"),
    Sample(keys.invitations_of, (5,), "USER#5#INVITATIONS"),
    Sample(keys.services_of, (7,), "ORG#7#SERVICES"),
    Sample(keys.clients_of, (7,), "ORG#7#CLIENTS"),
    Sample(keys.orders_of_organization, (7,), "ORG#7#ORDERS"),
    Sample(keys.orders_created_by, (7, 5), "ORG#7#CREATOR#5"),
    Sample(keys.orders_to_execute_in, (7, 5), "ORG#7#EXECUTOR#5"),
    Sample(keys.orders_to_execute, (5,), "EXECUTOR#5"),
    Sample(keys.customers, (3,), "CUSTOMERS#3"),
    Sample(keys.listed_products, (), "LISTEDPRODUCTS"),
    Sample(keys.listed_products_of_type, ("rtv#agd",), "LISTEDPRODUCTS#rtv%23agd"),
    Sample(keys.all_products, (), "PRODUCTS"),
    Sample(keys.orders_of_customer, (UUID,), f"CUSTOMER#{UUID}#ORDERS"),
    Sample(keys.orders_of_customer_in, (UUID, "to_pay"), f"CUSTOMER#{UUID}#ORDERS#to_pay"),
    Sample(keys.shop_orders, (3,), "SHOPORDERS#3"),
    Sample(keys.shop_orders_in, ("to_pay", 3), "SHOPORDERS#to_pay#3"),
]

INDEX_SORT_KEYS = [
    Sample(keys.by_id, (3,), "0000000000000000003"),
    Sample(keys.by_update, (MOMENT, 31), f"{MOMENT}#0000000000000000031"),
    Sample(keys.by_creation, (MOMENT, UUID), f"{MOMENT}#{UUID}"),
]

# What makes no key string of its own.
OTHERS = [
    Sample(keys.digest_of_address, ("Jane@Example.com",), JANE),
    Sample(
        keys.digest_of_guard, (keys.phone_guard("+79130000001"),), sha256(b"PHONE#+79130000001").hexdigest()
    ),
    Sample(keys.key_of, (keys.user, 5), ("USER#5", "USER")),
    Sample(keys.key_of, (keys.member, 7, None), None),
    Sample(keys.product_of_search_entry, (f"%231 telewizor#{MOMENT}#{UUID}",), (MOMENT, UUID)),
]

KEYS = [sample for samples in ITEMS.values() for sample in samples]
SAMPLES = [*KEYS, *PREFIXES, *INDEX_PARTITIONS, *INDEX_SORT_KEYS, *OTHERS]


def form(string: str) -> tuple[str, ...]:
    """Return the constant words of a key string, with an empty text for each part that varies."""
    return tuple(part if part.isalpha() and part.isupper() else "" for part in string.split("#"))
