"""People and organizations to test with, written straight into the table as the endpoints would have left
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth import passwords
from chalicelib.orders import store as orders
from chalicelib.orders.model import Order, order_code
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
from chalicelib.table import keys
from chalicelib.table.items import Item, OwnedOrganizationsItem
from chalicelib.table.preloaded import Preloaded, read
from chalicelib.table.unit_of_work import UnitOfWork

PASSWORD = "correct horse battery"


def rewrite(runtime: Runtime, user: User, **fields: Any) -> User:
    """Change an account in the table and return it."""
    changed = replace(user, **fields, version=user.version + 1)
    work = UnitOfWork(runtime)
    users.replace(work, user, changed)
    work.commit()
    return changed


@dataclass
class Staff:
    """Makes staff accounts and what belongs to organizations; ids count up from 1000."""

    runtime: Runtime
    last_id: int = 999

    def _new_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def user(self, *, confirmed: bool = True, **fields: Any) -> User:
        """Make an account; confirmed by email unless told otherwise."""
        user, items = self._user(confirmed=confirmed, **fields)
        self._save(*items)
        return user

    def _user(self, *, confirmed: bool = True, **fields: Any) -> tuple[User, list[Item]]:
        number, now = self._new_id(), self.runtime.now()
        given = {"email": f"user{number}@example.com", "phone": None, "confirmed_email": confirmed, **fields}
        user = User(
            id=number,
            surname=f"Surname{number}",
            name=f"Name{number}",
            patronymic=f"Patronymic{number}",
            address=f"Address {number}",
            password_hash=passwords.hash_password(PASSWORD, self.runtime),
            created_at=now,
            updated_at=now,
            **given,
        )
        return user, [users.item_of(user), *users.guards_of(user).values()]

    def organization(self, creator: User, **fields: Any) -> Organization:
        """Make an organization, without roles."""
        number, now = self._new_id(), self.runtime.now()
        organization = Organization(
            id=number,
            name=f"Organization {number}",
            description="",
            address="",
            creator=creator.id,
            created_at=now,
            updated_at=now,
            **fields,
        )
        self._save(organizations.item_of(organization), organizations.name_guard_of(organization))
        owned = OwnedOrganizationsItem(*keys.owned_organizations(creator.id))
        owned.update(
            [OwnedOrganizationsItem.open.add(1), OwnedOrganizationsItem.kind.set(OwnedOrganizationsItem)]
        )
        return organization

    def role(self, organization: Organization, permissions: Iterable[str], members: int = 0) -> Role:
        """Make a role with these codenames, which so many members have."""
        key = keys.roles(organization.id)
        role, item = self._role(organization, permissions, members, read([key], self.runtime))
        self._save(item)
        return role

    def _role(
        self, organization: Organization, permissions: Iterable[str], members: int, preloaded: Preloaded
    ) -> tuple[Role, Item]:
        number, now, key = self._new_id(), self.runtime.now(), keys.roles(organization.id)
        role = Role(number, f"Role {number}", tuple(permissions), now, now, members)
        others = preloaded.get(roles.ROLES, key) or {}
        version, former = preloaded.version(key) + 1, roles.former_members(preloaded, organization.id)
        return role, roles.item_of(organization.id, {**others, number: role}, version, former)

    def member(self, organization: Organization, *permissions: str, user: User | None = None) -> User:
        """Make a user (or take one) a member with a role of their own that has these permissions.

        The user was invited and has accepted.
        """
        user, member, preloaded = self._invited(organization, permissions, user)
        work, accepted = UnitOfWork(self.runtime), replace(member, accepted=True, version=member.version + 1)
        members.accept(work, member, accepted, preloaded)
        work.commit()
        return user

    def invitation(self, organization: Organization, *permissions: str, user: User | None = None) -> Member:
        """Invite a user (or a new one) to be a member with a role of their own that has these permissions."""
        return self._invited(organization, permissions, user)[1]

    def _invited(
        self, organization: Organization, permissions: Iterable[str], user: User | None
    ) -> tuple[User, Member, Preloaded]:
        """Return who is invited, the membership, and the roles and memberships that were there before."""
        user, items = (user, []) if user else self._user()
        read_before = [keys.roles(organization.id), keys.memberships(user.id)]
        preloaded = read(read_before, self.runtime)
        role, roles_item = self._role(organization, permissions, 1, preloaded)
        now = self.runtime.now()
        member = Member(
            self._new_id(),
            organization.id,
            user.id,
            role.id,
            organization.creator,
            created_at=now,
            updated_at=now,
            accepted=False,
        )
        of_member = (members.item_of(member), members.id_item_of(member), members.invitation_item_of(member))
        self._save(*items, roles_item, *of_member)
        return user, member, preloaded

    def service(self, organization: Organization, **fields: Any) -> Service:
        """Make a service."""
        number, now = self._new_id(), self.runtime.now()
        service = Service(
            number, organization.id, f"Service {number}", "Street 1", "+79518472961", now, now, **fields
        )
        self._save(SERVICES.item_of(service))
        return service

    def client(self, organization: Organization, **fields: Any) -> Client:
        """Make a client."""
        number, now = self._new_id(), self.runtime.now()
        client = Client(number, organization.id, f"Client {number}", "+79130000001", now, now, **fields)
        self._save(CLIENTS.item_of(client))
        return client

    def order(
        self,
        organization: Organization,
        *,
        creator: User,
        executor: User,
        client: Client,
        service: Service,
        **fields: Any,
    ) -> Order:
        """Make an order; `fields` may set description, done, created_at, updated_at."""
        number, now = self._new_id(), self.runtime.now()
        order = Order(
            id=number,
            order_code=order_code(number),
            organization=organization.id,
            organization_creator=organization.creator,
            creator=creator.id,
            executor=executor.id,
            client=client.id,
            service=service.id,
            **{"description": f"Order {number}", "created_at": now, "updated_at": now, **fields},
        )
        self._save(orders.item_of(order))
        return order

    def _save(self, *items: Item) -> None:
        with Item.batch_write() as batch:
            for item in items:
                batch.save(item)
