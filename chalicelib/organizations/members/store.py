"""Memberships: kept by user, found by their own id as well, and counted in the role that they give."""

from collections.abc import Iterable

from chalicelib.organizations.members.model import Member
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.store import RoleBook
from chalicelib.organizations.store import member_item, member_items
from chalicelib.runtime import Runtime
from chalicelib.table import keys, ranges
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import MemberIdItem
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot, record_of

MEMBER = DocumentKind(
    "member",
    Member,
    "id",
    "organization",
    "user",
    "role",
    "organization_creator",
    "created_at",
    "updated_at",
    "version",
)


PLACE = "place"


def user_behind(snapshot: Snapshot, organization_id: int, member_id: int) -> int | None:
    """Return whose membership an id is, from a snapshot that holds its key."""
    item = snapshot.item(keys.member_id(organization_id, member_id))
    return int(item.user) if isinstance(item, MemberIdItem) else None


def page(organization_id: int, runtime: Runtime, *, limit: int, after: Position | None) -> Page[Member]:
    """Read one page of an organization's members, in the order of their users' ids, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    found = ranges.page(keys.members(organization_id), runtime, limit=limit, after=after)
    return Page([record_of(item) for item in found.items], found.next, found.previous)


def add(member: Member, book: RoleBook, counted: Iterable[Role], runtime: Runtime) -> None:
    """Write a new membership along with the roles that count it.

    Raises:
        Refused: the user is a member already (subject `place`), or the roles changed in between (`roles`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    by_user, by_id = member_items(member)
    work.put(PLACE, by_user, absent())
    work.put("id", by_id, absent())
    roles.add_to(work, book, counted)
    work.commit()


def replace(read: Member, changed: Member, book: RoleBook, counted: Iterable[Role], runtime: Runtime) -> None:
    """Write a changed membership over the one that was read, along with the roles that count it.

    Raises:
        Refused: the new user is a member already (subject `place`), or the membership (`member`) or the roles
            (`roles`) changed in between.
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    by_user, by_id = member_items(changed)
    if changed.user == read.user:
        work.put("member", by_user, at_version(read.version))
    else:
        work.delete("member", member_item(read), at_version(read.version))
        work.put(PLACE, by_user, absent())
        work.put("id", by_id, None)
    roles.add_to(work, book, counted)
    work.commit()


def remove(read: Member, book: RoleBook, counted: Iterable[Role], runtime: Runtime) -> None:
    """Delete the membership that was read, along with its place in the roles' counts.

    Raises:
        Refused: the membership (subject `member`) or the roles (`roles`) changed in between.
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    by_user, by_id = member_items(read)
    work.delete("member", by_user, at_version(read.version))
    work.delete("id", by_id)
    roles.add_to(work, book, counted)
    work.commit()
