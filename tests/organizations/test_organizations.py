"""`/organizations/organization-…`: found, list, show, change, close."""

from typing import Any

import pytest

from chalicelib.auth.rights import CODENAMES
from tests.support.asking import asker
from tests.support.links import pages
from tests.support.scene import Scene
from tests.support.world import HOST

LC, RUD = "/organizations/organization-lc/", "/organizations/organization-rud/{}/"
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})
TAKEN = (400, {"name": ["organization with this name already exists."]})


def _person(user: Any) -> dict[str, Any]:
    return {
        "id": user.id,
        "surname": user.surname,
        "name": user.name,
        "patronymic": user.patronymic,
        "address": user.address,
        "email": user.email,
        "phone": user.phone,
        "image": f"{HOST}/static/Users/default-user-image.jpeg",
        "confirmed_email": True,
        "confirmed_phone": False,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    }


def test_whoever_founds_an_organization_is_its_creator_with_every_right(scene: Scene) -> None:
    creator = scene.staff.user()
    me, now = asker(scene.world, creator), scene.world.runtime.now()
    body = {"name": " Дом ", "description": "D", "address": "A", "links": {"vk": ["x", 1]}, "numbers": None}

    answer = me.post(LC, {**body, "creator": 1, "id": 5, "closed": True})

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("id", answer.json["id"]),
        ("name", " Дом "),
        ("description", "D"),
        ("address", "A"),
        ("creator", _person(creator)),
        ("created_at", now),
        ("numbers", None),
        ("links", {"vk": ["x", 1]}),
        ("updated_at", now),
    ]
    assert me.get(RUD.format(answer.json["id"])).json == answer.json
    assert me.get(f"/organizations/perm-l/{answer.json['id']}/").status == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name": ["This field is required."]}),
        (
            {"links": [], "numbers": "x", "address": "x" * 201, "description": None, "name": " "},
            {
                "name": ["This field may not be blank."],
                "description": ["This field may not be null."],
                "address": ["Ensure this field has no more than 200 characters."],
                "numbers": ['Expected a dictionary of items but got type "str".'],
                "links": ['Expected a dictionary of items but got type "list".'],
            },
        ),
        ({"name": " \u200b"}, {"name": ["This field may not be blank."]}),
        ({"name": "\u3164"}, {"name": ["This field may not be blank."]}),
        ({"name": "x" * 151}, {"name": ["Ensure this field has no more than 150 characters."]}),
        ({"name": "x", "links": {"a": {"b": "\x00"}}}, {"links": ["Control characters are not allowed."]}),
        ({"name": "x", "links": {"\ud800": 1}}, {"links": ["Control characters are not allowed."]}),
        (
            {"name": "x", "links": {"a": "x" * 2000}},
            {"links": ["Ensure this field has no more than 2000 characters."]},
        ),
        (
            {"name": "x", "links": {"a": [[[[[[[[[[1]]]]]]]]]]}},
            {"links": ["Ensure this field is nested no deeper than 10 levels."]},
        ),
    ],
)
def test_wrong_fields_are_named_in_order(scene: Scene, body: Any, fields: Any) -> None:
    answer = asker(scene.world, scene.creator).post(LC, body)

    assert (answer.status, list(answer.json.items())) == (400, list(fields.items()))


def test_a_name_is_taken_once(scene: Scene) -> None:
    me = asker(scene.world, scene.staff.user())
    own = me.post(LC, {"name": "Mine"}).json["id"]
    before = scene.world.items()

    created = me.post(LC, {"name": scene.organization.name})
    renamed = me.patch(RUD.format(own), {"name": scene.organization.name})

    assert (created.status, created.json) == TAKEN
    assert (renamed.status, renamed.json) == TAKEN
    assert {key: item for key, item in scene.world.items().items() if key[0] != "SEQUENCE#organization"} == {
        key: item for key, item in before.items() if key[0] != "SEQUENCE#organization"
    }


def test_a_new_name_frees_the_old_one_and_the_own_name_can_be_sent_again(scene: Scene) -> None:
    me, path = asker(scene.world, scene.creator), RUD.format(scene.organization.id)

    assert me.put(path, {"name": scene.organization.name, "description": "D"}).json["description"] == "D"
    assert me.patch(path, {"name": "Other"}).json["name"] == "Other"

    assert asker(scene.world, scene.staff.user()).post(LC, {"name": scene.organization.name}).status == 201


def test_a_put_needs_the_name_and_keeps_the_rest(scene: Scene) -> None:
    me, path = asker(scene.world, scene.creator), RUD.format(scene.organization.id)
    me.patch(path, {"links": {"a": 1}, "address": "A"})

    missing = me.put(path, {"address": "B"})
    kept = me.put(path, {"name": "N"}).json
    cleared = me.patch(path, {"links": None}).json

    assert (missing.status, missing.json) == (400, {"name": ["This field is required."]})
    assert (kept["links"], kept["address"]) == ({"a": 1}, "A")
    assert (cleared["links"], cleared["address"]) == (None, "A")


