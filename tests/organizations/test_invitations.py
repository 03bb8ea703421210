"""`/organizations/invitation-…`: nobody belongs to an organization without having agreed."""

from typing import Any

import pytest

from tests.support.asking import Asker, asker
from tests.support.late_items import visible_late
from tests.support.links import pages
from tests.support.scene import Scene

L, A, UD = "/organizations/invitation-l/", "/organizations/invitation-a/{}/", "/organizations/member-ud/{}/"
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})
NOT_FOUND = (404, {"detail": "Not found."})


def _body(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, **fields}


def _ids(who: Asker) -> list[int]:
    return [entry["id"] for entry in who.get(L).json]


def test_who_is_invited_sees_by_whom_and_to_which_role(scene: Scene) -> None:
    user = scene.staff.user()
    me, them, role = asker(scene.world, scene.creator), asker(scene.world, user), scene.staff.role
    offered = role(scene.organization, ["order_view"])

    member = me.post("/organizations/member-c/", _body(scene, user=user.id, role=offered.id)).json

    home = scene.organization
    assert them.get(L).json == [
        {
            "id": member["id"],
            "organization": {"id": home.id, "name": home.name},
            "role": {"id": offered.id, "name": offered.name},
            "created_at": member["created_at"],
        }
    ]
    assert _ids(me) == []


def test_who_accepts_is_a_member_at_once_and_accepts_again_to_no_effect(scene: Scene) -> None:
    user = scene.staff.user()
    invitation = scene.staff.invitation(scene.organization, "order_view", user=user)
    them, home = asker(scene.world, user), scene.organization.id
    scene.world.clock.advance(seconds=1)

    accepted = them.post(A.format(invitation.id))

    assert accepted.status == 200
    assert list(accepted.json.items()) == [
        ("id", invitation.id),
        ("user", user.id),
        ("role", invitation.role),
        ("organization", home),
        ("accepted", True),
        ("created_at", invitation.created_at),
        ("updated_at", scene.world.runtime.now()),
    ]
    assert them.get(f"/orders/order-l/{home}/").status == 200
    assert [entry["id"] for entry in them.get("/organizations/organization-lc/").json] == [home]
    assert _ids(them) == []
    before = scene.world.items()
    scene.world.clock.advance(seconds=1)
    assert them.post(A.format(invitation.id)) == accepted
    assert scene.world.items() == before


@pytest.mark.parametrize("late", ["/MEMBERSHIPS", "/INVITATION#", "/MEMBER#"])
def test_what_is_accepted_between_two_reads_of_one_call_is_accepted(scene: Scene, late: str) -> None:
    user = scene.staff.user()
    path = A.format(scene.staff.invitation(scene.organization, "order_view", user=user).id)
    them = asker(scene.world, user)

    with visible_late(scene.world, lambda: them.post(path), late):
        answer = them.post(path)

    assert (answer.status, answer.json["accepted"]) == (200, True)


def test_who_has_not_accepted_has_no_right_and_is_on_no_list(scene: Scene) -> None:
    invitation = scene.staff.invitation(scene.organization, "organization_creator")
    home = scene.organization.id
    them = Asker(scene.world, scene.world.token(invitation.user))

    for path in (
        f"/organizations/organization-rud/{home}/",
        f"/organizations/member-l/{home}/",
        f"/organizations/role-l/{home}/",
        f"/organizations/perm-l/{home}/",
        f"/organizations/service-l/{home}/",
        f"/clients/client-l/{home}/",
        f"/orders/order-l/{home}/",
        f"/orders/order-r/{scene.order().id}/",
    ):
        answer = them.get(path)
        assert (path, answer.status, answer.json) == (path, *FORBIDDEN)
    assert them.get("/organizations/organization-lc/").json == []


@pytest.mark.parametrize("whose", ["another's", "nobody's", "no id", "of a closed organization", "declined"])
def test_an_invitation_that_is_not_mine_to_accept_is_not_found(scene: Scene, whose: str) -> None:
    other = scene.another()
    user = scene.staff.user()
    them = asker(scene.world, user)
    mine = scene.staff.invitation(other.organization, user=user)
    path = {"another's": scene.staff.invitation(scene.organization).id, "nobody's": 10**9, "no id": "x"}.get(
        whose, mine.id
    )
    if whose == "of a closed organization":
        other.close()
    if whose == "declined":
        them.delete(UD.format(mine.id), {"organization": other.organization.id})
    before = scene.world.items()

    answer = them.post(A.format(path))

    assert (answer.status, answer.json) == NOT_FOUND
    assert scene.world.items() == before


