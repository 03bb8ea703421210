"""Invitations, members and roles that are changed at the same time still fit together."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from chalicelib.organizations.members.model import Member
from tests.engines.engine import Engine
from tests.races.together import together, waiting_world
from tests.support.asking import Asker, asker
from tests.support.memberships import (
    assert_memberships_fit,
    fill_memberships,
    fill_organization,
    members_in,
)
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

pytestmark = [pytest.mark.engine, pytest.mark.races]

TIMES = 5


@pytest.fixture
def world(concurrent_engine: Engine) -> Iterator[World]:
    with waiting_world(concurrent_engine) as made:
        yield made


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


class Invited:
    """Somebody who was invited to a scene's organization, and what they do about it."""

    def __init__(self, scene: Scene, *rights: str) -> None:
        self.scene = scene
        self.user = scene.staff.user()
        self.me = asker(scene.world, self.user)
        self.member: Member = scene.staff.invitation(scene.organization, *rights, user=self.user)
        self.path = f"/organizations/member-ud/{self.member.id}/"
        self.role = f"/organizations/role-ud/{self.member.role}/"

    def accept(self) -> Answer:
        return self.me.post(f"/organizations/invitation-a/{self.member.id}/")

    def leave(self) -> Answer:
        return self.me.delete(self.path, {"organization": self.scene.organization.id})

    def close_account(self) -> Answer:
        return self.me.delete(f"/users/user/{self.user.id}/", {"old_password": PASSWORD})

    def sees_orders(self) -> bool:
        return self.me.get(f"/orders/order-l/{self.scene.organization.id}/").status == 200

    def memberships(self) -> list[Member]:
        return [member for member in members_in(self.scene.world) if member.user == self.user.id]


@pytest.fixture
def creator(scene: Scene) -> Asker:
    return asker(scene.world, scene.creator)


@pytest.fixture
def body(scene: Scene) -> dict[str, Any]:
    return {"organization": scene.organization.id}


def test_an_invitation_that_is_taken_back_while_it_is_accepted_leaves_no_member(
    scene: Scene, creator: Asker, body: dict[str, Any]
) -> None:
    for _ in range(TIMES):
        invited = Invited(scene, "order_view")

        accepted, deleted = together([invited.accept, partial(creator.delete, invited.path, body)])

        assert (accepted.status, deleted.status) in {(200, 204), (404, 204)}
        assert not invited.sees_orders()
        assert invited.memberships() == []
        assert_memberships_fit(scene.world)
        assert creator.delete(invited.role, body).status == 204


def test_a_role_is_not_deleted_while_the_invitation_to_it_is_accepted(
    scene: Scene, creator: Asker, body: dict[str, Any]
) -> None:
    for _ in range(TIMES):
        invited = Invited(scene, "order_view")

        accepted, deleted = together([invited.accept, partial(creator.delete, invited.role, body)])

        assert (accepted.status, deleted.status) == (200, 409)
        assert invited.sees_orders()
        assert_memberships_fit(scene.world)


def test_who_accepts_several_times_at_once_is_a_member_once(scene: Scene) -> None:
    answers = together([Invited(scene).accept] * 6)

    assert {(answer.status, answer.text) for answer in answers} == {(200, answers[0].text)}
    assert_memberships_fit(scene.world)


def test_who_accepts_several_memberships_at_once_has_all_of_them(scene: Scene) -> None:
    user = scene.staff.user()
    them = asker(scene.world, user)
    invitations = [scene.staff.invitation(scene.another().organization, user=user) for _ in range(4)]

    answers = together(
        [partial(them.post, f"/organizations/invitation-a/{each.id}/") for each in invitations]
    )

    assert [answer.status for answer in answers] == [200] * 4
    assert len(them.get("/organizations/organization-lc/").json) == 4
    assert_memberships_fit(scene.world)


def test_what_goes_to_somebody_else_while_it_is_accepted_is_an_invitation_again(
    scene: Scene, creator: Asker, body: dict[str, Any]
) -> None:
    for _ in range(TIMES):
        invited = Invited(scene)
        role, other = scene.staff.role(scene.organization, []), scene.staff.user()
        change = {**body, "role": role.id, "user": other.id}

        accepted, changed = together([invited.accept, partial(creator.put, invited.path, change)])

        assert (accepted.status, changed.status) in {(200, 200), (404, 200)}
        assert changed.json["accepted"] is False
        assert invited.memberships() == []
        assert_memberships_fit(scene.world)


