"""Whether everything that is stored of memberships fits together, and the most of them that there can be."""

from collections import Counter
from itertools import islice

from chalicelib import ids
from chalicelib.accounts.model import User
from chalicelib.organizations.members.model import MAX_MEMBERS, MAX_MEMBERSHIPS, Member, Membership
from chalicelib.organizations.members.store import MEMBER, MEMBERSHIPS, memberships_item_of, memberships_of
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles.store import ROLES, former_members, item_of
from chalicelib.table import keys
from chalicelib.table.preloaded import read
from tests.support.world import World


def members_in(world: World) -> list[Member]:
    """Return all memberships, accepted or not."""
    return [MEMBER.decode(raw) for raw in world.items().values() if raw["kind"]["S"] == MEMBER.name]


def assert_memberships_fit(world: World) -> None:
    """Fail unless ids, invitations, users' own lists and the roles' counts are those of the memberships."""
    items, members = world.items(), members_in(world)
    ids = {keys.member_id(member.organization, member.id) for member in members}
    invitations = {keys.invitation(member.user, member.id) for member in members if not member.accepted}
    accepted = {
        (member.user, member.organization, member.id, member.role) for member in members if member.accepted
    }
    own = {
        (int(key[0].partition("#")[2]), organization, held.id, held.role)
        for key, raw in items.items()
        if raw["kind"]["S"] == MEMBERSHIPS.name
        for organization, held in MEMBERSHIPS.decode(raw).items()
    }
    counts = {
        role.id: role.member_count
        for raw in items.values()
        if raw["kind"]["S"] == ROLES.name
        for role in ROLES.decode(raw).values()
    }
    held = Counter(member.role for member in members)

    assert {key for key, raw in items.items() if raw["kind"]["S"] == "member-id"} == ids
    assert {key for key, raw in items.items() if raw["kind"]["S"] == "invitation"} == invitations
    assert own == accepted
    assert counts == {number: held[number] for number in counts}
    assert set(held) <= set(counts)


def people_in(world: World, organization: Organization) -> int:
    """Return how many people the only organization has: members, and whoever its roles item keeps."""
    raw = world.items()[keys.roles(organization.id)]
    gone = [*raw.get("former_members", {}).get("NS", ()), *raw.get("departed", {}).get("SS", ())]
    return len(gone) + len([member for member in members_in(world) if member.accepted])


def fill_organization(world: World, organization: Organization, room: int = 0) -> None:
    """Have so many people left an organization that it has room for so many more members."""
    key = keys.roles(organization.id)
    preloaded = read([key], world.runtime)
    kept, former = preloaded.get(ROLES, key) or {}, set(former_members(preloaded, organization.id))
    strangers = (ids.MAX_ID - number for number in range(MAX_MEMBERS))
    have = len(former) + sum(role.member_count for role in kept.values())
    former.update(islice(strangers, MAX_MEMBERS - have - room))
    item_of(organization.id, kept, preloaded.version(key) + 1, frozenset(former)).save()


def fill_memberships(world: World, user: User, room: int = 0) -> None:
    """Have a user accepted so many memberships that there is room for so many more."""
    key = keys.memberships(user.id)
    preloaded = read([key], world.runtime)
    held = memberships_of(preloaded, user.id)
    strangers = (ids.MAX_ID - number for number in range(MAX_MEMBERSHIPS - len(held) - room))
    more = {number: Membership(number, ids.MAX_ID) for number in strangers}
    memberships_item_of(user.id, {**held, **more}, preloaded.version(key) + 1).save()
