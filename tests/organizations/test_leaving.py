"""Everybody may leave an organization, and who closes the account has left all of them."""

from typing import Any

import pytest

from chalicelib.accounts.model import User
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.table import keys
from chalicelib.table.preloaded import read
from tests.engines.faults import FOREVER, ErrorBefore, inject
from tests.support.asking import Asker, asker
from tests.support.late_items import visible_late
from tests.support.memberships import assert_memberships_fit, members_in
from tests.support.scene import Scene
from tests.support.staff import PASSWORD

UD = "/organizations/member-ud/{}/"
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})
OLD = {"old_password": PASSWORD}


def _body(scene: Scene) -> dict[str, Any]:
    return {"organization": scene.organization.id}


def _membership(scene: Scene, user: User) -> Member:
    key = keys.member(scene.organization.id, user.id)
    return read([key], scene.world.runtime).require(MEMBER, key)


def _is_listed(scene: Scene, user: User) -> bool:
    listed = asker(scene.world, scene.creator).get(f"/organizations/member-l/{scene.organization.id}/").json
    return user.id in [entry["user"] for entry in listed]


@pytest.mark.parametrize("right", [None, "order_guru", "organization_creator"])
def test_a_member_leaves_without_any_right_and_has_none_from_then_on(scene: Scene, right: str | None) -> None:
    user = scene.member(*filter(None, [right]))
    member, home, them = _membership(scene, user), scene.organization.id, asker(scene.world, user)
    assert them.get(f"/organizations/organization-rud/{home}/").status == 200

    left = them.delete(UD.format(member.id), _body(scene))

    assert (left.status, left.text) == (204, "")
    assert them.get(f"/organizations/organization-rud/{home}/").status == 403
    assert them.get("/organizations/organization-lc/").json == []
    assert not _is_listed(scene, user)
    again = them.delete(UD.format(member.id), _body(scene))
    assert (again.status, again.json) == FORBIDDEN
    me = asker(scene.world, scene.creator)
    assert me.delete(f"/organizations/role-ud/{member.role}/", _body(scene)).status == 204


def test_who_is_not_confirmed_any_more_can_leave(scene: Scene) -> None:
    user = scene.member(user=scene.staff.user(confirmed=False))

    left = asker(scene.world, user).delete(UD.format(_membership(scene, user).id), _body(scene))

    assert left.status == 204


@pytest.mark.parametrize("named", [None, 10**9, "x", "another"])
def test_leaving_names_the_organization_as_other_writes_do(scene: Scene, named: Any) -> None:
    user = scene.member()
    organization = scene.another().organization.id if named == "another" else named
    member, them, before = _membership(scene, user), asker(scene.world, user), scene.world.items()

    answer = them.delete(UD.format(member.id), {"organization": organization})

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before


def test_a_member_without_the_right_ends_nobody_elses_membership(scene: Scene) -> None:
    them, invited = asker(scene.world, scene.member()), scene.staff.invitation(scene.organization)
    others = (_membership(scene, scene.member()).id, invited.id)
    before = scene.world.items()

    answers = [them.delete(UD.format(number), _body(scene)) for number in (*others, 10**9)]

    assert [(answer.status, answer.json) for answer in answers] == [FORBIDDEN] * 3
    assert scene.world.items() == before


def test_who_is_not_confirmed_ends_nobody_elses_membership_in_spite_of_the_right(scene: Scene) -> None:
    user = scene.member("organization_member_delete", user=scene.staff.user(confirmed=False))
    other = _membership(scene, scene.member())

    answer = asker(scene.world, user).delete(UD.format(other.id), _body(scene))

    assert (answer.status, answer.json) == FORBIDDEN


def test_who_was_invited_with_the_right_does_not_have_it_yet(scene: Scene) -> None:
    user, other = scene.staff.user(), _membership(scene, scene.member())
    scene.staff.invitation(scene.organization, "organization_member_guru", user=user)

    answer = asker(scene.world, user).delete(UD.format(other.id), _body(scene))

    assert (answer.status, answer.json) == FORBIDDEN


def test_who_left_can_come_back(scene: Scene) -> None:
    user = scene.member("order_view")
    member, them, me = _membership(scene, user), asker(scene.world, user), asker(scene.world, scene.creator)
    them.delete(UD.format(member.id), _body(scene))

    invited = me.post("/organizations/member-c/", {**_body(scene), "user": user.id, "role": member.role})
    them.post(f"/organizations/invitation-a/{invited.json['id']}/")

    assert invited.status == 201
    assert them.get(f"/orders/order-l/{scene.organization.id}/").status == 200


