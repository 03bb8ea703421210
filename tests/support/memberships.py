"""Whether everything that is stored of memberships fits together."""

from collections import Counter

from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER, MEMBERSHIPS
from chalicelib.organizations.roles.store import ROLES
from chalicelib.table import keys
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
