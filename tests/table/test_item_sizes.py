"""No item that grows with what clients send is one that DynamoDB refuses: 400 KB, names and values."""

import json
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.auth.mail_quota import MAILINGS, MAX_PER_DAY, Mailings
from chalicelib.auth.rights import CODENAMES
from chalicelib.ids import MAX_ID
from chalicelib.organizations import store as organizations
from chalicelib.organizations.clients.store import CLIENTS
from chalicelib.organizations.leaving.service import AT_ONCE
from chalicelib.organizations.members import store as members
from chalicelib.organizations.members.model import MAX_MEMBERS, MAX_MEMBERSHIPS, Membership
from chalicelib.organizations.model import ADDRESS_LENGTH, NAME_LENGTH
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.service import MAX_BYTES, MAX_ROLES
from chalicelib.shop.bucket.model import MAX_BUCKET_LINES, BucketLine
from chalicelib.shop.bucket.store import LINES
from chalicelib.shop.money import MAX_PRICE
from chalicelib.shop.orders import store as shop_orders
from chalicelib.shop.orders.model import OrderLine
from chalicelib.table import keys
from chalicelib.table.items import BucketItem, Item, MailingsItem
from chalicelib.web.json_object import JsonObject
from ops.item_size import size
from tests.table.goldens import CODES, OPERATION
from tests.table.records import A_CLIENT, CREATED, CUSTOMER_UUID, LINE_UUID, ORGANIZATION, SHOP_ORDER
from tests.table.test_data_model import bytes_told

_ITEM, _TRANSACTION = 400 * 1024, 4 * 1024 * 1024
_TOLD = bytes_told()
_REST = 256 * 1024  # what else ends with an account: sessions, claims, memberships

_ANY = settings(max_examples=25, deadline=None, derandomize=True)
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])
_IDS = st.integers(MAX_MEMBERS + 1, MAX_ID)
_NUMBERS = st.integers(0, 10**38)


def _size(item: Item) -> int:
    item.op = OPERATION
    return size(item.serialize())


def _as_many_roles_as_there_can_be(largest_id: int, name: str, rights: int) -> dict[int, Role]:
    found: dict[int, Role] = {}
    for number in range(largest_id, largest_id - MAX_ROLES, -1):
        role = Role(number, name, CODENAMES[:rights], CREATED, CREATED)
        if roles.size({**found, number: role}) > MAX_BYTES:
            break
        found[number] = role
    return {number: replace(role, member_count=MAX_MEMBERS) for number, role in found.items()}


@given(
    largest_id=_IDS,
    name=st.text(_CHARACTERS, min_size=1, max_size=NAME_LENGTH),
    rights=st.integers(0, len(CODENAMES)),
    closed=st.integers(0, MAX_MEMBERS),
)
@example(largest_id=MAX_ID, name="\U00020000" * NAME_LENGTH, rights=len(CODENAMES), closed=MAX_MEMBERS)
@example(largest_id=MAX_ID, name='"' * NAME_LENGTH, rights=5, closed=MAX_MEMBERS)
@example(largest_id=MAX_ID, name="a", rights=0, closed=0)
@_ANY
def test_all_roles_and_whoever_is_gone_fit_in_an_item_and_so_do_those_that_end_together(
    largest_id: int, name: str, rights: int, closed: int
) -> None:
    kept = _as_many_roles_as_there_can_be(largest_id, name, rights)
    gone = range(largest_id, largest_id - MAX_MEMBERS, -1)
    item = roles.item_of(largest_id, kept, MAX_ID, frozenset(gone[closed:]))
    item.departed = {f"{largest_id}:{membership}" for membership in gone[:closed]} or None

    assert _size(item) <= _TOLD["roles"] < 0.7 * _ITEM
    assert AT_ONCE * _size(item) + _REST < _TRANSACTION


@given(largest_id=_IDS, role=_IDS)
@example(largest_id=MAX_ID, role=MAX_ID)
@_ANY
def test_all_that_a_user_has_accepted_fits_in_an_item(largest_id: int, role: int) -> None:
    organizations = range(largest_id, largest_id - MAX_MEMBERSHIPS, -1)
    held = {number: Membership(number, role) for number in organizations}

    assert _size(members.memberships_item_of(largest_id, held, MAX_ID)) <= _TOLD["memberships"] < 0.2 * _ITEM


def _most_that_an_object_takes(character: str) -> dict[str, str]:
    each = len(json.dumps(character, ensure_ascii=False)) - 2
    found: dict[str, str] = JsonObject().parse({"a": character * (1990 // each)}, {})
    return found


@given(character=_CHARACTERS)
@example(character="\U00020000")
@example(character='"')
@_ANY
def test_what_an_organization_and_a_client_have_of_objects_fits_in_items(character: str) -> None:
    kept, text = _most_that_an_object_takes(character), character * ADDRESS_LENGTH
    texts = {"name": character * NAME_LENGTH, "address": text}
    organization = replace(ORGANIZATION, **texts, description=character * 500, numbers=kept, links=kept)
    client = replace(A_CLIENT, **texts, surname=texts["name"], patronymic=texts["name"], links=kept)

    assert _size(organizations.item_of(organization)) <= _TOLD["organization"] < 0.1 * _ITEM
    assert _size(CLIENTS.item_of(client)) <= _TOLD["client"] < 0.1 * _ITEM


@given(quantity=_NUMBERS, price=st.integers(0, MAX_PRICE))
@example(quantity=10**38, price=MAX_PRICE)
@_ANY
def test_a_bucket_and_the_order_of_all_that_is_in_it_fit_in_items(quantity: int, price: int) -> None:
    uuids = [f"{LINE_UUID[:-2]}{number}" for number in range(10, 10 + MAX_BUCKET_LINES)]
    lines = {uuid: BucketLine(uuid, uuid, quantity, price, MAX_ID, CREATED) for uuid in uuids}
    ordered = tuple(OrderLine(uuid, uuid, quantity, price) for uuid in uuids)

    bucket = BucketItem(*keys.bucket(CUSTOMER_UUID), doc=LINES.to_document(lines), version=MAX_ID)
    order = shop_orders.item_of(replace(SHOP_ORDER, lines=ordered))

    assert _size(bucket) <= _TOLD["bucket"] < 0.1 * _ITEM
    assert _size(order) <= _TOLD["shop-order"] < 0.1 * _ITEM


@given(moment=st.integers(0, 2**63))
@_ANY
def test_all_that_was_mailed_to_an_address_in_a_day_fits_in_an_item(moment: int) -> None:
    mailed = Mailings((moment,) * MAX_PER_DAY, (moment,) * MAX_PER_DAY)

    item = MailingsItem(*keys.mailings(CODES.email), doc=MAILINGS.to_document(mailed), version=MAX_ID)

    assert _size(item) <= _TOLD["mailings"] < 0.01 * _ITEM
