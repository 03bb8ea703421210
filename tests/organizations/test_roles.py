"""`/organizations/role-…`: nobody grants more than they hold."""

from typing import Any

import pytest

from chalicelib.auth.rights import ID_OF, ORGANIZATION_CREATOR
from tests.support.asking import asker
from tests.support.scene import Scene

C, UD = "/organizations/role-c/", "/organizations/role-ud/{}/"
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})


def _ids(*codenames: str) -> list[int]:
    return [ID_OF[codename] for codename in codenames]


def _body(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, "name": "Role", "permissions": [], **fields}


def test_creates_shows_and_lists_roles(scene: Scene) -> None:
    me, home, now = asker(scene.world, scene.creator), scene.organization.id, scene.world.runtime.now()
    permissions = _ids("order_view", "client_guru")

    answer = me.post(C, _body(scene, permissions=[*map(str, permissions), permissions[0]]))

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("id", answer.json["id"]),
        ("name", "Role"),
        ("permissions", permissions),
        ("organization", home),
        ("created_at", now),
        ("updated_at", now),
    ]
    assert me.get(f"/organizations/role-r/{answer.json['id']}/{home}/").json == answer.json
    assert answer.json in me.get(f"/organizations/role-l/{home}/").json


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ({"permissions": "1"}, {"permissions": ['Expected a list of items but got type "str".']}),
        ({"permissions": None}, {"permissions": ["This field may not be null."]}),
        ({"permissions": [1, None]}, {"permissions": ["This field may not be null."]}),
        ({"permissions": [1, 99]}, {"permissions": ['Invalid pk "99" - object does not exist.']}),
        ({"permissions": [True]}, {"permissions": ["Incorrect type. Expected pk value, received bool."]}),
        ({"permissions": [1.5]}, {"permissions": ["Incorrect type. Expected pk value, received float."]}),
        ({"permissions": ["x"]}, {"permissions": ["Incorrect type. Expected pk value, received str."]}),
        ({"permissions": [[1]], "name": ""}, {
            "name": ["This field may not be blank."],
            "permissions": ["Incorrect type. Expected pk value, received list."],
        }),
    ],
)  # fmt: skip
def test_wrong_fields_are_named_in_order(scene: Scene, fields: Any, messages: Any) -> None:
    answer = asker(scene.world, scene.creator).post(C, _body(scene, **fields))

    assert (answer.status, list(answer.json.items())) == (400, list(messages.items()))


def test_a_put_names_every_field_that_it_lacks(scene: Scene) -> None:
    role = scene.staff.role(scene.organization, ["order_view"])

    answer = asker(scene.world, scene.creator).put(
        UD.format(role.id), {"organization": scene.organization.id}
    )

    required = ["This field is required."]
    assert (answer.status, answer.json) == (400, {"name": required, "permissions": required})


def test_a_name_is_taken_once_in_an_organization(scene: Scene) -> None:
    me, other = asker(scene.world, scene.creator), scene.another()
    first = me.post(C, _body(scene)).json["id"]
    second = me.post(C, _body(scene, name="Second")).json["id"]
    taken = (400, {"name": ["role with this name already exists."]})

    again, renamed = me.post(C, _body(scene)), me.patch(UD.format(second), {**_body(scene), "name": "Role"})

    assert (again.status, again.json) == taken
    assert (renamed.status, renamed.json) == taken
    assert me.put(UD.format(first), _body(scene, permissions=[1])).status == 200
    assert asker(scene.world, other.creator).post(C, _body(other)).status == 201


