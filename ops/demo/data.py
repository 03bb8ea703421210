"""The documents' own world, so that every example in them can be tried as printed (companion, "Demo
data").
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth import passwords, sessions
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.rights import VERBS
from chalicelib.orders import store as orders
from chalicelib.orders.model import Order, order_code
from chalicelib.organizations import store as organizations
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.clients.store import CLIENTS
from chalicelib.organizations.members import store as member_store
from chalicelib.organizations.members.model import Member, Membership
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.services.model import Service
from chalicelib.organizations.services.store import SERVICES
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import connect
from chalicelib.table.items import Item, OwnedOrganizationsItem, SequenceItem
from chalicelib.table.preloaded import read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork, absent
from ops.demo import shop

FIRST_FREE_ID = 100
STAFF_ACCOUNTS = {
    1: ("a@gmail.com", "aaaaaaaa"),
    2: ("b@gmail.com", "bbbbbbbb"),
    5: ("user3@gmail.com", "user3user3"),
    6: ("admin@example.com", "adminadmin"),
}
_SEQUENCES = ("user", "organization", "role", "member", "service", "client", "order")
_ORDER_RIGHTS = tuple(f"order_{verb}" for verb in VERBS)


def load(runtime: Runtime) -> None:
    """Put the demo data into the connected table, unless it is there already."""
    connect(runtime.settings)
    if keys.user(5) in read([keys.user(5)], runtime):
        return
    for item in (*_sequences(), *_staff(runtime), *_organization()):
        _put(item, runtime)
    shop.load(runtime)


def sample_token(runtime: Runtime) -> str:
    """Return an access token of the demo's user 5."""
    work = UnitOfWork(runtime)
    pair = sessions.begin(
        work, STAFF_AUDIENCE, "5", device="manage.py local", session_epoch=0, runtime=runtime
    )
    work.commit()
    return pair.access


def _put(item: Item, runtime: Runtime) -> None:
    work = UnitOfWork(runtime)
    work.put(item, absent())
    with suppress(StaleState):  # somebody else loads the same data into the same table
        work.commit()


def _sequences() -> list[Item]:
    return [SequenceItem(*keys.sequence(name), last_id=FIRST_FREE_ID - 1) for name in _SEQUENCES]


def _staff(runtime: Runtime) -> list[Item]:
    accounts = (
        _account(1, "a", "2021-09-08T12:03:41.729216Z", "2021-09-08T12:03:41.729257Z"),
        _account(2, "b", "2021-09-08T12:10:02.158004Z", "2021-09-08T12:10:02.158041Z", confirmed_email=True),
        _account(
            5,
            "user3",
            "2021-09-08T12:22:26.072030Z",
            "2021-09-08T15:11:20.864802Z",
            address="user3address",
            phone="+79137779135",
            confirmed_email=True,
        ),
        _account(
            6,
            "Admin",
            "2021-09-08T12:00:00.000000Z",
            "2021-09-08T12:00:00.000000Z",
            patronymic="",
            address="",
            confirmed_email=True,
            is_staff=True,
        ),
    )

    def with_password(user: User) -> User:
        return replace(user, password_hash=passwords.hash_password(STAFF_ACCOUNTS[user.id][1], runtime))

    with ThreadPoolExecutor() as pool:  # hashing is slow by design, and leaves Python's lock while it works
        found = list(pool.map(with_password, accounts))
    return [item for user in found for item in (users.item_of(user), *users.guards_of(user).values())]


def _account(number: int, name: str, created_at: str, updated_at: str, **others: Any) -> User:
    """Return an account without a password: one word is all its names and its address, unless told."""
    words = dict.fromkeys(("surname", "name", "patronymic", "address"), name)
    fields = {"phone": None, **words, **others}
    email = STAFF_ACCOUNTS[number][0]
    return User(id=number, email=email, created_at=created_at, updated_at=updated_at, **fields)


def _organization() -> list[Item]:
    created = "2021-09-08T15:13:41.218868Z"
    organization = Organization(
        id=1,
        name="Organization2",
        description="Organization2",
        address="Organization2",
        creator=1,
        created_at=created,
        updated_at="2021-09-09T03:03:04.127339Z",
        numbers={"main": "+79999999999"},
        links={"vk": "vk.com"},
    )
    role = Role(
        id=1, name="Orders", permissions=_ORDER_RIGHTS, created_at=created, updated_at=created, member_count=2
    )
    members = [
        Member(
            id=number,
            organization=1,
            organization_creator=1,
            user=user,
            role=1,
            created_at=created,
            updated_at=created,
            accepted=True,
        )
        for number, user in ((1, 5), (2, 2))
    ]
    service = Service(
        id=1,
        organization=1,
        name="Programming",
        address="Gdeto v rossii",
        phone="+79518472961",
        created_at="2021-09-09T03:37:35.341485Z",
        updated_at="2021-09-09T03:40:40.333245Z",
    )
    client = Client(
        id=1, organization=1, name="Client", phone="+79130000001", created_at=created, updated_at=created
    )
    order = Order(
        id=1,
        order_code=order_code(1),
        organization=1,
        organization_creator=1,
        description="New order",
        creator=5,
        executor=5,
        client=1,
        service=1,
        created_at="2021-09-09T04:52:27.731903Z",
        updated_at="2021-09-09T04:58:12.789112Z",
    )
    return [
        organizations.item_of(organization),
        organizations.name_guard_of(organization),
        OwnedOrganizationsItem(*keys.owned_organizations(1), open=1),
        roles.item_of(1, {role.id: role}, version=1),
        *(item for member in members for item in _items_of(member)),
        SERVICES.item_of(service),
        CLIENTS.item_of(client),
        orders.item_of(order),
    ]


def _items_of(member: Member) -> list[Item]:
    held = {member.organization: Membership(member.id, member.role)}
    return [
        member_store.item_of(member),
        member_store.id_item_of(member),
        member_store.memberships_item_of(member.user, held, version=1),
    ]
