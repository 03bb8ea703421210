"""Stored items keep their form, of which `golden/` has one of each kind, and they are read tolerantly."""

import json
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import pytest

from chalicelib.errors import SessionOver
from chalicelib.organizations import store as organizations
from chalicelib.organizations.roles.store import ROLES, former_members
from chalicelib.table import counts, items, keys
from chalicelib.table.codec import Raw
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from tests.support.world import World
from tests.table.goldens import FOLDER, GOLDENS, read_file, stored, text_of
from tests.table.records import CUSTOMER_UUID, ORGANIZATION

KINDS = {
    "bucket": items.BucketItem,
    "client": items.ClientItem,
    "count": items.CountItem,
    "customer": items.CustomerItem,
    "failed-attempts": items.FailedAttemptsItem,
    "guard": items.GuardItem,
    "invitation": items.InvitationItem,
    "mailed-code": items.MailedCodeItem,
    "mailings": items.MailingsItem,
    "member": items.MemberItem,
    "member-id": items.MemberIdItem,
    "memberships": items.MembershipsItem,
    "order": items.OrderItem,
    "organization": items.OrganizationItem,
    "owned-organizations": items.OwnedOrganizationsItem,
    "product": items.ProductItem,
    "roles": items.RolesItem,
    "search-entry": items.SearchEntryItem,
    "sequence": items.SequenceItem,
    "service": items.ServiceItem,
    "session": items.SessionItem,
    "shop-order": items.ShopOrderItem,
    "stock": items.StockItem,
    "stock-change": items.StockChangeItem,
    "user": items.UserItem,
}


def _golden(kind: str) -> Raw:
    return read_file(FOLDER / f"{kind}.json")


def test_a_kind_keeps_its_name() -> None:
    kinds = [item for item in items.Item.__subclasses__() if item.__module__ == items.__name__]

    assert {items.Item.kind.get_discriminator(kind): kind for kind in kinds} == KINDS


def test_every_kind_has_a_golden_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(KINDS) == set(GOLDENS)


@pytest.mark.parametrize("kind", GOLDENS)
def test_an_item_is_stored_as_it_always_was(world: World, kind: str) -> None:
    assert text_of(stored(kind, world)) == (FOLDER / f"{kind}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", GOLDENS)
def test_a_stored_item_is_read_as_the_record_that_it_was_made_of(kind: str) -> None:
    assert GOLDENS[kind].read(_golden(kind)) == GOLDENS[kind].record


@pytest.mark.parametrize("kind", GOLDENS)
def test_older_code_ignores_what_newer_code_added(kind: str) -> None:
    golden, raw = GOLDENS[kind], {**_golden(kind), "colour": {"S": "red"}}
    if "doc" in raw:
        document = json.loads(raw["doc"]["S"])
        for each in golden.documents(document):
            each["colour"] = "red"
        raw["doc"] = {"S": json.dumps(document)}

    assert golden.read(raw) == golden.record


def _defaults(record: Any) -> dict[str, Any]:
    return {field.name: field.default for field in fields(record) if field.default is not MISSING}


def _parts(record: Any) -> list[Any]:
    """Return what may be records within one: its fields, or the entries of a mapping or a tuple."""
    if is_dataclass(record):
        return [getattr(record, field.name) for field in fields(record)]
    return list(record.values() if isinstance(record, dict) else record if isinstance(record, tuple) else ())


def _optional(record: Any) -> set[str]:
    """Return the names of the fields with a default, also of records within the record."""
    own = set(_defaults(record)) if is_dataclass(record) else set()
    return own.union(*map(_optional, _parts(record)))


def _with_default(record: Any, name: str) -> Any:
    """Return a record whose field of this name has its default, also in records within it."""
    if is_dataclass(record) and not isinstance(record, type):
        changed = {field.name: _with_default(getattr(record, field.name), name) for field in fields(record)}
        default = _defaults(record)
        return replace(record, **{**changed, name: default[name]} if name in default else changed)
    if isinstance(record, dict):
        return {key: _with_default(part, name) for key, part in record.items()}
    return tuple(_with_default(part, name) for part in record) if isinstance(record, tuple) else record


NOT_STORED = {("search-entry", "version"), ("search-entry", "withdrawn")}
OPTIONAL = [
    (kind, name)
    for kind, golden in GOLDENS.items()
    for name in sorted(_optional(golden.record))
    if (kind, name) not in NOT_STORED
]


@pytest.mark.parametrize(("kind", "name"), OPTIONAL)
def test_newer_code_has_a_default_for_what_older_code_did_not_write(kind: str, name: str) -> None:
    golden, raw = GOLDENS[kind], dict(_golden(kind))
    document = json.loads(raw["doc"]["S"]) if "doc" in raw else {}
    lost = [each.pop(name) for each in golden.documents(document) if name in each]
    if lost:
        raw["doc"] = {"S": json.dumps(document)}
    else:
        del raw[name]

    assert golden.read(raw) == _with_default(golden.record, name)


def test_who_closed_an_account_since_the_roles_were_written_has_no_role() -> None:
    raw = {**_golden("roles"), "departed": {"SS": ["11:13", "10:14"]}}

    assert {role.id: role.member_count for role in ROLES.decode(raw).values()} == {11: 1, 12: 0}


def test_who_left_is_a_set_of_numbers_in_the_roles_item() -> None:
    key = keys.roles(7)
    stored = Preloaded({key: {**_golden("roles"), "former_members": {"NS": ["5", "6"]}}})

    assert former_members(stored, 7) == {5, 6}
    assert former_members(Preloaded({key: _golden("roles")}), 7) == frozenset()


def test_what_was_never_counted_is_none() -> None:
    count, golden = counts.orders_of(CUSTOMER_UUID), GOLDENS["count"]
    preloaded = Preloaded({golden.key: _golden("count")})

    assert [counts.counted(preloaded, count, status) for status in ("paid", "returned")] == [1, 0]


def test_whose_account_is_stored_as_closed_gets_no_organization(world: World) -> None:
    world.request("PutItem", Item=_golden("owned-organizations"))
    work = UnitOfWork(world.runtime)
    organizations.add(work, ORGANIZATION)

    with pytest.raises(SessionOver):
        work.commit()