def test_there_are_at_most_a_hundred_roles(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    have = len(me.get(f"/organizations/role-l/{scene.organization.id}/").json)
    for number in range(100 - have):
        body = _body(scene, name=f"Руководитель отдела {number}", permissions=list(ID_OF.values())[:10])
        assert me.post(C, body).status == 201

    answer = me.post(C, _body(scene))

    assert (answer.status, answer.json) == (
        400,
        {"non_field_errors": ["An organization can have at most 100 roles."]},
    )


def test_all_roles_together_are_never_more_than_every_request_can_read(scene: Scene) -> None:
    me, home = asker(scene.world, scene.creator), scene.organization.id
    largest = {"name": "\U0001f600" * 148, "permissions": list(ID_OF.values())}
    small = me.post(C, _body(scene, name="small")).json
    refused = (400, {"non_field_errors": ["All roles of an organization can have at most 64 KiB together."]})

    answers = [me.post(C, _body(scene, **largest | {"name": f"{largest['name']}{n}"})) for n in range(60)]

    assert {answer.status for answer in answers} == {201, 400}
    assert (answers[-1].status, answers[-1].json) == refused
    grown = me.patch(UD.format(small["id"]), _body(scene, **largest))
    assert (grown.status, grown.json) == refused
    renamed = me.patch(UD.format(small["id"]), {"organization": home, "name": "tiny"})
    assert renamed.status == 200
    user = scene.staff.user()
    member = me.post("/organizations/member-c/", {"organization": home, "user": user.id, "role": small["id"]})
    assert member.status == 201
    size = max(len(repr(item).encode()) for item in scene.world.items().values())
    assert size < 70_000


def test_a_role_has_at_most_a_hundred_permissions_each_counted(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    message = {"permissions": ["Ensure this field has no more than 100 elements."]}

    for permissions in ([1] * 101, ["x"] * 101, [[]] * 60_000):
        answer = me.post(C, _body(scene, permissions=permissions))
        assert (answer.status, answer.json) == (400, message)
    assert me.post(C, _body(scene, permissions=[1] * 100)).status == 201


@pytest.mark.parametrize("granted", ["order_delete", "order_guru", "role_guru", ORGANIZATION_CREATOR])
@pytest.mark.parametrize("how", ["create", "PUT", "PATCH"])
def test_nobody_grants_a_right_that_they_do_not_hold_in_a_role(scene: Scene, granted: str, how: str) -> None:
    rights = (
        "role_create",
        "role_view",
        "role_change",
        "role_delete",
        "order_create",
        "order_view",
        "order_change",
    )
    me = asker(scene.world, scene.member(*rights))
    role = scene.staff.role(scene.organization, ["order_view"])
    body = _body(scene, permissions=_ids("order_view", granted))
    before = scene.world.items()

    answer = {
        "create": lambda: me.post(C, body),
        "PUT": lambda: me.put(UD.format(role.id), body),
        "PATCH": lambda: me.patch(UD.format(role.id), body),
    }[how]()

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before


@pytest.mark.parametrize("right", ["order_delete", "order_guru", ORGANIZATION_CREATOR])
@pytest.mark.parametrize("how", ["PUT", "PATCH", "DELETE"])
def test_nobody_takes_a_right_from_a_role_that_they_do_not_hold(scene: Scene, right: str, how: str) -> None:
    me = asker(scene.world, scene.member("role_guru", "order_view"))
    role = scene.staff.role(scene.organization, ["order_view", right], members=0 if how == "DELETE" else 1)
    body, before = _body(scene, permissions=_ids("order_view")), scene.world.items()

    answer = {
        "PUT": lambda: me.put(UD.format(role.id), body),
        "PATCH": lambda: me.patch(UD.format(role.id), body),
        "DELETE": lambda: me.delete(UD.format(role.id), {"organization": scene.organization.id}),
    }[how]()
    renamed = me.patch(UD.format(role.id), {"organization": scene.organization.id, "name": role.name})

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before
    assert renamed.status == 200


def test_what_a_guru_or_a_creator_by_role_holds_they_can_grant(scene: Scene) -> None:
    guru = asker(scene.world, scene.member("role_guru", "order_guru"))
    creator = asker(scene.world, scene.member(ORGANIZATION_CREATOR))

    assert guru.post(C, _body(scene, permissions=_ids("order_guru", "order_delete"))).status == 201
    everything = _body(scene, name="All", permissions=list(ID_OF.values()))
    assert creator.post(C, everything).status == 201


def test_nobody_changes_what_is_in_their_own_role(scene: Scene) -> None:
    user = scene.member("role_guru", "order_guru")
    me, home = asker(scene.world, user), scene.organization.id
    own = me.get(f"/organizations/role-l/{home}/").json[-1]
    assert own["permissions"] == _ids("role_guru", "order_guru")

    less = me.patch(UD.format(own["id"]), {"organization": home, "permissions": _ids("role_guru")})
    renamed = me.patch(UD.format(own["id"]), {"organization": home, "name": "Mine"})

    assert (less.status, less.json) == FORBIDDEN
    assert (renamed.status, renamed.json["permissions"]) == (200, own["permissions"])


def test_a_right_that_a_role_loses_is_gone_with_the_next_request(scene: Scene) -> None:
    member, me, home = (
        asker(scene.world, scene.member("order_view")),
        asker(scene.world, scene.creator),
        scene.organization.id,
    )
    role = me.get(f"/organizations/role-l/{home}/").json[-1]["id"]
    assert member.get(f"/orders/order-l/{home}/").status == 200

    me.patch(UD.format(role), {"organization": home, "permissions": []})

    assert member.get(f"/orders/order-l/{home}/").status == 403


def test_a_role_that_a_member_has_is_not_deleted(scene: Scene) -> None:
    me, home = asker(scene.world, scene.creator), scene.organization.id
    role = me.post(C, _body(scene)).json["id"]
    user = scene.staff.user()
    member = me.post("/organizations/member-c/", {"organization": home, "user": user.id, "role": role}).json[
        "id"
    ]

    used = me.delete(UD.format(role), {"organization": home})
    me.delete(f"/organizations/member-ud/{member}/", {"organization": home})
    free = me.delete(UD.format(role), {"organization": home})
    gone = me.delete(UD.format(role), {"organization": home})

    assert (used.status, used.json) == (409, {"detail": "The role is in use."})
    assert (free.status, free.text) == (204, "")
    assert (gone.status, gone.json) == FORBIDDEN
    assert me.get(f"/organizations/role-r/{role}/{home}/").status == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("named", ["mine", "theirs", "none", "text"])
def test_a_role_of_another_organization_is_out_of_reach(scene: Scene, method: str, named: str) -> None:
    other = scene.another()
    role = other.staff.role(other.organization, [])
    me = asker(scene.world, scene.creator)
    organization = {
        "mine": scene.organization.id,
        "theirs": other.organization.id,
        "none": None,
        "text": "x",
    }[named]
    before = scene.world.items()

    answer = scene.world.call(
        method, UD.format(role.id), _body(scene, organization=organization), token=me.token
    )

    assert (answer.status, answer.json) == FORBIDDEN
    assert scene.world.items() == before
    assert me.get(f"/organizations/role-r/{role.id}/{scene.organization.id}/").status == 404
    assert me.get(f"/organizations/role-r/{role.id}/{other.organization.id}/").status == 403
