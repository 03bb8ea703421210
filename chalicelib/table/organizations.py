"""Organizations, their roles and members, and what decides a user's rights in them."""

from collections.abc import Iterable
from typing import Any

from chalicelib.domain.records import Member, Organization, Role
from chalicelib.table import keys
from chalicelib.table.items import MemberItem, OrganizationItem, RolesItem
from chalicelib.table.keys import Key
from chalicelib.table.snapshot import Snapshot, document


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
        gsi1pk=keys.organizations_created_by(organization.creator),
        gsi1sk=keys.by_update(organization.created_at, organization.id),
    )


def member_item(member: Member) -> MemberItem:
    """Return the item that keeps a membership, listed under its user."""
    return MemberItem(
        *keys.member(member.organization, member.user),
        doc=document(member),
        version=member.version,
        gsi1pk=keys.memberships_of(member.user),
        gsi1sk=keys.by_update(member.created_at, member.organization),
    )