def test_with_an_account_its_memberships_end_and_the_roles_are_free(scene: Scene) -> None:
    scene.world.engine.need_large_transactions()
    other, user = scene.another(), scene.staff.user()
    scenes = (scene, other)
    members = [_membership(each, each.member(user=user)) for each in scenes]
    sharing = asker(scene.world, scene.creator)
    body = {**_body(scene), "user": scene.staff.user().id, "role": members[0].role}
    shared = sharing.post("/organizations/member-c/", body).json["id"]

    assert asker(scene.world, user).delete(f"/users/user/{user.id}/", OLD).status == 204

    assert not any(_is_listed(each, user) for each in scenes)
    assert not [item for item in scene.world.items() if item[1].endswith(f"MEMBER#{user.id:019d}")]
    role = "/organizations/role-ud/{}/"
    assert sharing.delete(role.format(members[0].role), _body(scene)).status == 409
    assert sharing.delete(UD.format(shared), _body(scene)).status == 204
    assert sharing.delete(role.format(members[0].role), _body(scene)).status == 204
    them = asker(scene.world, other.creator)
    assert them.delete(role.format(members[1].role), _body(other)).status == 204


def test_with_an_account_the_role_is_free_that_a_member_was_given_last(scene: Scene) -> None:
    scene.world.engine.need_large_transactions()
    user, role = scene.member(), scene.staff.role(scene.organization, [])
    member, me = _membership(scene, user), asker(scene.world, scene.creator)
    assert me.patch(UD.format(member.id), {**_body(scene), "role": role.id}).status == 200

    asker(scene.world, user).delete(f"/users/user/{user.id}/", OLD)

    assert_memberships_fit(scene.world)
    for number in (role.id, member.role):
        assert me.delete(f"/organizations/role-ud/{number}/", _body(scene)).status == 204


@pytest.fixture
def joiner(scene: Scene) -> User:
    """A member of more organizations than end in one transaction."""
    scene.world.engine.need_large_transactions()
    user = scene.staff.user()
    for _ in range(52):
        scene.staff.member(scene.staff.organization(scene.creator), user=user)
    return user


def _kept(scene: Scene, user: User) -> int:
    return len([member for member in members_in(scene.world) if member.user == user.id])


def test_all_memberships_end_with_the_account_however_many_there_are(scene: Scene, joiner: User) -> None:
    assert asker(scene.world, joiner).delete(f"/users/user/{joiner.id}/", OLD).status == 204

    assert _kept(scene, joiner) == 0
    assert_memberships_fit(scene.world)


def test_what_can_not_be_ended_right_after_the_account_still_fits_and_can_be_deleted(
    scene: Scene, joiner: User
) -> None:
    them, me = asker(scene.world, joiner), asker(scene.world, scene.creator)
    with inject(scene.world.events, ErrorBefore("TransactWriteItems", nth=2, times=FOREVER)):
        assert them.delete(f"/users/user/{joiner.id}/", OLD).status == 204

    assert _kept(scene, joiner) == 37
    assert_memberships_fit(scene.world)
    left = [member for member in members_in(scene.world) if member.user == joiner.id]
    for member in left[:2]:
        body = {"organization": member.organization}
        assert me.delete(UD.format(member.id), body).status == 204
    assert_memberships_fit(scene.world)


def test_a_wrong_password_ends_no_membership(scene: Scene) -> None:
    user = scene.member("order_view")
    them = asker(scene.world, user)

    assert them.delete(f"/users/user/{user.id}/", {"old_password": "wrong"}).status == 400

    assert them.get(f"/orders/order-l/{scene.organization.id}/").status == 200
    assert _is_listed(scene, user)


def test_a_membership_that_ends_with_the_account_is_not_taken_off_the_role_again(scene: Scene) -> None:
    scene.world.engine.need_large_transactions()
    user, me = scene.member(), asker(scene.world, scene.creator)
    member, them = _membership(scene, user), asker(scene.world, user)

    def close() -> None:
        assert them.delete(f"/users/user/{user.id}/", OLD).status == 204

    with visible_late(scene.world, close, "/MEMBER#", "/MEMBERID#"):
        removed = me.delete(UD.format(member.id), _body(scene))

    assert (removed.status, removed.json) == FORBIDDEN
    assert_memberships_fit(scene.world)


def test_who_has_closed_the_account_accepts_nothing_however_early_it_was_read(scene: Scene) -> None:
    invitation = scene.staff.invitation(scene.organization)
    session, other = (Asker(scene.world, scene.world.token(invitation.user)) for _ in range(2))

    def close() -> None:
        assert other.delete(f"/users/user/{invitation.user}/", OLD).status == 204

    with visible_late(scene.world, close, "SESSIONS#", "/USER"):
        answer = session.post(f"/organizations/invitation-a/{invitation.id}/")

    assert (answer.status, answer.json) == FORBIDDEN
    assert_memberships_fit(scene.world)
