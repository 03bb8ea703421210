"""Organizations, their roles and members, and what decides a user's rights in them."""

from collections.abc import Iterable
from typing import Any

from chalicelib.organizations.members.model import Member
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles.model import Role
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.engine import query
from chalicelib.table.items import (
    GuardItem,
    MemberIdItem,
    MemberItem,
    OrganizationItem,
    OwnedOrganizationsItem,
    RolesItem,
)
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot, document, record_of

ORGANIZATION = DocumentKind(
    "organization",
    Organization,
    "id",
    "name",
    "description",
    "address",
    "creator",
    "created_at",
    "updated_at",
    "numbers",
    "links",
    "closed",
    "version",
)


NAME = "name"


def authority_keys(organization_id: int, user_id: int) -> list[Key]:
    """Return the keys of everything that decides a user's rights: all known before anything is read."""
    return [
        keys.organization(organization_id),
        keys.roles(organization_id),
        keys.member(organization_id, user_id),
    ]


def role_held(snapshot: Snapshot, organization_id: int, user_id: int) -> Role | None:
    """Return the role of a user in an organization, from a snapshot that holds the authority keys."""
    member = snapshot.get(Member, keys.member(organization_id, user_id))
    item = snapshot.item(keys.roles(organization_id))
    if member is None or not isinstance(item, RolesItem):
        return None
    return roles_of(item).get(member.role)


def roles_of(item: RolesItem) -> dict[int, Role]:
    """Return all roles of an organization by id."""
    return {int(number): _role(document) for number, document in item.doc.items()}


def roles_item(organization_id: int, roles: Iterable[Role], version: int) -> RolesItem:
    """Return the item that keeps all roles of an organization."""
    documents = {str(role.id): document(role) for role in roles}
    return RolesItem(*keys.roles(organization_id), doc=documents, version=version)


def _role(doc: dict[str, Any]) -> Role:
    return Role(**{**doc, "permissions": tuple(doc["permissions"])})


def organization_item(organization: Organization) -> OrganizationItem:
    """Return the item that keeps an organization, listed under its founder."""
    return OrganizationItem(
        *keys.organization(organization.id),
        doc=document(organization),
        version=organization.version,
        gsi1pk=keys.organizations_of(organization.creator),
        gsi1sk=keys.by_update(organization.created_at, organization.id),
    )


def name_guard(organization: Organization) -> GuardItem:
    """Return the claim on an organization's name."""
    return GuardItem(*keys.organization_name_guard(organization.name), holder=str(organization.id))


def holder_in(snapshot: Snapshot, claim: Key) -> int | None:
    """Return which organization has a name, from a snapshot that holds the name's key."""
    guard = snapshot.item(claim)
    return int(guard.holder) if isinstance(guard, GuardItem) else None


def add(organization: Organization, runtime: Runtime) -> None:
    """Create an organization and claim its name.

    Raises:
        Refused: the name is taken (subject `name`), or the founder's account is closed (`founder`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("organization", organization_item(organization), absent())
    work.put(NAME, name_guard(organization), absent())
    _count_founded(work, organization, 1)
    work.commit()


def replace(read: Organization, changed: Organization, runtime: Runtime) -> None:
    """Write a changed organization over the one that was read; a new name is claimed, the old one freed.

    Raises:
        Refused: somebody else changed it in between (subject `organization`), or the name is taken (`name`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("organization", organization_item(changed), at_version(read.version))
    if changed.name != read.name:
        _free_name(work, read)
        work.put(NAME, name_guard(changed), absent())
    work.commit()


def close(read: Organization, closed: Organization, runtime: Runtime) -> None:
    """Write a closed organization over the open one that was read, and free its name.

    Raises:
        Refused: somebody else changed it in between (subject `organization`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("organization", organization_item(closed), at_version(read.version))
    _free_name(work, read)
    _count_founded(work, read, -1)
    work.commit()


def reopen(read: Organization, opened: Organization, runtime: Runtime) -> None:
    """Write an open organization over the closed one that was read, and claim its name again.

    Raises:
        Refused: somebody else changed it in between (subject `organization`), the name is taken (`name`), or
            the founder's account is closed (`founder`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("organization", organization_item(opened), at_version(read.version))
    work.put(NAME, name_guard(opened), absent())
    _count_founded(work, opened, 1)
    work.commit()


def _free_name(work: UnitOfWork, organization: Organization) -> None:
    work.delete("old name", name_guard(organization))


def _count_founded(work: UnitOfWork, organization: Organization, change: int) -> None:
    actions = [
        OwnedOrganizationsItem.open.add(change),
        OwnedOrganizationsItem.kind.set(OwnedOrganizationsItem),
    ]
    item = OwnedOrganizationsItem(*keys.owned_organizations(organization.creator))
    work.update("founder", item, actions, OwnedOrganizationsItem.closed.does_not_exist())


def page_of_user(
    user_id: int, runtime: Runtime, *, limit: int, after: Position | None
) -> Page[Organization | Member]:
    """Read one page of what a user founded or is a member of, the oldest tie first, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    found = query(
        keys.organizations_of(user_id), runtime, index="gsi1", limit=limit, after=after, newest_first=False
    )
    return Page([record_of(item) for item in found.items], found.next, found.previous)


def position_behind(entry: Organization | Member) -> Position:
    """Return the place right behind an entry of a user's list."""
    number = entry.organization if isinstance(entry, Member) else entry.id
    return Position(keys.by_update(entry.created_at, number))


def member_items(member: Member) -> tuple[MemberItem, MemberIdItem]:
    """Return the items that keep a membership: by user, and by its own id."""
    key = keys.member_id(member.organization, member.id)
    return member_item(member), MemberIdItem(*key, user=member.user)


def member_item(member: Member) -> MemberItem:
    """Return the item that keeps a membership, listed under its user."""
    return MemberItem(
        *keys.member(member.organization, member.user),
        doc=document(member),
        version=member.version,
        gsi1pk=keys.organizations_of(member.user),
        gsi1sk=keys.by_update(member.created_at, member.organization),
    )