def test_lists_what_i_created_or_am_a_member_of_page_by_page(scene: Scene) -> None:
    me = scene.staff.user()
    homes = []
    for number in range(5):
        scene.world.clock.advance(seconds=1)
        other = scene.another()
        homes.append(scene.staff.organization(me) if number % 2 else other.organization)
        if not number % 2:
            other.member(user=me)
    left, closed = scene.another(), scene.another()
    closed.member(user=me)
    closed.close()
    asking = asker(scene.world, me)

    whole = asking.get(LC).json
    seen, target = [], f"{LC}?limit=2"
    while target:
        page = asking.get(target)
        seen += page.json
        target = page.headers.get("link", "").partition(">")[0].removeprefix("<")

    assert [shown["id"] for shown in whole] == [home.id for home in homes]
    assert seen == whole
    assert whole[1]["creator"] == _person(me)
    assert left.organization.id not in [shown["id"] for shown in whole]


def test_a_member_without_rights_sees_the_organization_and_nothing_else(scene: Scene) -> None:
    me, home = asker(scene.world, scene.member()), scene.organization.id

    assert me.get(RUD.format(home)).json["creator"] == _person(scene.creator)
    for path in ("perm-l", "role-l", "member-l", "service-l"):
        answer = me.get(f"/organizations/{path}/{home}/")
        assert (answer.status, answer.json) == FORBIDDEN


def test_a_closed_organization_lets_nobody_in_frees_its_name_and_keeps_everything(scene: Scene) -> None:
    order, home = scene.order(), scene.organization.id
    me, member = asker(scene.world, scene.creator), asker(scene.world, scene.member(*CODENAMES))

    closed = me.delete(RUD.format(home))

    assert (closed.status, closed.text) == (204, "")
    for who in (me, member):
        for path in (
            RUD.format(home),
            f"/orders/order-l/{home}/",
            f"/orders/order-r/{order.id}/",
            f"/organizations/role-l/{home}/",
            f"/clients/client-l/{home}/",
        ):
            answer = who.get(path)
            assert (answer.status, answer.json) == FORBIDDEN
        assert who.get(LC).json == []
    assert asker(scene.world, scene.staff.user()).post(LC, {"name": scene.organization.name}).status == 201
    assert (f"ORDER#{order.id}", "ORDER") in scene.world.items()


@pytest.mark.parametrize("listed", ["role-l", "perm-l"])
def test_short_lists_have_pages_too(scene: Scene, listed: str) -> None:
    me = asker(scene.world, scene.creator)
    for _ in range(3):
        scene.staff.role(scene.organization, [])
    address = f"/organizations/{listed}/{scene.organization.id}/"
    whole = me.get(address)

    seen = [page.json for page in pages(scene.world, f"{address}?limit=3", me.token)]

    assert "link" not in whole.headers
    assert [entry for page in seen for entry in page] == whole.json
    assert {len(page) for page in seen[:-1]} == {3}
    for wrong in ("limit=0", "limit=101", "limit=x", "cursor=x"):
        refused = me.get(f"{address}?{wrong}")
        assert (refused.status, list(refused.json)) == (400, [wrong.partition("=")[0]])


def test_lists_the_permissions(scene: Scene) -> None:
    listed = (
        asker(scene.world, scene.member("perm_view"))
        .get(f"/organizations/perm-l/{scene.organization.id}/")
        .json
    )

    assert [entry["codename"] for entry in listed] == list(CODENAMES)
    assert [entry["id"] for entry in listed] == list(range(1, len(CODENAMES) + 1))
    assert [list(entry) for entry in listed] == [["id", "name", "codename"]] * len(CODENAMES)
    assert len({entry["name"] for entry in listed}) == len(CODENAMES)


LOOKALIKES = [
    "bank",
    "BANK",
    "\uff22ank",
    "Ba\u200bnk",
    "\u202eBank",
    "Bank ",
    " Bank",
    "Bank\u00a0",
    "\ufeffBank",
    "Bank\u2065",
    "B\ufff0ank",
    "\U000e0002Bank",
    "Bank\U000e0fff",
]


@pytest.mark.parametrize("lookalike", LOOKALIKES, ids=ascii)
def test_a_name_that_looks_the_same_is_the_same(scene: Scene, lookalike: str) -> None:
    me = asker(scene.world, scene.creator)
    bank = me.post(LC, {"name": "Bank"}).json["id"]

    answer = me.post(LC, {"name": lookalike})
    renamed = me.patch(RUD.format(scene.organization.id), {"name": lookalike})
    own = me.patch(RUD.format(bank), {"name": lookalike})

    assert (answer.status, answer.json) == (renamed.status, renamed.json) == TAKEN
    assert (own.status, own.json["name"]) == (200, lookalike)
    me.delete(RUD.format(bank))
    assert me.post(LC, {"name": "Bank"}).status == 201


@pytest.mark.parametrize("other", ["B\u0430nk", "Bank.", "Ba nk", "Banque"])
def test_another_name_is_free(scene: Scene, other: str) -> None:
    me = asker(scene.world, scene.creator)
    me.post(LC, {"name": "Bank"})

    assert me.post(LC, {"name": other}).status == 201


@pytest.mark.parametrize("field", ["links", "numbers"])
@pytest.mark.parametrize(
    "value", [{"\0": 1}, {"a": "\x1b"}, {"a": [{"b\ud83d": 1}]}, {"a": [[["\udfff"]]]}, ["\x85"], "\ud83d"]
)
def test_nothing_in_an_object_holds_control_characters(scene: Scene, field: str, value: Any) -> None:
    answer = asker(scene.world, scene.creator).post(LC, {"name": "Objects", field: value})

    assert (answer.status, answer.json) == (400, {field: ["Control characters are not allowed."]})