def test_who_leaves_while_being_named_in_an_order_is_shown_by_names_only(
    scene: Scene, creator: Asker
) -> None:
    for _ in range(TIMES):
        invited = Invited(scene, "order_guru")
        number = invited.user.id
        invited.accept()

        left, named = together(
            [invited.leave, partial(creator.post, "/orders/order-c/", scene.draft(executor=number))]
        )

        assert (left.status, named.status) in {(204, 201), (204, 400)}
        listed = creator.get(f"/orders/order-l/{scene.organization.id}/?executor={number}").json
        assert len(listed) == (named.status == 201)
        assert {order["executor"]["email"] for order in listed} <= {None}
        assert invited.me.get("/users/user/executor/").json == []
        assert_memberships_fit(scene.world)


def test_who_leaves_while_being_removed_and_given_another_role_leaves_once(
    scene: Scene, creator: Asker, body: dict[str, Any]
) -> None:
    for _ in range(TIMES):
        invited = Invited(scene)
        invited.accept()
        change = {**body, "role": scene.staff.role(scene.organization, []).id}

        left, removed, changed = together(
            [
                invited.leave,
                partial(creator.delete, invited.path, body),
                partial(creator.patch, invited.path, change),
            ]
        )

        assert sorted([left.status, removed.status]) == [204, 403]
        assert changed.status in (200, 403)
        assert invited.memberships() == []
        assert_memberships_fit(scene.world)


def test_who_closes_the_account_while_accepting_is_no_member(scene: Scene, concurrent_engine: Engine) -> None:
    concurrent_engine.need_large_transactions()
    for _ in range(TIMES):
        invited = Invited(scene)

        accepted, closed = together([invited.accept, invited.close_account])

        assert (accepted.status, closed.status) in {(200, 204), (403, 204)}
        left = [member.accepted for member in invited.memberships()]
        assert left == ([] if accepted.status == 200 else [False])
        assert_memberships_fit(scene.world)


def test_roles_that_change_while_members_close_their_accounts_count_who_is_left(
    scene: Scene, creator: Asker, body: dict[str, Any], concurrent_engine: Engine
) -> None:
    concurrent_engine.need_large_transactions()
    people = [Invited(scene) for _ in range(4)]
    shared = scene.staff.role(scene.organization, [])
    for invited in people:
        invited.accept()
        creator.patch(invited.path, {**body, "role": shared.id})
    new = [{**body, "name": f"Role {number} of the race", "permissions": []} for number in range(4)]

    answers = together(
        [
            *(invited.close_account for invited in people),
            *(partial(creator.post, "/organizations/role-c/", role) for role in new),
        ]
    )

    assert [answer.status for answer in answers] == [204] * 4 + [201] * 4
    assert_memberships_fit(scene.world)
    assert creator.delete(f"/organizations/role-ud/{shared.id}/", body).status == 204


def test_the_last_room_in_an_organization_goes_to_one_of_those_who_are_invited_at_once(
    scene: Scene, creator: Asker, body: dict[str, Any]
) -> None:
    role, users = scene.staff.role(scene.organization, []).id, [scene.staff.user() for _ in range(4)]
    fill_organization(scene.world, scene.organization, room=1)
    invitations = [{**body, "user": user.id, "role": role} for user in users]

    answers = together([partial(creator.post, "/organizations/member-c/", each) for each in invitations])

    assert sorted(answer.status for answer in answers) == [201, 400, 400, 400]
    assert_memberships_fit(scene.world)


def test_the_last_membership_that_a_user_can_have_is_one_of_those_that_are_accepted_at_once(
    scene: Scene,
) -> None:
    user = scene.staff.user()
    them = asker(scene.world, user)
    invitations = [scene.staff.invitation(scene.another().organization, user=user) for _ in range(4)]
    fill_memberships(scene.world, user, room=1)

    answers = together(
        [partial(them.post, f"/organizations/invitation-a/{each.id}/") for each in invitations]
    )

    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    assert len(them.get("/organizations/organization-lc/").json) == 1
