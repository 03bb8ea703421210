"""The creator behind an organization, whether a name is taken, and a user's organizations."""

from collections.abc import Iterable

from chalicelib.accounts.schemas import user_object
from chalicelib.accounts.store import USER
from chalicelib.auth.staff import StaffCall
from chalicelib.organizations import store
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import has_accepted
from chalicelib.organizations.model import Organization
from chalicelib.organizations.schemas import OrganizationObject, organization_object
from chalicelib.organizations.store import NAME_HOLDER, NAME_TAKEN, ORGANIZATION, organization_id_of
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import Page
from chalicelib.table.preloaded import Preloaded, within_one_read
from chalicelib.web.fields import Taken
from chalicelib.web.request import Request


def creator_key(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the creator of the organization that the request names."""
    organization = preloaded.get(ORGANIZATION, key_of(keys.organization, request.organization_id))
    return [] if organization is None else [keys.user(organization.creator)]


def organization_with_creator(
    organization: Organization, preloaded: Preloaded, base_url: str
) -> OrganizationObject:
    """Return an organization whose creator was read."""
    creator = preloaded.require(USER, keys.user(organization.creator))
    return organization_object(organization, user_object(creator, base_url))


def taken(call: StaffCall) -> Taken:
    """Return the function that tells whether a name is taken; an organization may keep its own."""
    own = call.principal.named_organization

    def reason(field: str, value: str) -> str | None:
        if field != "name":
            return None
        key = keys.organization_name_guard(value)
        holder = call.read([key]).get(NAME_HOLDER, key)
        is_free = holder is None or (own is not None and holder == own.id)
        return None if is_free else NAME_TAKEN

    return reason


def list_organizations(call: StaffCall) -> Page[Organization]:
    """Return one page of the principal's open organizations, created or joined, and read their creators."""
    found = store.page_of_user(call.principal.id, call.page, call.runtime)
    page, to_read = within_one_read(found, _related_keys, store.position_after)
    preloaded = call.read(to_read)
    organizations = (_open_organization(entry, preloaded) for entry in page.items)
    return Page([organization for organization in organizations if organization], page.next, None)


def _related_keys(entry: Organization | Member) -> Iterable[Key]:
    # Organization and membership are read again by key: an index entry may lag behind.
    yield keys.organization(organization_id_of(entry))
    if isinstance(entry, Member):
        yield keys.member(entry.organization, entry.user)
        yield keys.user(entry.organization_creator)
    else:
        yield keys.user(entry.creator)


def _open_organization(entry: Organization | Member, preloaded: Preloaded) -> Organization | None:
    organization = preloaded.get(ORGANIZATION, keys.organization(organization_id_of(entry)))
    left = isinstance(entry, Member) and not has_accepted(preloaded, entry.organization, entry.user)
    return None if organization is None or organization.closed or left else organization
