"""The items of the table: one class per kind, with what conditions, filters and updates look at.

A record is kept as one JSON document beside the keys (25 items cost a tenth of the CPU that one attribute per
field costs); the codec in the kind's store has the document's names. Only what a condition, a filter or an
atomic update looks at is an attribute. Kinds and names are stored and therefore permanent, and
`tests/table/golden/` has an item of each kind.
"""

import json
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    NumberAttribute,
    NumberSetAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

INDEXES = ("gsi1", "gsi2", "gsi3", "gsi4")
PROJECTED = ("kind", "doc", "done", "executor", "service", "client")
"""What the indexes have beside keys: the record, and what lists are filtered by.

An entry is half as large as the item, and a write that changes nothing of it leaves the index alone.
"""


class Document(JSONAttribute):
    """Compact JSON text that keeps Unicode as it is."""

    def serialize(self, value: Any) -> str | None:
        """Return the JSON text of a value, None for None."""
        return None if value is None else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class _Index1(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    class Meta:
        index_name = "gsi1"
        projection = IncludeProjection(list(PROJECTED))

    gsi1pk = UnicodeAttribute(hash_key=True)
    gsi1sk = UnicodeAttribute(range_key=True)


class _Index2(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    class Meta:
        index_name = "gsi2"
        projection = IncludeProjection(list(PROJECTED))

    gsi2pk = UnicodeAttribute(hash_key=True)
    gsi2sk = UnicodeAttribute(range_key=True)


class _Index3(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    class Meta:
        index_name = "gsi3"
        projection = IncludeProjection(list(PROJECTED))

    gsi3pk = UnicodeAttribute(hash_key=True)
    gsi3sk = UnicodeAttribute(range_key=True)


class _Index4(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    class Meta:
        index_name = "gsi4"
        projection = IncludeProjection(list(PROJECTED))

    gsi4pk = UnicodeAttribute(hash_key=True)
    gsi4sk = UnicodeAttribute(range_key=True)


class Item(Model):
    """What every item has.

    Attributes:
        pk, sk: the key, from `keys`.
        kind: which kind of record it keeps (PynamoDB's discriminator).
        doc: the record, unless all of it is attributes.
        op: the unit of work that wrote the item last; it tells a repeated write from a lost race.
        version: how often the record was written; conditions the next write.
        expires_at: seconds since 1970, after which DynamoDB may delete the item; readers check it themselves.
        gsi1pk … gsi4sk: the index entries.
    """

    class Meta:
        """What PynamoDB asks of a model; `engine.connect` sets the rest from the settings."""

        table_name = "unset"
        billing_mode = "PAY_PER_REQUEST"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    doc = Document(null=True)
    op = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    gsi1pk = UnicodeAttribute(null=True)
    gsi1sk = UnicodeAttribute(null=True)
    gsi2pk = UnicodeAttribute(null=True)
    gsi2sk = UnicodeAttribute(null=True)
    gsi3pk = UnicodeAttribute(null=True)
    gsi3sk = UnicodeAttribute(null=True)
    gsi4pk = UnicodeAttribute(null=True)
    gsi4sk = UnicodeAttribute(null=True)
    index1 = _Index1()
    index2 = _Index2()
    index3 = _Index3()
    index4 = _Index4()


class SequenceItem(Item, discriminator="sequence"):
    """A sequence of ids; `last_id` is the last that was reserved."""

    last_id = NumberAttribute(default=0)


class GuardItem(Item, discriminator="guard"):
    """A claim on something unique; `holder` is who has it."""

    holder = UnicodeAttribute()


class UserItem(Item, discriminator="user"):
    """A staff account."""


class SessionItem(Item, discriminator="session"):
    """A sign-in; `refresh_id` is conditioned on when the session is refreshed."""

    refresh_id = UnicodeAttribute()


class OrganizationItem(Item, discriminator="organization"):
    """An organization."""


class RolesItem(Item, discriminator="roles"):
    """All roles of one organization: `doc` maps the role's id (as text) to the role.

    `former_members` has the users who left or were removed; `departed` has a `role:membership` for each
    member who closed their account since the roles were written.
    """

    former_members = NumberSetAttribute(null=True)
    departed = UnicodeSetAttribute(null=True)


class MemberItem(Item, discriminator="member"):
    """A membership."""


class MembershipsItem(Item, discriminator="memberships"):
    """The memberships that a user has accepted: `doc` maps the organization's id (as text) to what it is."""


class InvitationItem(Item, discriminator="invitation"):
    """Which organization offers the membership with an id."""

    organization = NumberAttribute()


class MemberIdItem(Item, discriminator="member-id"):
    """Maps the id of a membership to its user."""

    user = NumberAttribute()


class OwnedOrganizationsItem(Item, discriminator="owned-organizations"):
    """How many open organizations a user created; once the account is closed, no more are added."""

    open = NumberAttribute(default=0)
    account_closed = BooleanAttribute(null=True)


class MailedCodeItem(Item, discriminator="mailed-code"):
    """The last code that was mailed to an address for a purpose, and how often it was tried."""

    code_digest = UnicodeAttribute()
    code_expires_at = NumberAttribute()
    code_failures = NumberAttribute(default=0)


class MailingsItem(Item, discriminator="mailings"):
    """When mail was sent to an address lately."""


class FailedAttemptsItem(Item, discriminator="failed-attempts"):
    """A count of attempts and the time of the last: at an account, at it from one network, or from a network.

    `known` means that the account's owner has signed in from that network.
    """

    failures = NumberAttribute(default=0)
    last_failure_at = NumberAttribute(default=0)
    known = BooleanAttribute(null=True)


class ServiceItem(Item, discriminator="service"):
    """A service of an organization."""


class ClientItem(Item, discriminator="client"):
    """A client of an organization."""


class OrderItem(Item, discriminator="order"):
    """A service order; the attributes are what lists can be filtered by."""

    done = BooleanAttribute()
    executor = NumberAttribute()
    service = NumberAttribute()
    client = NumberAttribute()


class CustomerItem(Item, discriminator="customer"):
    """A shop customer."""


class ProductItem(Item, discriminator="product"):
    """A product's description."""


class StockItem(Item, discriminator="stock"):
    """How much of a product can still be bought."""

    available = NumberAttribute()


class StockChangeItem(Item, discriminator="stock-change"):
    """An administrator's change of a product's stock."""


class BucketItem(Item, discriminator="bucket"):
    """A customer's bucket; `doc` maps a product's uuid to its line."""


class ShopOrderItem(Item, discriminator="shop-order"):
    """A customer's order with its lines."""


class SearchEntryItem(Item, discriminator="search-entry"):
    """An entry of the product search: the product as it is listed."""

    product_type = UnicodeAttribute()


class CountItem(Item, discriminator="count"):
    """How many entries a list has, in all and by status."""

    total = NumberAttribute(null=True)
    new = NumberAttribute(null=True)
    to_pay = NumberAttribute(null=True)
    paid = NumberAttribute(null=True)
    returned = NumberAttribute(null=True)
    error = NumberAttribute(null=True)
