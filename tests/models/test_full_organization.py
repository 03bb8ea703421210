"""People come to an almost full organization and leave it in any order: it never has too many."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from chalicelib.accounts.model import User
from chalicelib.organizations.members.model import MAX_MEMBERS
from tests.engines.engine import Engine
from tests.support.asking import asker
from tests.support.memberships import assert_memberships_fit, fill_organization, people_in
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

ROOM = 2
STORIES = st.lists(
    st.tuples(
        st.sampled_from(
            ["invite", "invite", "call back", "accept", "accept", "end", "hand over", "close", "rename"]
        ),
        st.integers(0, 5),
    ),
    min_size=8,
    max_size=20,
)

# In a full organization: one who left comes back, and an invitation goes to somebody else.
FULL = (
    [("invite", 0), ("accept", 0), ("end", 0), ("invite", 0), ("call back", 0), ("invite", 0)],
    [("invite", 0), ("invite", 0), ("hand over", 0), ("accept", 0), ("hand over", 0), ("close", 0)],
)


@dataclass
class Organization:
    """An organization with little room left, and a model of who is invited, a member, or gone."""

    scene: Scene
    invited: dict[int, User] = field(default_factory=dict)
    members: dict[int, User] = field(default_factory=dict)
    gone: dict[int, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.me = asker(self.scene.world, self.scene.creator)
        self.role = self.scene.staff.role(self.scene.organization, []).id
        fill_organization(self.scene.world, self.scene.organization, room=ROOM)

    def _send(self, method: str, path: str, **fields: Any) -> Answer:
        body = {"organization": self.scene.organization.id, **fields}
        return self.scene.world.call(method, f"/organizations/{path}", body, token=self.me.token)

    def _has_room_for(self, user: User, more: int) -> bool:
        have = MAX_MEMBERS - ROOM + len(self.invited) + len(self.members) + len(self.gone)
        return user.id in [former.id for former in self.gone.values()] or have + more <= MAX_MEMBERS

    def _offer(self, user: User) -> None:
        answer = self._send("POST", "member-c/", user=user.id, role=self.role)
        assert answer.status == (201 if self._has_room_for(user, 1) else 400)
        if answer.status == 201:
            self.invited[answer.json["id"]] = user

    def act(self, what: str, which: int) -> None:
        """Do something with one of those with whom it can be done, if there are any."""
        {
            "invite": lambda: self._offer(self.scene.staff.user()),
            "call back": lambda: self._with(self.gone, which, self._call_back),
            "accept": lambda: self._with(self.invited, which, self._accept),
            "end": lambda: self._with({**self.invited, **self.members}, which, self._end),
            "hand over": lambda: self._with({**self.invited, **self.members}, which, self._hand_over),
            "close": lambda: self._with(self.members, which, self._close),
            "rename": lambda: self._send("PATCH", f"role-ud/{self.role}/", name=f"Role {which}"),
        }[what]()

    def _with(self, people: dict[int, User], which: int, do: Any) -> None:
        if people:
            number = list(people)[which % len(people)]
            do(number, people[number])

    def _call_back(self, _: int, user: User) -> None:
        if user.id not in [invited.id for invited in self.invited.values()]:
            self._offer(user)

    def _accept(self, number: int, user: User) -> None:
        assert asker(self.scene.world, user).post(f"/organizations/invitation-a/{number}/").status == 200
        self.members[number] = self.invited.pop(number)
        self.gone = {left: other for left, other in self.gone.items() if other.id != user.id}

    def _end(self, number: int, _: User) -> None:
        assert self._send("DELETE", f"member-ud/{number}/").status == 204
        self._leave(number)

    def _leave(self, number: int) -> None:
        if self.invited.pop(number, None) is None:
            self.gone[number] = self.members.pop(number)

    def _hand_over(self, number: int, _: User) -> None:
        user = self.scene.staff.user()
        answer = self._send("PATCH", f"member-ud/{number}/", user=user.id)
        assert answer.status == (200 if self._has_room_for(user, number in self.members) else 400)
        if answer.status == 200:
            self._leave(number)
            self.invited[number] = user

    def _close(self, number: int, user: User) -> None:
        them = asker(self.scene.world, user)
        assert them.delete(f"/users/user/{user.id}/", {"old_password": PASSWORD}).status == 204
        del self.members[number]


def test_an_organization_never_has_more_people_than_it_can_have(engine: Engine) -> None:
    engine.need_large_transactions()

    @settings(
        max_examples=8,
        derandomize=True,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(story=STORIES)
    @example(story=FULL[0])
    @example(story=FULL[1])
    def go(story: list[tuple[str, int]]) -> None:
        with World(engine) as world:
            organization = Organization(Scene(world))
            for what, which in story:
                organization.act(what, which)
                assert people_in(world, organization.scene.organization) <= MAX_MEMBERS
            assert_memberships_fit(world)

    go()
