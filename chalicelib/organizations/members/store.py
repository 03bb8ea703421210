"""Memberships in the table: kept by user, and found by their own id as well."""

from chalicelib.errors import ValidationFailed
from chalicelib.organizations.members.model import Member
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind, DocumentKind
from chalicelib.table.items import MemberIdItem, MemberItem
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.queries import page_of_partition
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

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
USER_OF_MEMBER = AttributeKind[int]("member-id", lambda user: user, user=int)
"""The id of the user whose membership an id is."""


ALREADY_MEMBER = "This user is already a member."


def already_member() -> ValidationFailed:
    """Return the error that a user is a member already."""
    return ValidationFailed({"user": [ALREADY_MEMBER]})


def items_of(member: Member) -> tuple[MemberItem, MemberIdItem]:
    """Return the items that keep a membership: by user, listed under that user, and by its own id."""
    by_user = MemberItem(
        *keys.member(member.organization, member.user),
        doc=MEMBER.to_document(member),
        version=member.version,
        gsi1pk=keys.organizations_of(member.user),
        gsi1sk=keys.by_update(member.created_at, member.organization),
    )
    return by_user, MemberIdItem(*keys.member_id(member.organization, member.id), user=member.user)


def add(work: UnitOfWork, member: Member) -> None:
    """Write a new membership, unless the user is a member already."""
    by_user, by_id = items_of(member)
    work.put(by_user, absent(), otherwise=already_member())
    work.put(by_id, absent())


def replace(work: UnitOfWork, before: Member, after: Member) -> None:
    """Write a changed membership over the one that was read, unless its new user is a member already."""
    by_user, by_id = items_of(after)
    if after.user == before.user:
        work.put(by_user, at_version(before.version))
        return
    work.delete(keys.member(before.organization, before.user), at_version(before.version))
    work.put(by_user, absent(), otherwise=already_member())
    work.put(by_id, None)


def delete(work: UnitOfWork, member: Member) -> None:
    """Delete the membership that was read."""
    work.delete(keys.member(member.organization, member.user), at_version(member.version))
    work.delete(keys.member_id(member.organization, member.id))


def page(organization_id: int, page_request: PageRequest, runtime: Runtime) -> Page[Member]:
    """Read one page of an organization's members, in the order of their users' ids, in one call."""
    return page_of_partition(keys.members(organization_id), MEMBER.decode, page_request, runtime)
