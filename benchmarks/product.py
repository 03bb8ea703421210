"""What a benchmark has to know of this project from inside: its data, its tokens, one endpoint.

A benchmark measures from outside, through `app.app(event, context)`. It brings a `dataset`: plain rows of
users, sessions, organizations, members, services, clients, orders and products, and who is a customer.

It can be loaded by its path, from any working directory; `benchmarks/README.md` says what a dataset has.
"""

import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count, groupby
from pathlib import Path
from typing import Any

import jwt

# Behind what is there: whoever measures a packaged archive has put it on the path already.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from chalicelib.accounts import store as accounts
from chalicelib.accounts.model import User
from chalicelib.auth import sessions, tokens
from chalicelib.auth.model import CUSTOMER_AUDIENCE, STAFF_AUDIENCE, Session
from chalicelib.orders import store as orders
from chalicelib.orders.model import Order
from chalicelib.organizations import store as organizations
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.clients.store import CLIENTS
from chalicelib.organizations.members import store as members
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.services.model import Service
from chalicelib.organizations.services.store import SERVICES
from chalicelib.runtime import Runtime
from chalicelib.shop import money
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product, StockChange
from chalicelib.table import engine, keys, schema
from chalicelib.table.items import Item, OwnedOrganizationsItem, SequenceItem
from chalicelib.table.unit_of_work import UnitOfWork

ENDPOINT = "chalicelib.orders.endpoints:show_order"
"""What makes a process serve `GET order-r` alone, as its function in a deployment does."""

_FOR_EVER = 4102444800  # seconds since 1970


def seed(dataset: Any) -> None:
    """Make the table anew and fill it."""
    runtime = Runtime.from_environment()
    engine.connect(runtime.settings)
    if Item.exists():
        Item.delete_table()
    schema.create_table()
    with Item.batch_write() as batch:
        for item in _staff_items(dataset):
            item.op = runtime.new_uuid()  # as every write of the project leaves it
            batch.save(item)
    for row in dataset.users():
        if row["id"] in dataset.PROJECT_CUSTOMERS:
            work = UnitOfWork(runtime)
            customers.add(work, _customer(row))
            work.put(sessions.item_of(_session(dataset, CUSTOMER_AUDIENCE, row["id"])), None)
            work.commit()
    for number, row in enumerate(dataset.products()):
        work, moment = UnitOfWork(runtime), dataset.stamp(number)
        first = StockChange(row.pop("quantity"), moment, "benchmark", "benchmark")
        price = money.cents(Decimal(row.pop("price")))
        products.add(work, Product(**row, price=price, created_at=moment), first)
        work.commit()


def sign(event: dict[str, Any], dataset: Any) -> None:
    """Put the project's own token in the place of the benchmark's: for the same user, with the same expiry.

    It names a session that seeding stored, or did not; what is no token at all stays what it is.
    """
    try:
        bearer = event["headers"]["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(bearer, options={"verify_signature": False})
    except (KeyError, jwt.DecodeError):
        return
    shop = event["path"].startswith("/api/") and not event["path"].startswith("/api/admin/")
    runtime = Runtime.from_environment()
    lifetime = timedelta(seconds=runtime.settings.access_token_seconds)
    issued = datetime.fromtimestamp(claims["exp"], UTC) - lifetime
    session = _session(dataset, CUSTOMER_AUDIENCE if shop else STAFF_AUDIENCE, claims["user_id"])
    token = tokens.issue_pair(session, replace(runtime, clock=lambda: issued)).access
    event["headers"]["Authorization"] = f"Bearer {token}"
    event["multiValueHeaders"]["Authorization"] = [f"Bearer {token}"]


def _session(dataset: Any, audience: str, user: int) -> Session:
    return Session(
        id=uuid.UUID(dataset.uid("session", user)).int % 2**53,
        audience=audience,
        owner=dataset.uid("user", user) if audience == CUSTOMER_AUDIENCE else str(user),
        device="benchmark",
        created_at=dataset.stamp(0),
        expires_at=_FOR_EVER,
        refresh_id=dataset.uid("refresh", user),
    )


def _customer(row: dict[str, Any]) -> Customer:
    return Customer(uuid=row["uuid"], username=row["name"], email=row["email"], created_at=row["created_at"])


def _staff_items(dataset: Any) -> Iterator[Item]:
    """Give the items of the staff's side, and last the sequences of the ids that they have."""
    last: dict[str, int] = {}
    for row in dataset.users():
        last["user"] = row["id"]
        given = {name: value for name, value in row.items() if name not in ("uuid", "image")}
        user = User(**given, is_staff=row["id"] == dataset.PROJECT_ADMINISTRATOR)
        yield accounts.item_of(user)
        yield from accounts.guards_of(user).values()
    for session in dataset.sessions():
        yield sessions.item_of(_session(dataset, STAFF_AUDIENCE, session["user"]))
    for row in dataset.organizations():
        last["organization"] = row["id"]
        yield organizations.item_of(Organization(**row))
        yield organizations.name_guard_of(Organization(**row))
    yield OwnedOrganizationsItem(*keys.owned_organizations(dataset.FOUNDER), open=last["organization"])
    yield from _members_and_roles(dataset, last)
    for row in dataset.services():
        last["service"] = row["id"]
        yield SERVICES.item_of(Service(**row))
    for row in dataset.clients():
        last["client"] = row["id"]
        moment, phone = dataset.stamp(0), f"+7913000{row['id']:04d}"
        yield CLIENTS.item_of(Client(**row, phone=phone, created_at=moment, updated_at=moment))
    for row in dataset.orders():
        last["order"] = row["id"]
        yield orders.item_of(Order(**row, organization_creator=dataset.FOUNDER))
    for name, number in last.items():
        yield SequenceItem(*keys.sequence(name), last_id=number)


def _members_and_roles(dataset: Any, last: dict[str, int]) -> Iterator[Item]:
    """Give the members, and a role for each set of permissions in an organization."""
    moment, role_ids, member_ids = dataset.stamp(0), count(1), count(1)
    for organization, rows in groupby(dataset.members(), lambda row: row[1]):
        rights_of = {user: tuple(map(dataset.PROJECT_RIGHTS.get, rights)) for user, _, rights in rows}
        held = list(rights_of.values())
        made = {
            rights: Role(next(role_ids), ", ".join(rights), rights, moment, moment, held.count(rights))
            for rights in dict.fromkeys(held)
        }
        yield roles.item_of(organization, {role.id: role for role in made.values()}, version=1)
        for user, rights in rights_of.items():
            last["member"] = next(member_ids)
            last["role"] = max(role.id for role in made.values())
            member = Member(
                id=last["member"],
                organization=organization,
                user=user,
                role=made[rights].id,
                organization_creator=dataset.FOUNDER,
                created_at=moment,
                updated_at=moment,
            )
            yield from (members.item_of(member), members.id_item_of(member))