def test_the_organization_itself_can_not_accept_for_a_user(scene: Scene) -> None:
    invitation, me = scene.staff.invitation(scene.organization), asker(scene.world, scene.creator)

    answer = me.post(A.format(invitation.id))

    assert (answer.status, answer.json) == NOT_FOUND
    member = me.patch(UD.format(invitation.id), _body(scene, role=invitation.role, accepted=True)).json
    assert member["accepted"] is False


def test_an_invitation_of_a_closed_organization_is_not_listed(scene: Scene) -> None:
    user, other = scene.staff.user(), scene.another()
    here, there = (scene.staff.invitation(each.organization, user=user) for each in (scene, other))
    them = asker(scene.world, user)
    assert set(_ids(them)) == {here.id, there.id}

    other.close()

    assert _ids(them) == [here.id]


def test_who_declines_is_no_member_and_can_be_invited_again(scene: Scene) -> None:
    user = scene.staff.user()
    invitation, them = scene.staff.invitation(scene.organization, user=user), asker(scene.world, user)
    me, role = asker(scene.world, scene.creator), f"/organizations/role-ud/{invitation.role}/"
    assert me.delete(role, _body(scene)).status == 409

    declined = them.delete(UD.format(invitation.id), _body(scene))

    assert (declined.status, declined.text) == (204, "")
    assert _ids(them) == []
    shown = me.get(f"/organizations/member-r/{invitation.id}/{scene.organization.id}/")
    assert shown.status == 404
    invited = me.post("/organizations/member-c/", _body(scene, user=user.id, role=invitation.role))
    assert (invited.status, _ids(them)) == (201, [invited.json["id"]])
    assert me.delete(UD.format(invited.json["id"]), _body(scene)).status == 204
    assert me.delete(role, _body(scene)).status == 204
    assert _ids(them) == []
    assert not [key for key in scene.world.items() if key[0] == f"MEMBERSHIPS#{user.id}"]


def test_a_role_that_is_offered_is_in_use_before_and_after_it_is_accepted(scene: Scene) -> None:
    invitation, me = scene.staff.invitation(scene.organization), asker(scene.world, scene.creator)
    role = f"/organizations/role-ud/{invitation.role}/"
    before = me.delete(role, _body(scene)).status

    them = Asker(scene.world, scene.world.token(invitation.user))
    assert them.post(A.format(invitation.id)).status == 200

    assert (before, me.delete(role, _body(scene)).status) == (409, 409)
    assert me.delete(UD.format(invitation.id), _body(scene)).status == 204
    assert me.delete(role, _body(scene)).status == 204


def test_what_is_accepted_is_what_is_offered_at_the_time(scene: Scene) -> None:
    invitation, home = scene.staff.invitation(scene.organization), scene.organization.id
    me = asker(scene.world, scene.creator)
    them = Asker(scene.world, scene.world.token(invitation.user))
    better = scene.staff.role(scene.organization, ["order_view"])

    assert me.patch(UD.format(invitation.id), _body(scene, role=better.id)).json["accepted"] is False

    (shown,) = them.get(L).json
    assert shown["role"] == {"id": better.id, "name": better.name}
    assert them.post(A.format(invitation.id)).json["role"] == better.id
    assert them.get(f"/orders/order-l/{home}/").status == 200


def test_an_invitation_that_goes_to_another_user_is_gone_for_the_first(scene: Scene) -> None:
    invitation, user = scene.staff.invitation(scene.organization), scene.staff.user()
    first = Asker(scene.world, scene.world.token(invitation.user))
    second = asker(scene.world, user)

    asker(scene.world, scene.creator).patch(UD.format(invitation.id), _body(scene, user=user.id))

    assert (_ids(first), _ids(second)) == ([], [invitation.id])
    assert first.post(A.format(invitation.id)).status == 404
    assert second.post(A.format(invitation.id)).status == 200


def test_who_is_not_confirmed_sees_invitations_and_declines_but_does_not_accept(scene: Scene) -> None:
    user = scene.staff.user(confirmed=False)
    invitation, them = scene.staff.invitation(scene.organization, user=user), asker(scene.world, user)

    answer = them.post(A.format(invitation.id))

    assert (answer.status, answer.json) == FORBIDDEN
    assert _ids(them) == [invitation.id]
    assert them.delete(UD.format(invitation.id), _body(scene)).status == 204


def test_a_long_list_is_paged_newest_first(scene: Scene) -> None:
    user = scene.staff.user()
    made = []
    for _ in range(5):
        scene.world.clock.advance(seconds=1)
        made.append(scene.staff.invitation(scene.another().organization, user=user).id)
    token = scene.world.token(user.id)

    found = [[entry["id"] for entry in page.json] for page in pages(scene.world, f"{L}?limit=2", token)]

    assert found == [made[4:2:-1], made[2:0:-1], made[:1]]
