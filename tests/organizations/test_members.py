"""`/organizations/member-…`: who is in, with which role."""

from typing import Any

import pytest

from chalicelib.accounts.model import User
from tests.support.asking import Asker, asker
from tests.support.companion_samples import membership
from tests.support.late_items import visible_late
from tests.support.scene import Scene

C, UD = "/organizations/member-c/", "/organizations/member-ud/{}/"
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})
MEMBER_ALREADY = (400, {"user": ["This user is already a member."]})
ALL = ("organization_member_guru",)


def _body(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, **fields}


def _role(scene: Scene, *permissions: str) -> int:
    return scene.staff.role(scene.organization, permissions).id


def test_a_confirmed_user_who_is_invited_is_a_member_once_the_user_accepts(scene: Scene) -> None:
    user, role, now = scene.staff.user(), _role(scene, "order_view"), scene.world.runtime.now()
    me, them, home = asker(scene.world, scene.creator), asker(scene.world, user), scene.organization.id
    assert them.get(f"/orders/order-l/{home}/").status == 403

    answer = me.post(C, _body(scene, user=str(user.id), role=role))

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("id", answer.json["id"]),
        ("user", user.id),
        ("role", role),
        ("organization", home),
        ("accepted", False),
        ("created_at", now),
        ("updated_at", now),
    ]
    assert me.get(f"/organizations/member-r/{answer.json['id']}/{home}/").json == answer.json
    assert answer.json in me.get(f"/organizations/member-l/{home}/").json
    assert them.get(f"/orders/order-l/{home}/").status == 403
    assert them.post(f"/organizations/invitation-a/{answer.json['id']}/").status == 200
    assert them.get(f"/orders/order-l/{home}/").status == 200


def test_fields_name_what_exists(scene: Scene) -> None:
    me, other = asker(scene.world, scene.creator), scene.another()
    unconfirmed = scene.staff.user(confirmed=False)
    foreign = _role(other)

    answers = [
        me.post(C, _body(scene)),
        me.post(C, _body(scene, user=10**9, role=foreign)),
        me.post(C, _body(scene, user=unconfirmed.id, role="x")),
    ]

    required, unknown = "This field is required.", 'Invalid pk "{}" - object does not exist.'
    assert [(answer.status, list(answer.json.items())) for answer in answers] == [
        (400, [("user", [required]), ("role", [required])]),
        (400, [("user", [unknown.format(10**9)]), ("role", [unknown.format(foreign)])]),
        (
            400,
            [
                ("user", [unknown.format(unconfirmed.id)]),
                ("role", ["Incorrect type. Expected pk value, received str."]),
            ],
        ),
    ]


def test_a_user_is_a_member_once(scene: Scene) -> None:
    me, role, first, second = (
        asker(scene.world, scene.creator),
        _role(scene),
        membership(scene),
        membership(scene),
    )
    before = scene.world.items()

    again = me.post(C, _body(scene, user=first.user, role=role))
    creator = me.post(C, _body(scene, user=scene.creator.id, role=role))
    moved = me.patch(UD.format(second.id), _body(scene, user=first.user))

    for answer in (again, creator, moved):
        assert (answer.status, answer.json) == MEMBER_ALREADY
    after = scene.world.items()
    assert {key for key in after if after[key] != before.get(key)} <= {("SEQUENCE#member", "SEQUENCE")}


@pytest.mark.parametrize("how", ["create", "PUT", "PATCH"])
def test_nobody_gives_a_role_with_a_right_that_they_do_not_hold(scene: Scene, how: str) -> None:
    me = asker(scene.world, scene.member(*ALL, "order_view"))
    role, member, user = _role(scene, "order_view", "order_delete"), membership(scene), scene.staff.user()
    before = scene.world.items()

    answer = {
        "create": lambda: me.post(C, _body(scene, user=user.id, role=role)),
        "PUT": lambda: me.put(UD.format(member.id), _body(scene, user=member.user, role=role)),
        "PATCH": lambda: me.patch(UD.format(member.id), _body(scene, role=role)),
    }[how]()

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before


