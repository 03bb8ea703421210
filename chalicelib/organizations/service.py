"""Organizations: found, list, show, change, close, reopen (companion, "Organizations")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.accounts.model import User
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import DomainError, PermissionDenied, SessionOver, Unavailable, ValidationFailed
from chalicelib.organizations import store as organizations
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.model import Organization
from chalicelib.runtime import Runtime
from chalicelib.table import id_blocks, keys, optimistic
from chalicelib.table.engine import BATCH_LIMIT, Refused, read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Position
from chalicelib.table.snapshot import Snapshot
from chalicelib.web.uniqueness import Unique

_NAME_TAKEN = "organization with this name already exists."


@dataclass(frozen=True)
class FoundedOrganization:
    """An organization with its creator, as it is shown."""

    organization: Organization
    creator: User


def create(fields: Mapping[str, Any], *, principal: StaffPrincipal, runtime: Runtime) -> FoundedOrganization:
    """Found an organization; the principal becomes its creator.

    Raises:
        ValidationFailed: its name is taken.
        SessionOver: the principal's account was closed meanwhile.
        Unavailable: DynamoDB is busy or out of reach.
    """
    now = runtime.now()
    number = id_blocks.next_id("organization", runtime)
    organization = Organization(
        **{"description": "", "address": "", **fields},
        id=number,
        creator=principal.id,
        created_at=now,
        updated_at=now,
    )
    try:
        organizations.add(organization, runtime)
    except Refused as refused:
        raise _name_taken(refused) or SessionOver() from refused
    return FoundedOrganization(organization, principal.user)


def _name_taken(refused: Refused) -> DomainError | None:
    if organizations.NAME not in refused.stored:
        return None
    return ValidationFailed({organizations.NAME: [_NAME_TAKEN]})


def uniqueness(own_id: int | None, runtime: Runtime) -> Unique:
    """Return what tells why an organization can't have a name; `own_id` is the one that may keep its own."""

    def why_not(name: str) -> str | None:
        claim = keys.organization_name_guard(name)
        holder = organizations.holder_in(read([claim], runtime), claim)
        return None if holder in (None, own_id) else _NAME_TAKEN

    return {organizations.NAME: why_not}


def list_page(
    *, principal: StaffPrincipal, limit: int, after: Position | None, known: Snapshot, runtime: Runtime
) -> tuple[list[FoundedOrganization], Position | None]:
    """Return one page of the principal's open organizations, founded or joined, and where the next starts.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    page = organizations.page_of_user(principal.id, runtime, limit=limit, after=after)
    entries, wanted = _within_one_read(page.items)
    records = known | read(wanted, runtime) if wanted else known
    following = page.next if len(entries) == len(page.items) else organizations.position_behind(entries[-1])
    return [shown for entry in entries for shown in _shown(entry, records)], following


def _within_one_read(
    candidates: list[Organization | Member],
) -> tuple[list[Organization | Member], set[Key]]:
    """Return as many entries as one read can surround, and what to read; the page then ends earlier."""
    wanted: set[Key] = set()
    for count, entry in enumerate(candidates):
        more = wanted.union(_keys_around(entry))
        if len(more) > BATCH_LIMIT:
            return candidates[:count], wanted
        wanted = more
    return candidates, wanted


def _keys_around(entry: Organization | Member) -> Iterable[Key]:
    # Both are read anew: an index entry may be older than what stands under the key.
    if isinstance(entry, Member):
        yield keys.member(entry.organization, entry.user)
        yield keys.organization(entry.organization)
        yield keys.user(entry.organization_creator)
    else:
        yield keys.organization(entry.id)
        yield keys.user(entry.creator)


def _shown(entry: Organization | Member, records: Snapshot) -> Iterable[FoundedOrganization]:
    number = entry.organization if isinstance(entry, Member) else entry.id
    organization = records.get(Organization, keys.organization(number))
    left = isinstance(entry, Member) and keys.member(number, entry.user) not in records
    if organization is not None and not organization.closed and not left:
        yield founded(organization, records)


def founded(organization: Organization, records: Snapshot) -> FoundedOrganization:
    """Return an organization with its creator, from records that hold the creator."""
    creator = records.get(User, keys.user(organization.creator))
    assert creator is not None, f"organization {organization.id} has no creator"
    return FoundedOrganization(organization, creator)


def with_creator(organization: Organization, records: Snapshot, runtime: Runtime) -> FoundedOrganization:
    """Return an organization with its creator, who is read unless that was done.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    key = keys.user(organization.creator)
    return founded(organization, records if key in records else read([key], runtime))


def change(fields: Mapping[str, Any], *, principal: StaffPrincipal, runtime: Runtime) -> Organization:
    """Change the principal's organization.

    Raises:
        ValidationFailed: its new name is taken.
        PermissionDenied: it was closed meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the organization keeps changing.
    """
    if not fields:
        return principal.organization

    def write(before: Organization) -> Organization:
        changed = replace(before, **fields, updated_at=runtime.now(), version=before.version + 1)
        try:
            organizations.replace(before, changed, runtime)
        except Refused as refused:
            raise _name_taken(refused) or refused from refused
        return changed

    return optimistic.write(write, principal.organization, lambda: _open_again(principal, runtime), runtime)


def close(*, principal: StaffPrincipal, runtime: Runtime) -> None:
    """Close the principal's organization: nothing in it is destroyed, and nobody gets in any more.

    Raises:
        PermissionDenied: it was closed meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the organization keeps changing.
    """

    def write(before: Organization) -> None:
        closed = replace(before, closed=True, updated_at=runtime.now(), version=before.version + 1)
        organizations.close(before, closed, runtime)

    optimistic.write(write, principal.organization, lambda: _open_again(principal, runtime), runtime)


def reopen(organization: Organization, name: str, *, runtime: Runtime) -> Organization:
    """Open a closed organization again, under its old name or another one.

    Raises:
        ValidationFailed: the name is taken.
        PermissionDenied: the creator's account is closed, so that nobody would hold every right in it.
        Unavailable: DynamoDB is busy or out of reach, or somebody changed it at the same time.
    """
    opened = replace(
        organization, name=name, closed=False, updated_at=runtime.now(), version=organization.version + 1
    )
    try:
        organizations.reopen(organization, opened, runtime)
    except Refused as refused:
        if "founder" in refused.stored:
            raise PermissionDenied from refused
        raise _name_taken(refused) or Unavailable() from refused
    return opened


def _open_again(principal: StaffPrincipal, runtime: Runtime) -> Organization:
    key = keys.organization(principal.organization.id)
    found = read([key], runtime).get(Organization, key)
    if found is None or found.closed:
        raise PermissionDenied
    return found
