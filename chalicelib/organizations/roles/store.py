"""All roles of an organization: one item, whose version changes with whatever gives or changes a role.

So nobody gives a right that was taken from them at the same time, no member is left with a role that was
deleted meanwhile, and no two roles get one name.
"""

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


def item_of(organization_id: int, roles: Mapping[int, Role], version: int) -> RolesItem:
    """Return the item that keeps all roles of an organization."""
    return RolesItem(*keys.roles(organization_id), doc=ROLES.to_document(roles), version=version)


def replace(work: UnitOfWork, organization_id: int, roles: Mapping[int, Role], preloaded: Preloaded) -> None:
    """Write all roles of an organization over those that were read."""
    version = preloaded.version(keys.roles(organization_id))
    work.put(item_of(organization_id, roles, version + 1), at_version(version))


def count_departed(work: UnitOfWork, organization_id: int, role_id: int, member_number: int) -> None:
    """Count one member less for a role that was not read; whoever writes the roles next sums up."""
    work.update(
        RolesItem(*keys.roles(organization_id)),
        [RolesItem.departed.add({f"{role_id}:{member_number}"}), RolesItem.version.add(1)],
    )