def test_nobody_hands_a_stronger_role_on_with_a_membership(scene: Scene) -> None:
    me = asker(scene.world, scene.member(*ALL))
    strong = scene.member("organization_creator")
    (member,) = [
        entry["id"]
        for entry in me.get(f"/organizations/member-l/{scene.organization.id}/").json
        if entry["user"] == strong.id
    ]

    answer = me.patch(UD.format(member), _body(scene, user=scene.staff.user().id))

    assert (answer.status, answer.json) == FORBIDDEN


@pytest.mark.parametrize("right", ["order_delete", "order_guru", "organization_creator"])
@pytest.mark.parametrize("how", ["another role", "PUT", "DELETE"])
def test_nobody_takes_a_right_from_a_member_that_they_do_not_hold(scene: Scene, right: str, how: str) -> None:
    me = asker(scene.world, scene.member(*ALL, "order_view"))
    superior, weaker = _own(scene, scene.member("order_view", right)), _role(scene, "order_view")
    path, before = UD.format(superior["id"]), scene.world.items()

    answer = {
        "another role": lambda: me.patch(path, _body(scene, role=weaker)),
        "PUT": lambda: me.put(path, _body(scene, user=superior["user"], role=weaker)),
        "DELETE": lambda: me.delete(path, _body(scene)),
    }[how]()

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before


def test_an_equal_takes_rights_from_a_member(scene: Scene) -> None:
    me = asker(scene.world, scene.member(*ALL, "order_guru"))
    changed, removed = (_own(scene, scene.member("order_view", "order_delete")) for _ in range(2))

    answers = [
        me.patch(UD.format(changed["id"]), _body(scene, role=_role(scene))),
        me.delete(UD.format(removed["id"]), _body(scene)),
    ]

    assert [answer.status for answer in answers] == [200, 204]


def test_nobody_changes_their_own_role(scene: Scene) -> None:
    user = scene.member("organization_member_guru", "order_view")
    me, weaker = asker(scene.world, user), _role(scene)
    own = _own(scene, user)

    answer = me.patch(UD.format(own["id"]), _body(scene, role=weaker))
    same = me.put(UD.format(own["id"]), _body(scene, user=user.id, role=own["role"]))

    assert (answer.status, answer.json) == FORBIDDEN
    assert (same.status, same.json) == (200, own)


def _own(scene: Scene, user: User) -> dict[str, Any]:
    listed = asker(scene.world, scene.creator).get(f"/organizations/member-l/{scene.organization.id}/").json
    (own,) = [entry for entry in listed if entry["user"] == user.id]
    return dict(own)


def test_another_role_counts_from_the_next_request_on(scene: Scene) -> None:
    member, home = membership(scene), scene.organization.id
    me, them = asker(scene.world, scene.creator), scene.world.token(member.user)
    before, role = member.role, _role(scene, "order_view")
    scene.world.clock.advance(seconds=1)

    changed = me.patch(UD.format(member.id), _body(scene, role=role)).json

    assert (changed["role"], changed["user"], changed["updated_at"]) == (
        role,
        member.user,
        scene.world.runtime.now(),
    )
    assert scene.world.call("GET", f"/orders/order-l/{home}/", token=them).status == 200
    assert me.delete(f"/organizations/role-ud/{before}/", _body(scene)).status == 204
    assert me.delete(f"/organizations/role-ud/{role}/", _body(scene)).status == 409


def test_a_membership_can_go_to_another_user_who_has_to_accept_it(scene: Scene) -> None:
    member, user, home = membership(scene), scene.staff.user(), scene.organization.id
    me, them = asker(scene.world, scene.creator), asker(scene.world, user)

    changed = me.put(UD.format(member.id), _body(scene, user=user.id, role=member.role)).json

    assert (changed["id"], changed["user"], changed["accepted"]) == (member.id, user.id, False)
    assert me.get(f"/organizations/member-r/{member.id}/{home}/").json == changed
    rud = f"/organizations/organization-rud/{home}/"
    assert them.get(rud).status == 403
    assert them.post(f"/organizations/invitation-a/{member.id}/").status == 200
    assert them.get(rud).status == 200
    assert scene.world.call("GET", rud, token=scene.world.token(member.user)).status == 403


