"""`/organizations/service-…` and `/clients/…`: what an organization works with."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.asking import asker
from tests.support.scene import Scene

FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})
REQUIRED = ["This field is required."]


@dataclass(frozen=True)
class Thing:
    """Where a kind of thing is, a body that creates one, and what a missing field is."""

    create: str
    list: str
    show: str
    write: str
    delete: str
    body: dict[str, Any]
    required: list[str]
    right: str


SERVICE = Thing(
    "/organizations/service-c/",
    "/organizations/service-l/{}/",
    "/organizations/service-r/{}/{}/",
    "/organizations/service-ud/{}/",
    "/organizations/service-ud/{}/",
    {"name": "Programming", "address": "Street", "phone": "+79518472961"},
    ["name", "address", "phone"],
    "service",
)
CLIENT = Thing(
    "/clients/client-c/",
    "/clients/client-l/{}/",
    "/clients/client-r/{}/{}/",
    "/clients/client-u/{}/",
    "/clients/client-d/{}/",
    {
        "surname": "S",
        "name": "N",
        "patronymic": "P",
        "address": "A",
        "phone": "+79130000001",
        "links": {"vk": "x"},
    },
    ["name", "phone"],
    "client",
)
every_thing = pytest.mark.parametrize("thing", [SERVICE, CLIENT], ids=["service", "client"])


def _body(scene: Scene, thing: Thing, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, **thing.body, **fields}


def test_a_client_comes_back_as_it_went_in(scene: Scene) -> None:
    me, now, home = asker(scene.world, scene.creator), scene.world.runtime.now(), scene.organization.id

    answer = me.post(CLIENT.create, _body(scene, CLIENT, phone="+7 (913) 000-00-01"))

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("id", answer.json["id"]),
        *CLIENT.body.items(),
        ("organization", home),
        ("created_at", now),
        ("updated_at", now),
    ]


def test_a_service_comes_back_with_its_organization(scene: Scene) -> None:
    me, now, home = (
        asker(scene.world, scene.member("service_guru")),
        scene.world.runtime.now(),
        scene.organization.id,
    )

    answer = me.post(SERVICE.create, _body(scene, SERVICE))

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("id", answer.json["id"]),
        *SERVICE.body.items(),
        ("organization", me.get(f"/organizations/organization-rud/{home}/").json),
        ("created_at", now),
        ("updated_at", now),
    ]


def test_a_client_needs_a_name_and_a_phone_and_has_defaults(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)

    shown = me.post(
        CLIENT.create, {"organization": [scene.organization.id], "name": "N", "phone": "+79130000001"}
    )

    assert {name: shown.json[name] for name in ("surname", "patronymic", "address", "links")} == {
        "surname": "",
        "patronymic": "",
        "address": "",
        "links": None,
    }


@pytest.mark.parametrize("organization", [[], [1, 2], [[1]], ["x"], {}, None, True])
def test_what_names_no_organization_is_forbidden(scene: Scene, organization: Any) -> None:
    answer = asker(scene.world, scene.creator).post(
        CLIENT.create, {**CLIENT.body, "organization": organization}
    )

    assert (answer.status, answer.json) == FORBIDDEN


@pytest.mark.parametrize(
    "form", [lambda number: number, lambda number: [number], lambda number: [str(number)]]
)
def test_the_organization_of_a_client_may_come_as_a_list_of_one(scene: Scene, form: Any) -> None:
    me, home = asker(scene.world, scene.creator), scene.organization.id

    created = me.post(CLIENT.create, {**CLIENT.body, "organization": form(home)})
    changed = me.patch(
        CLIENT.write.format(created.json["id"]), {"organization": form(home), "name": "Changed"}
    )
    deleted = me.delete(CLIENT.delete.format(created.json["id"]), {"organization": form(home)})

    assert (created.json["organization"], changed.json["name"], deleted.status) == (home, "Changed", 204)


@every_thing
def test_missing_and_wrong_fields_are_named_in_order(scene: Scene, thing: Thing) -> None:
    me, home = asker(scene.world, scene.creator), scene.organization.id
    created = me.post(thing.create, _body(scene, thing)).json["id"]
    missing = {name: REQUIRED for name in thing.required}

    for answer in (
        me.post(thing.create, {"organization": home}),
        me.put(thing.write.format(created), {"organization": home}),
    ):
        assert (answer.status, list(answer.json.items())) == (400, list(missing.items()))
    wrong = me.patch(thing.write.format(created), _body(scene, thing, name=None, phone="12"))
    assert (wrong.status, wrong.json) == (
        400,
        {"name": ["This field may not be null."], "phone": ["Enter a valid phone number."]},
    )


@every_thing
def test_put_and_patch_answer_the_whole_object(scene: Scene, thing: Thing) -> None:
    me, home = asker(scene.world, scene.creator), scene.organization.id
    created = me.post(thing.create, _body(scene, thing)).json
    scene.world.clock.advance(seconds=1)
    now = scene.world.runtime.now()

    patched = me.patch(thing.write.format(created["id"]), {"organization": home, "name": "Patched"}).json
    put = me.put(thing.write.format(created["id"]), _body(scene, thing, name="Put")).json

    assert patched == {**created, "name": "Patched", "updated_at": now}
    assert put == {**created, "name": "Put", "updated_at": now}
    assert me.get(thing.show.format(created["id"], home)).json == put


@every_thing
def test_a_deleted_thing_leaves_the_list_and_new_orders_but_not_the_old_ones(
    scene: Scene, thing: Thing
) -> None:
    order, me, home = scene.order(), asker(scene.world, scene.creator), scene.organization.id
    number = {"service": scene.service, "client": scene.client}[thing.right].id
    path = thing.show.format(number, home)
    assert [entry["id"] for entry in me.get(thing.list.format(home)).json] == [number]
    shown = me.get(f"/orders/order-r/{order.id}/").json

    deleted = me.delete(thing.delete.format(number), {"organization": home})

    assert (deleted.status, deleted.text) == (204, "")
    assert me.get(thing.list.format(home)).json == []
    assert me.get(path).status == 404
    assert me.get(f"/orders/order-r/{order.id}/").json == shown
    refused = me.post("/orders/order-c/", scene.draft())
    assert (refused.status, refused.json) == (
        400,
        {thing.right: [f'Invalid pk "{number}" - object does not exist.']},
    )
    again = me.delete(thing.delete.format(number), {"organization": home})
    changed = me.patch(thing.write.format(number), {"organization": home, "name": "x"})
    assert (again.status, again.json) == FORBIDDEN
    assert (changed.status, changed.json) == FORBIDDEN


@every_thing
def test_a_long_list_is_paged_in_the_order_of_ids(scene: Scene, thing: Thing) -> None:
    me, other = asker(scene.world, scene.creator), scene.another()
    asker(scene.world, other.creator).post(thing.create, _body(other, thing))
    first = {"service": scene.service, "client": scene.client}[thing.right].id
    made = [me.post(thing.create, _body(scene, thing)).json["id"] for _ in range(4)]

    seen, target = [], thing.list.format(scene.organization.id) + "?limit=2"
    while target:
        page = me.get(target)
        seen += [entry["id"] for entry in page.json]
        target = page.headers.get("link", "").partition(">")[0].removeprefix("<")

    assert seen == sorted([first, *made])


@every_thing
@pytest.mark.parametrize("named", ["mine", "theirs", "none"])
def test_a_thing_of_another_organization_is_out_of_reach(scene: Scene, thing: Thing, named: str) -> None:
    other = scene.another()
    number = {"service": other.service, "client": other.client}[thing.right].id
    me = asker(scene.world, scene.creator)
    organization = {"mine": scene.organization.id, "theirs": other.organization.id, "none": None}[named]
    body = {**thing.body, "organization": organization}
    before = scene.world.items()

    answers = [
        me.put(thing.write.format(number), body),
        me.patch(thing.write.format(number), body),
        me.delete(thing.delete.format(number), body),
    ]

    assert [(answer.status, answer.json) for answer in answers] == [FORBIDDEN] * 3
    assert scene.world.items() == before
    assert me.get(thing.show.format(number, scene.organization.id)).status == 404
    assert me.get(thing.show.format(number, other.organization.id)).status == 403
    assert me.get(thing.show.format("x", scene.organization.id)).status == 404
