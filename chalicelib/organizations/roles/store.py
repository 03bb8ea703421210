"""All roles of an organization: one item, whose version changes with whatever gives or changes a role.

So nobody gives a right that was taken from them at the same time, no member is left with a role that was
deleted meanwhile, and no two roles get one name.
"""

import json
from collections.abc import Mapping

from chalicelib.organizations.roles.model import Role
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind, RecordsKind
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
ROLES = RecordsKind("roles", ROLE, id_of=int)


def item_of(organization_id: int, roles: Mapping[int, Role], version: int) -> RolesItem:
    """Return the item that keeps all roles of an organization."""
    return RolesItem(*keys.roles(organization_id), doc=ROLES.to_document(roles), version=version)


def size(roles: Mapping[int, Role]) -> int:
    """Return how many bytes roles have together, as they are stored."""
    return len(json.dumps(ROLES.to_document(roles), ensure_ascii=False, separators=(",", ":")).encode())


def replace(work: UnitOfWork, organization_id: int, roles: Mapping[int, Role], preloaded: Preloaded) -> None:
    """Write all roles of an organization over those that were read."""
    version = preloaded.version(keys.roles(organization_id))
    work.put(item_of(organization_id, roles, version + 1), at_version(version))
