"""All roles of an organization: one item, whose version changes with whatever gives or changes a role.

So nobody gives a right that was taken from them at the same time, no member is left with a role that was
deleted meanwhile, and no two roles get one name. The item is read with every request in the organization, so
it also says who was a member and is none any more.
"""

import json
from collections.abc import Mapping
from dataclasses import replace as with_fields

from chalicelib.organizations.roles.model import Role
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind, Raw, RecordsKind
from chalicelib.table.items import RolesItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, at_version

ROLE = DocumentKind(
    "role",
    Role,
    "id",
    "name",
    "permissions",
    "created_at",
    "updated_at",
    "member_count",
    read={"permissions": tuple},
)


class _RolesKind(RecordsKind[Role]):
    """All roles, each without the members who closed their accounts since the roles were written."""

    def decode(self, raw: Raw) -> dict[int, Role]:
        """Return the roles that an item holds, by id."""
        roles = super().decode(raw)
        for departed in raw.get("departed", {}).get("SS", ()):
            number = int(departed.partition(":")[0])
            if number in roles:
                roles[number] = with_fields(roles[number], member_count=roles[number].member_count - 1)
        return roles


ROLES = _RolesKind("roles", ROLE, id_of=int)


def item_of(
    organization_id: int, roles: Mapping[int, Role], version: int, former: frozenset[int] = frozenset()
) -> RolesItem:
    """Return the item that keeps all roles of an organization."""
    item = RolesItem(*keys.roles(organization_id), doc=ROLES.to_document(roles), version=version)
    item.former_members = set(former) or None
    return item


def size(roles: Mapping[int, Role]) -> int:
    """Return how many bytes roles have together, as they are stored."""
    return len(json.dumps(ROLES.to_document(roles), ensure_ascii=False, separators=(",", ":")).encode())


def former_members(preloaded: Preloaded, organization_id: int) -> frozenset[int]:
    """Return the ids of the users who left an organization or were removed, as they were read."""
    return preloaded.numbers(keys.roles(organization_id), "former_members")


def replace(
    work: UnitOfWork,
    organization_id: int,
    roles: Mapping[int, Role],
    preloaded: Preloaded,
    leaving: int | None = None,
) -> None:
    """Write all roles of an organization over those that were read, and who leaves it."""
    former = former_members(preloaded, organization_id)
    if leaving is not None:
        former |= {leaving}
    version = preloaded.version(keys.roles(organization_id))
    work.put(item_of(organization_id, roles, version + 1, former), at_version(version))


def note_joined(work: UnitOfWork, organization_id: int, user_id: int) -> None:
    """Take a user off those who left, where the roles were not read."""
    work.update(
        RolesItem(*keys.roles(organization_id)),
        [RolesItem.former_members.delete({user_id}), RolesItem.version.add(1)],
    )


def count_departed(work: UnitOfWork, organization_id: int, role_id: int, member_number: int) -> None:
    """Count one member less for a role that was not read; whoever writes the roles next sums up."""
    work.update(
        RolesItem(*keys.roles(organization_id)),
        [RolesItem.departed.add({f"{role_id}:{member_number}"}), RolesItem.version.add(1)],
    )
