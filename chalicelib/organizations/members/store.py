"""Memberships in the table: kept by user, and found by their own id as well.

What a user has accepted is kept once more with the user, since all of it ends with the account; what the user
has not accepted yet is found there by its id.
"""

from collections.abc import Mapping

from chalicelib.errors import ValidationFailed
from chalicelib.organizations.members.model import Member, Membership
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.store import ROLES, note_joined
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind, DocumentKind, RecordsKind
from chalicelib.table.items import InvitationItem, MemberIdItem, MemberItem, MembershipsItem
from chalicelib.table.keys import key_of
from chalicelib.table.paging import Page, PageRequest, Position
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import page_of_index, page_of_partition
from chalicelib.table.unit_of_work import FINAL, StaleState, UnitOfWork, absent, at_version

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
    "accepted",
)
USER_OF_MEMBER = AttributeKind[int]("member-id", lambda user: user, user=int)
"""The id of the user whose membership an id is."""

MEMBERSHIPS = RecordsKind("memberships", DocumentKind("membership", Membership, "id", "role"), id_of=int)
"""A user's accepted memberships, by organization."""

ORGANIZATION_OF_INVITATION = AttributeKind[int](
    "invitation", lambda organization: organization, organization=int
)
"""The id of the organization that invites."""

ALREADY_MEMBER = "This user is already a member."


def already_member() -> ValidationFailed:
    """Return the error that a user is a member already."""
    return ValidationFailed({"user": [ALREADY_MEMBER]})


def has_accepted(preloaded: Preloaded, organization_id: int, user_id: object) -> bool:
    """Tell whether a user is a member who has accepted it, from the membership that was read."""
    member = preloaded.get(MEMBER, key_of(keys.member, organization_id, user_id))
    return member is not None and member.accepted


def role_of(preloaded: Preloaded, member: Member) -> Role:
    """Return the role of a membership, both of which were read.

    Raises:
        StaleState: there is none: the membership or the roles have changed since.
    """
    role = (preloaded.get(ROLES, keys.roles(member.organization)) or {}).get(member.role)
    if role is None:
        raise StaleState
    return role


def memberships_of(preloaded: Preloaded, user_id: int) -> dict[int, Membership]:
    """Return a user's accepted memberships, by organization, as they were read."""
    return preloaded.get(MEMBERSHIPS, keys.memberships(user_id)) or {}


def item_of(member: Member) -> MemberItem:
    """Return the item that keeps a membership; until it is accepted, it is on its user's other list."""
    listed = keys.organizations_of if member.accepted else keys.invitations_of
    return MemberItem(
        *keys.member(member.organization, member.user),
        doc=MEMBER.to_document(member),
        version=member.version,
        gsi1pk=listed(member.user),
        gsi1sk=keys.by_update(member.created_at, member.organization),
    )


def id_item_of(member: Member) -> MemberIdItem:
    """Return the item that says whose membership an id is."""
    return MemberIdItem(*keys.member_id(member.organization, member.id), user=member.user)


def invitation_item_of(member: Member) -> InvitationItem:
    """Return the item by which the user finds a membership that is not accepted yet."""
    return InvitationItem(*keys.invitation(member.user, member.id), organization=member.organization)


def memberships_item_of(user_id: int, memberships: Mapping[int, Membership], version: int) -> MembershipsItem:
    """Return the item that keeps a user's accepted memberships."""
    document = MEMBERSHIPS.to_document(memberships)
    return MembershipsItem(*keys.memberships(user_id), doc=document, version=version)


def add(work: UnitOfWork, member: Member) -> None:
    """Write a new membership, which nobody has accepted yet, unless the user is a member already."""
    work.put(item_of(member), absent(), otherwise=already_member())
    work.put(id_item_of(member), None)
    work.put(invitation_item_of(member), None)


def accept(work: UnitOfWork, before: Member, after: Member, preloaded: Preloaded) -> None:
    """Write an accepted membership over the invitation that was read."""
    work.put(item_of(after), at_version(before.version))
    work.delete(keys.invitation(before.user, before.id))
    note_joined(work, after.organization, after.user)
    _keep_with_user(work, after, preloaded)


def replace(work: UnitOfWork, before: Member, after: Member, preloaded: Preloaded) -> None:
    """Write a changed membership over the one that was read, unless its new user is a member already."""
    if after.user == before.user:
        work.put(item_of(after), at_version(before.version))
        if after.accepted:
            _keep_with_user(work, after, preloaded)
        return
    _take_from_user(work, before, preloaded)
    add(work, after)


def delete(work: UnitOfWork, member: Member, preloaded: Preloaded) -> None:
    """Delete the membership that was read."""
    _take_from_user(work, member, preloaded)
    work.delete(keys.member_id(member.organization, member.id))


def _take_from_user(work: UnitOfWork, member: Member, preloaded: Preloaded) -> None:
    work.delete(keys.member(member.organization, member.user), at_version(member.version))
    if not member.accepted:
        work.delete(keys.invitation(member.user, member.id))
        return
    others = dict(memberships_of(preloaded, member.user))
    others.pop(member.organization, None)
    write_memberships(work, member.user, others, preloaded.version(keys.memberships(member.user)))


def _keep_with_user(work: UnitOfWork, member: Member, preloaded: Preloaded) -> None:
    own = {member.organization: Membership(member.id, member.role)}
    held = memberships_of(preloaded, member.user) | own
    write_memberships(work, member.user, held, preloaded.version(keys.memberships(member.user)))


def write_memberships(
    work: UnitOfWork, user_id: int, memberships: Mapping[int, Membership], version: int, *, last: bool = False
) -> None:
    """Write a user's accepted memberships over those of a version; after the last time none is accepted."""
    item = memberships_item_of(user_id, memberships, FINAL if last else version + 1)
    work.put(item, at_version(version))


def page(organization_id: int, page_request: PageRequest, runtime: Runtime) -> Page[Member]:
    """Read one page of an organization's members, in the order of their users' ids, in one call."""
    return page_of_partition(keys.members(organization_id), MEMBER.decode, page_request, runtime)


def page_of_invitations(user_id: int, page_request: PageRequest, runtime: Runtime) -> Page[Member]:
    """Read one page of the memberships that a user has not accepted yet, the newest first, in one call."""
    return page_of_index("gsi1", keys.invitations_of(user_id), MEMBER.decode, page_request, runtime)


def position_after(member: Member) -> Position:
    """Return the place right behind a membership in its user's list."""
    return Position(keys.by_update(member.created_at, member.organization))
