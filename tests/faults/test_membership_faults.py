"""Inviting, accepting, leaving and closing an account when DynamoDB fails: at every call, in every way."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from chalicelib.organizations.members.model import Member
from tests.engines.engine import Engine
from tests.engines.faults import FOREVER, Fault, LostAfter, inject
from tests.faults.calls import KINDS
from tests.support.asking import Asker, asker
from tests.support.memberships import assert_memberships_fit, members_in
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

BUSY = (503, {"detail": "Service temporarily unavailable, try again later."})


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited, or is a member."""

    scene: Scene
    me: Asker
    creator: Asker
    member: Member

    @property
    def accepted(self) -> bool | None:
        """Whether the membership is accepted; None when there is none."""
        found = [each.accepted for each in members_in(self.scene.world) if each.user == self.member.user]
        return found[0] if found else None


def _accept(invited: Invited) -> Answer:
    return invited.me.post(f"/organizations/invitation-a/{invited.member.id}/")


def _leave(invited: Invited) -> Answer:
    body = {"organization": invited.scene.organization.id}
    return invited.me.delete(f"/organizations/member-ud/{invited.member.id}/", body)


def _remove(invited: Invited) -> Answer:
    body = {"organization": invited.scene.organization.id}
    return invited.creator.delete(f"/organizations/member-ud/{invited.member.id}/", body)


def _close_account(invited: Invited) -> Answer:
    return invited.me.delete(f"/users/user/{invited.member.user}/", {"old_password": PASSWORD})


@dataclass(frozen=True)
class Write:
    """A write: whether a member or somebody invited is meant, what is left, and the statuses.

    `repeated` is that of the same request when it took effect before.
    """

    send: Callable[[Invited], Answer]
    of_member: bool
    accepted: bool | None
    success: int
    repeated: int


WRITES = {
    "accept": Write(_accept, False, True, 200, 200),
    "decline": Write(_leave, False, None, 204, 403),
    "leave": Write(_leave, True, None, 204, 403),
    "remove": Write(_remove, True, None, 204, 403),
    "close the account": Write(_close_account, True, None, 204, 403),
}


@pytest.fixture
def scene(engine: Engine) -> Iterator[Scene]:
    """An organization in a world in which a call is repeated once."""
    with World(engine, retries=1) as world:
        yield Scene(world)


@pytest.fixture(params=WRITES.values(), ids=WRITES)
def write(request: pytest.FixtureRequest, engine: Engine) -> Write:
    chosen: Write = request.param
    if chosen.send is _close_account:
        engine.need_large_transactions()
    return chosen


def _invited(scene: Scene, write: Write) -> Invited:
    user = scene.staff.user()
    member = scene.staff.invitation(scene.organization, user=user)
    invited = Invited(scene, asker(scene.world, user), asker(scene.world, scene.creator), member)
    if write.of_member:
        assert _accept(invited).status == 200
    return invited


def _faults(scene: Scene, write: Write, kind: type[Fault], times: int | None) -> Iterator[Fault]:
    invited = _invited(scene, write)
    with scene.world.count_calls() as counter:
        assert write.send(invited).status == write.success
    seen: Counter[str] = Counter()
    for operation in counter.calls:
        seen[operation] += 1
        if kind.possible is None or operation in kind.possible:
            yield kind(operation, nth=seen[operation], times=times)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fault_that_passes_is_not_noticed_and_everything_fits(
    scene: Scene, write: Write, kind: type[Fault]
) -> None:
    for fault in _faults(scene, write, kind, 1):
        invited = _invited(scene, write)
        with inject(scene.world.events, fault):
            answer = write.send(invited)

        assert fault.injected == 1
        assert answer.status == write.success, answer.text
        assert invited.accepted is write.accepted
        assert_memberships_fit(scene.world)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fault_that_stays_is_a_503_and_the_request_can_be_repeated(
    scene: Scene, write: Write, kind: type[Fault]
) -> None:
    for fault in _faults(scene, write, kind, FOREVER):
        invited, before = _invited(scene, write), scene.world.items()
        with inject(scene.world.events, fault):
            answer = write.send(invited)

        took_effect = scene.world.items() != before
        assert (answer.status, answer.json, answer.headers["retry-after"]) == (*BUSY, "1")
        assert kind is LostAfter or not took_effect
        assert_memberships_fit(scene.world)
        again = write.send(invited)
        assert again.status in ({write.repeated, write.success} if took_effect else {write.success})
        assert invited.accepted is write.accepted
        assert_memberships_fit(scene.world)
