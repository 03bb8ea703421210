"""All roles of an organization: one item, whose version changes with whatever gives or changes a role.

So no member can be left with a role that was deleted at the same time, and no two roles get one name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pynamodb.expressions.condition import Condition

from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.store import roles_item, roles_of
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind, RecordsKind
from chalicelib.table.items import RolesItem
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version, put
from chalicelib.table.snapshot import Snapshot

ROLE = DocumentKind(
    "role",
    Role,
    "id",
    "name",
    "permissions",
    "created_at",
    "updated_at",
    "members",
    read={"permissions": tuple},
)
ROLES = RecordsKind("roles", ROLE, id_of=int)


BOOK = "roles"


@dataclass(frozen=True)
class RoleBook:
    """The roles of an organization by id, as they were read; version 0 was never written."""

    organization: int
    roles: dict[int, Role]
    version: int


def book_in(snapshot: Snapshot, organization_id: int) -> RoleBook:
    """Return the roles of an organization, from a snapshot that holds their key."""
    item = snapshot.item(keys.roles(organization_id))
    if not isinstance(item, RolesItem):
        return RoleBook(organization_id, {}, 0)
    return RoleBook(organization_id, roles_of(item), int(item.version or 0))


def write(read: RoleBook, roles: Iterable[Role], runtime: Runtime) -> None:
    """Write changed roles over those that were read.

    Raises:
        Refused: somebody else changed them in between, or gave one to a member.
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(_item(read, roles), _unchanged(read), runtime, BOOK)


def add_to(work: UnitOfWork, read: RoleBook, roles: Iterable[Role]) -> None:
    """Write changed roles in a transaction; its subject is `roles`."""
    work.put(BOOK, _item(read, roles), _unchanged(read))


def _item(read: RoleBook, roles: Iterable[Role]) -> RolesItem:
    return roles_item(read.organization, roles, read.version + 1)


def _unchanged(read: RoleBook) -> Condition:
    return at_version(read.version) if read.version else absent()
