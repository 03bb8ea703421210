"""How a store writes a record of each kind and reads it again; `golden/` has each as it is stored."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.accounts import store as users
from chalicelib.auth import mail_quota, mailed_codes, sessions, throttling
from chalicelib.auth.mail_quota import MAILINGS, Mailings
from chalicelib.auth.mailed_codes import CODE, Code, Codes
from chalicelib.auth.throttling import FAILED_ATTEMPTS, FailedAttempts
from chalicelib.orders import store as orders
from chalicelib.organizations import store as organizations
from chalicelib.organizations.clients.store import CLIENT, CLIENTS
from chalicelib.organizations.members import store as members
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.services.store import SERVICE, SERVICES
from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.model import Bucket
from chalicelib.shop.customers import store as customers
from chalicelib.shop.orders import store as shop_orders
from chalicelib.shop.products import store as products
from chalicelib.table import counts, keys, sequences
from chalicelib.table.codec import AttributeKind, Kind, Raw
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded, read
from chalicelib.table.unit_of_work import UnitOfWork
from tests.support.world import World
from tests.table.records import (
    A_CLIENT,
    A_SERVICE,
    BUCKET,
    CHANGE,
    CREATED,
    CUSTOMER,
    CUSTOMER_UUID,
    DIGEST,
    MEMBER,
    MEMBERSHIPS,
    ORDER,
    ORDER_UUID,
    ORGANIZATION,
    PRODUCT,
    PRODUCT_UUID,
    ROLES,
    SESSION,
    SHOP_ORDER,
    USER,
)

CODES = Codes(mailed_codes.CONFIRMATION, "staff", "Jane#1@example.com")
OPERATION = "00000000-0000-4000-8000-000000000000"  # in the place of the unit of work that wrote an item
_FIRST = ("pk", "sk", "kind", "doc")
FOLDER = Path(__file__).parent / "golden"


def _itself(document: Any) -> list[dict[str, Any]]:
    return [document]


def _values(document: Any) -> list[dict[str, Any]]:
    return list(document.values())


@dataclass(frozen=True)
class Golden:
    """An item of some kind.

    Attributes:
        record: what it keeps.
        key: where it is.
        write: has its store write it, perhaps with other items, on an empty table.
        codec: how it is stored.
        documents: finds the documents of records within the item's document.
    """

    record: Any
    key: Key
    write: Callable[[UnitOfWork, Runtime], object]
    codec: Kind[Any]
    documents: Callable[[Any], list[dict[str, Any]]] = _itself

    def read(self, raw: Raw) -> Any:
        """Return the record that an item of this kind keeps."""
        return Preloaded({self.key: raw}).require(self.codec, self.key)


def _close_account(work: UnitOfWork, _: Runtime) -> None:
    users.item_of(USER).save()
    users.close(work, USER, replace(USER, closed=True), [])


def _begin_session(work: UnitOfWork, runtime: Runtime) -> None:
    sessions.begin(
        work,
        SESSION.audience,
        SESSION.owner,
        device=SESSION.device,
        session_epoch=SESSION.session_epoch,
        runtime=runtime,
    )


def _mail_code(work: UnitOfWork, runtime: Runtime) -> None:
    CODES.replace(work, "281343", owner="5", address=CODES.email, preloaded=Preloaded(), runtime=runtime)


def _mail_again(work: UnitOfWork, runtime: Runtime) -> None:
    before, earlier = UnitOfWork(runtime), datetime.fromtimestamp(1768470000, UTC)
    mail_quota.record(
        before, mail_quota.CODES, CODES.email, Preloaded(), replace(runtime, clock=lambda: earlier)
    )
    before.commit()
    stored = read([keys.mailings(CODES.email)], runtime)
    mail_quota.record(work, mail_quota.CODES, CODES.email, stored, runtime)


def _succeed(work: UnitOfWork, runtime: Runtime) -> None:
    limits = throttling.of_account(_Origin(runtime), throttling.PASSWORD, "staff", "5")
    throttling.record(work, limits, Preloaded(), runtime, secret_matches=True)


@dataclass(frozen=True)
class _Origin:
    runtime: Runtime
    address: str = "127.0.0.1"


def _write_bucket(work: UnitOfWork, _: Runtime) -> None:
    buckets.write(work, Bucket(CUSTOMER_UUID), BUCKET)


def _add_product(work: UnitOfWork, _: Runtime) -> None:
    products.add(work, PRODUCT, CHANGE)


# What no store reads as a record: conditions look at it.
OWNED_ORGANIZATIONS = AttributeKind[Any](
    "owned-organizations", lambda open, account_closed: (open, account_closed), open=int, account_closed=bool
)

GOLDENS: dict[str, Golden] = {
    "user": Golden(USER, keys.user(5), lambda work, _: users.add(work, USER), users.USER),
    "guard": Golden(
        5,
        keys.email_guard("staff", "Jane#1@example.com"),
        lambda work, _: users.add(work, USER),
        users.HOLDER,
    ),
    "mailed-code": Golden(
        Code(code_digest=DIGEST, code_expires_at=1768479300, code_failures=0),
        CODES.key,
        _mail_code,
        CODE,
    ),
    "mailings": Golden(
        Mailings(codes=(1768470000, 1768478400)), keys.mailings(CODES.email), _mail_again, MAILINGS
    ),
    "session": Golden(SESSION, keys.session("staff", "5", SESSION.id), _begin_session, sessions.SESSION),
    "failed-attempts": Golden(
        FailedAttempts(failures=0, last_failure_at=1768478400, expires_at=1771070400, known=True),
        keys.failed_attempts_from("127.0.0.1", "password", "staff", "5"),
        _succeed,
        FAILED_ATTEMPTS,
    ),
    "organization": Golden(
        ORGANIZATION,
        keys.organization(7),
        lambda work, _: organizations.add(work, ORGANIZATION),
        organizations.ORGANIZATION,
    ),
    "owned-organizations": Golden(
        (0, True),
        keys.owned_organizations(5),
        _close_account,
        OWNED_ORGANIZATIONS,
    ),
    "roles": Golden(
        ROLES,
        keys.roles(7),
        lambda work, _: roles.replace(work, 7, ROLES, Preloaded()),
        roles.ROLES,
        _values,
    ),
    "member": Golden(MEMBER, keys.member(7, 6), lambda work, _: members.add(work, MEMBER), members.MEMBER),
    "memberships": Golden(
        MEMBERSHIPS,
        keys.memberships(6),
        lambda work, _: members.write_memberships(work, 6, MEMBERSHIPS, 0),
        members.MEMBERSHIPS,
        _values,
    ),
    "invitation": Golden(
        7,
        keys.invitation(6, 13),
        lambda work, _: members.add(work, MEMBER),
        members.ORGANIZATION_OF_INVITATION,
    ),
    "member-id": Golden(
        6, keys.member_id(7, 13), lambda work, _: members.add(work, MEMBER), members.USER_OF_MEMBER
    ),
    "service": Golden(A_SERVICE, keys.service(7, 21), lambda work, _: SERVICES.add(work, A_SERVICE), SERVICE),
    "client": Golden(A_CLIENT, keys.client(7, 22), lambda work, _: CLIENTS.add(work, A_CLIENT), CLIENT),
    "order": Golden(ORDER, keys.order(31), lambda work, _: orders.add(work, ORDER), orders.ORDER),
    "customer": Golden(
        CUSTOMER,
        keys.customer(CUSTOMER_UUID),
        lambda work, _: customers.add(work, CUSTOMER),
        customers.CUSTOMER_KIND,
    ),
    "bucket": Golden(BUCKET.lines, keys.bucket(CUSTOMER_UUID), _write_bucket, buckets.LINES, _values),
    "product": Golden(PRODUCT, keys.product(PRODUCT_UUID), _add_product, products.PRODUCT),
    "stock": Golden(10, keys.stock(PRODUCT_UUID), _add_product, products.STOCK),
    "stock-change": Golden(
        CHANGE,
        keys.stock_change(PRODUCT_UUID, CREATED, OPERATION),
        _add_product,
        products.STOCK_CHANGE,
    ),
    "search-entry": Golden(
        replace(PRODUCT, version=1),
        keys.search_entry("telewizor", CREATED, PRODUCT_UUID),
        _add_product,
        products.SEARCH_ENTRY,
    ),
    "shop-order": Golden(
        SHOP_ORDER,
        keys.shop_order(ORDER_UUID),
        lambda work, _: shop_orders.add(work, SHOP_ORDER),
        shop_orders.SHOP_ORDER,
        lambda document: [document, *document["lines"]],
    ),
    "sequence": Golden(
        20,
        keys.sequence("order"),
        lambda work, _: sequences.next_id("order", Preloaded(), work),
        sequences.SEQUENCE,
    ),
    "count": Golden(
        {"total": 1, "paid": 1},
        keys.count(f"orders of {CUSTOMER_UUID}", 0),
        lambda work, _: shop_orders.add(work, SHOP_ORDER),
        counts.COUNT,
    ),
}


def stored(kind: str, world: World) -> Raw:
    """Have an item written and return it as DynamoDB has it, but for the id of the unit of work."""
    golden, work = GOLDENS[kind], UnitOfWork(world.runtime)
    golden.write(work, replace(world.runtime, rng=random.Random(1)))
    work.commit()
    items = json.loads(json.dumps(list(world.items().values())).replace(work.id, OPERATION))
    [item] = [item for item in items if (item["pk"]["S"], item["sk"]["S"]) == golden.key]
    raw: Raw = item
    return raw


def text_of(raw: Raw) -> str:
    """Return an item as its golden file has it: one attribute a line."""
    names = sorted(raw, key=lambda name: ((*_FIRST, name).index(name), name))
    lines = (f"  {json.dumps(name)}: {json.dumps(raw[name], ensure_ascii=False)}" for name in names)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_file(path: Path) -> Raw:
    """Return the item that a golden file has."""
    raw: Raw = json.loads(path.read_text(encoding="utf-8"))
    return raw
