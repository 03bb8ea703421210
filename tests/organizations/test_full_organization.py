"""The most members that an organization can have, and the most memberships that a user can have."""

from typing import Any

import pytest

from tests.support.asking import asker
from tests.support.companion_samples import membership
from tests.support.memberships import fill_memberships, fill_organization
from tests.support.scene import Scene
from tests.support.staff import PASSWORD

C, UD, A = "/organizations/member-c/", "/organizations/member-ud/{}/", "/organizations/invitation-a/{}/"
FULL = (
    400,
    {
        "non_field_errors": [
            "An organization can have at most 5000 members, invited and former ones included."
        ]
    },
)
ENOUGH = (409, {"detail": "A user can have at most 1000 memberships."})


def _body(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, **fields}


def _invite(scene: Scene, user: int) -> tuple[int, Any]:
    role = scene.staff.role(scene.organization, []).id
    answer = asker(scene.world, scene.creator).post(C, _body(scene, user=user, role=role))
    return answer.status, answer.json


@pytest.mark.parametrize("how", ["create", "PUT", "PATCH"])
def test_nobody_else_is_invited_to_a_full_organization(scene: Scene, how: str) -> None:
    member, user, role = membership(scene), scene.staff.user().id, scene.staff.role(scene.organization, []).id
    fill_organization(scene.world, scene.organization)
    me, before = asker(scene.world, scene.creator), scene.world.items()

    answer = {
        "create": lambda: me.post(C, _body(scene, user=user, role=role)),
        "PUT": lambda: me.put(UD.format(member.id), _body(scene, user=user, role=role)),
        "PATCH": lambda: me.patch(UD.format(member.id), _body(scene, user=user)),
    }[how]()

    assert (answer.status, answer.json) == FULL
    assert scene.world.items() == before


def test_the_last_room_goes_to_the_next_and_is_free_again_once_that_one_declines(scene: Scene) -> None:
    fill_organization(scene.world, scene.organization, room=1)
    first, second = scene.staff.user(), scene.staff.user()

    status, invited = _invite(scene, first.id)

    assert status == 201
    assert _invite(scene, second.id) == FULL
    assert asker(scene.world, first).delete(UD.format(invited["id"]), _body(scene)).status == 204
    assert _invite(scene, second.id)[0] == 201


def test_who_leaves_a_full_organization_leaves_no_room_and_can_come_back(scene: Scene) -> None:
    member, user = membership(scene), scene.staff.user()
    fill_organization(scene.world, scene.organization)
    me, them = asker(scene.world, scene.creator), scene.world.token(member.user)

    assert me.delete(UD.format(member.id), _body(scene)).status == 204

    assert _invite(scene, user.id) == FULL
    status, invited = _invite(scene, member.user)
    assert status == 201
    assert scene.world.call("POST", A.format(invited["id"]), token=them).status == 200
    assert _invite(scene, user.id) == FULL


def test_who_closes_the_account_leaves_room(scene: Scene) -> None:
    scene.world.engine.need_large_transactions()
    user = scene.member()
    fill_organization(scene.world, scene.organization)

    closed = asker(scene.world, user).delete(f"/users/user/{user.id}/", {"old_password": PASSWORD})

    assert closed.status == 204
    assert _invite(scene, scene.staff.user().id)[0] == 201
    assert _invite(scene, scene.staff.user().id) == FULL


def test_in_a_full_organization_an_open_invitation_goes_to_another_user_and_a_member_to_another_role(
    scene: Scene,
) -> None:
    member, invitation = membership(scene), scene.staff.invitation(scene.organization)
    role = scene.staff.role(scene.organization, []).id
    fill_organization(scene.world, scene.organization)
    me = asker(scene.world, scene.creator)

    answers = [
        me.patch(UD.format(invitation.id), _body(scene, user=scene.staff.user().id)),
        me.patch(UD.format(member.id), _body(scene, role=role)),
        me.put(UD.format(member.id), _body(scene, user=member.user, role=member.role)),
    ]

    assert [answer.status for answer in answers] == [200, 200, 200]


def test_who_has_the_most_memberships_accepts_no_other(scene: Scene) -> None:
    user = scene.member()
    invitation = scene.staff.invitation(scene.another().organization, user=user)
    fill_memberships(scene.world, user)
    them = asker(scene.world, user)
    before = scene.world.items()

    answer = them.post(A.format(invitation.id))

    assert (answer.status, answer.json) == ENOUGH
    assert scene.world.items() == before
    assert [entry["id"] for entry in them.get("/organizations/invitation-l/").json] == [invitation.id]


def test_the_last_of_the_most_memberships_is_accepted_and_accepted_again_to_no_effect(scene: Scene) -> None:
    user = scene.staff.user()
    first, second = (
        scene.staff.invitation(each.organization, user=user) for each in (scene, scene.another())
    )
    fill_memberships(scene.world, user, room=1)
    them = asker(scene.world, user)

    answers = [them.post(A.format(invitation.id)) for invitation in (first, first, second)]

    assert [answer.status for answer in answers] == [200, 200, 409]
    assert them.delete(UD.format(first.id), _body(scene)).status == 204
    assert them.post(A.format(second.id)).status == 200