def test_a_deleted_member_is_out_at_once(scene: Scene) -> None:
    member, home = membership(scene), scene.organization.id
    me, them = asker(scene.world, scene.creator), scene.world.token(member.user)

    deleted = me.delete(UD.format(member.id), _body(scene))

    assert (deleted.status, deleted.text) == (204, "")
    rud = f"/organizations/organization-rud/{home}/"
    assert scene.world.call("GET", rud, token=them).status == 403
    assert me.get(f"/organizations/member-r/{member.id}/{home}/").status == 404
    again = me.delete(UD.format(member.id), _body(scene))
    assert (again.status, again.json) == FORBIDDEN
    assert me.post(C, _body(scene, user=member.user, role=member.role)).status == 201


def test_a_long_list_is_paged_in_the_order_of_users(scene: Scene) -> None:
    expected = sorted([scene.executor.id, *(membership(scene).user for _ in range(4))])
    me = asker(scene.world, scene.creator)

    seen, target = [], f"/organizations/member-l/{scene.organization.id}/?limit=2"
    while target:
        page = me.get(target)
        seen += [entry["user"] for entry in page.json]
        target = page.headers.get("link", "").partition(">")[0].removeprefix("<")

    assert seen == expected


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("named", ["mine", "theirs", "none"])
def test_a_member_of_another_organization_is_out_of_reach(scene: Scene, method: str, named: str) -> None:
    other = scene.another()
    member, me = membership(other), asker(scene.world, scene.creator)
    organization = {"mine": scene.organization.id, "theirs": other.organization.id, "none": None}[named]
    body = {"organization": organization, "user": member.user, "role": member.role}
    before = scene.world.items()

    answer = scene.world.call(method, UD.format(member.id), body, token=me.token)

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before
    assert me.get(f"/organizations/member-r/{member.id}/{scene.organization.id}/").status == 404


@pytest.mark.parametrize("late", ["/MEMBERID#", "/MEMBER#"])
def test_a_membership_that_goes_to_another_user_meanwhile_is_shown(scene: Scene, late: str) -> None:
    member, user, me = membership(scene), scene.staff.user(), asker(scene.world, scene.creator)
    body = _body(scene, user=user.id)

    with visible_late(scene.world, lambda: me.patch(UD.format(member.id), body), late):
        answer = me.get(f"/organizations/member-r/{member.id}/{scene.organization.id}/")

    assert (answer.status, answer.json["user"]) == (200, user.id)


def test_a_membership_whose_role_is_deleted_meanwhile_gets_another_all_the_same(scene: Scene) -> None:
    member, me = membership(scene), asker(scene.world, scene.creator)
    one, other = _role(scene), _role(scene)

    def replace_the_role() -> None:
        assert me.patch(UD.format(member.id), _body(scene, role=one)).status == 200
        assert me.delete(f"/organizations/role-ud/{member.role}/", _body(scene)).status == 204

    with visible_late(scene.world, replace_the_role, "/MEMBER#"):
        answer = me.patch(UD.format(member.id), _body(scene, role=other))

    assert (answer.status, answer.json["role"]) == (200, other)


def test_who_is_invited_again_meanwhile_does_not_accept_the_first_invitation(scene: Scene) -> None:
    first, me = scene.staff.invitation(scene.organization), asker(scene.world, scene.creator)
    them = Asker(scene.world, scene.world.token(first.user))

    def invite_again() -> None:
        assert me.delete(UD.format(first.id), _body(scene)).status == 204
        assert me.post(C, _body(scene, user=first.user, role=first.role)).status == 201

    with visible_late(scene.world, invite_again, "/INVITATION#", "/MEMBER#"):
        answer = them.post(f"/organizations/invitation-a/{first.id}/")

    assert answer.status == 404
    (shown,) = them.get("/organizations/invitation-l/").json
    assert them.post(f"/organizations/invitation-a/{shown['id']}/").status == 200
