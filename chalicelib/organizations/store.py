"""Organizations in the table: by id, by name, and in the lists of their creators and members."""

from chalicelib.errors import SessionOver, Unavailable, ValidationFailed
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.organizations.model import Organization
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind, DocumentKind, Raw
from chalicelib.table.items import GuardItem, OrganizationItem, OwnedOrganizationsItem
from chalicelib.table.paging import Page, PageRequest, Position
from chalicelib.table.queries import page_of_index
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

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
NAME_HOLDER = AttributeKind[int]("guard", lambda holder: int(holder), holder=str)
"""The id of the organization that has a name."""

NAME_TAKEN = "organization with this name already exists."


def item_of(organization: Organization) -> OrganizationItem:
    """Return the item that keeps an organization, listed under its creator."""
    return OrganizationItem(
        *keys.organization(organization.id),
        doc=ORGANIZATION.to_document(organization),
        version=organization.version,
        gsi1pk=keys.organizations_of(organization.creator),
        gsi1sk=keys.by_update(organization.created_at, organization.id),
    )


def name_guard_of(organization: Organization) -> GuardItem:
    """Return the claim on an organization's name."""
    return GuardItem(*keys.organization_name_guard(organization.name), holder=str(organization.id))


def add(work: UnitOfWork, organization: Organization) -> None:
    """Write a new organization and claim its name."""
    work.put(item_of(organization), absent())
    _claim_name(work, organization)
    _count_for_creator(work, organization)


def replace(work: UnitOfWork, before: Organization, after: Organization) -> None:
    """Write a changed organization over the one that was read; a new name is claimed, the old one freed."""
    work.put(item_of(after), at_version(before.version))
    old, new = (keys.organization_name_guard(organization.name) for organization in (before, after))
    if old != new:
        work.delete(old)
        _claim_name(work, after)


def close(work: UnitOfWork, before: Organization, after: Organization) -> None:
    """Write a closed organization over the open one that was read, and free its name."""
    work.put(item_of(after), at_version(before.version))
    work.delete(keys.organization_name_guard(before.name))
    work.update(
        OwnedOrganizationsItem(*keys.owned_organizations(before.creator)),
        [OwnedOrganizationsItem.open.add(-1)],
    )


def reopen(work: UnitOfWork, before: Organization, after: Organization) -> None:
    """Write an open organization over the closed one that was read, and claim its name again."""
    work.put(item_of(after), at_version(before.version), otherwise=Unavailable())
    _claim_name(work, after)
    _count_for_creator(work, after)


def _claim_name(work: UnitOfWork, organization: Organization) -> None:
    taken = ValidationFailed({"name": [NAME_TAKEN]})
    work.put(name_guard_of(organization), absent(), otherwise=taken)


def _count_for_creator(work: UnitOfWork, organization: Organization) -> None:
    """Count an open organization, unless its creator's account was closed."""
    work.update(
        OwnedOrganizationsItem(*keys.owned_organizations(organization.creator)),
        [OwnedOrganizationsItem.open.add(1)],
        OwnedOrganizationsItem.account_closed.does_not_exist(),
        otherwise=SessionOver(),
    )


def page_of_user(user_id: int, page_request: PageRequest, runtime: Runtime) -> Page[Organization | Member]:
    """Read one page of what a user created or is a member of, the oldest first, in one call."""
    return page_of_index(
        "gsi1", keys.organizations_of(user_id), _decode, page_request, runtime, newest_first=False
    )


def _decode(raw: Raw) -> Organization | Member:
    return MEMBER.decode(raw) if raw["kind"]["S"] == MEMBER.name else ORGANIZATION.decode(raw)


def organization_id_of(entry: Organization | Member) -> int:
    """Return which organization an entry of a user's list is about."""
    return entry.organization if isinstance(entry, Member) else entry.id


def position_after(entry: Organization | Member) -> Position:
    """Return the place right behind an entry of a user's list."""
    return Position(keys.by_update(entry.created_at, organization_id_of(entry)))
