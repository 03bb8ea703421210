"""`/users/user/…`: one's own account."""

import pytest

from chalicelib.accounts import store as users
from tests.support.asking import asker
from tests.support.scene import Scene
from tests.support.staff import PASSWORD, rewrite
from tests.support.world import HOST

OLD = {"old_password": PASSWORD}
FORBIDDEN = {"detail": "You do not have permission to perform this action."}


def test_shows_my_account(scene: Scene) -> None:
    user = scene.staff.user(phone="+79130000099")

    answer = asker(scene.world, user).get(f"/users/user/{user.id}/")

    assert answer.status == 200
    assert list(answer.json.items()) == [
        ("id", user.id),
        ("surname", user.surname),
        ("name", user.name),
        ("patronymic", user.patronymic),
        ("address", user.address),
        ("email", user.email),
        ("phone", "+79130000099"),
        ("image", f"{HOST}/static/Users/default-user-image.jpeg"),
        ("confirmed_email", True),
        ("confirmed_phone", False),
        ("created_at", user.created_at),
        ("updated_at", user.updated_at),
    ]


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("other", ["somebody", "nobody", "no id"])
def test_another_account_is_forbidden_and_unchanged(scene: Scene, method: str, other: str) -> None:
    me = asker(scene.world, scene.staff.user())
    path = {"somebody": scene.creator.id, "nobody": 10**9, "no id": "me"}[other]
    before = scene.world.items()

    answer = scene.world.call(method, f"/users/user/{path}/", {"surname": "x"}, token=me.token)

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert scene.world.items() == before


def test_a_put_needs_every_required_field(scene: Scene) -> None:
    user = scene.staff.user()

    answer = asker(scene.world, user).put(f"/users/user/{user.id}/", {"email": None})

    required = ["This field is required."]
    assert (answer.status, list(answer.json.items())) == (
        400,
        [("surname", required), ("name", required), ("patronymic", required), ("address", required)],
    )


def test_a_put_keeps_the_optional_fields_that_are_absent(scene: Scene) -> None:
    user = scene.staff.user(phone="+79130000099")
    body = {"surname": "S", "name": "N", "patronymic": "", "address": ""}

    shown = asker(scene.world, user).put(f"/users/user/{user.id}/", body).json

    assert {name: shown[name] for name in body} == body
    assert (shown["email"], shown["phone"], shown["confirmed_email"]) == (user.email, "+79130000099", True)


def test_a_patch_tells_absent_from_null_from_a_value(scene: Scene) -> None:
    user = scene.staff.user(phone="+79130000099")
    me, path = asker(scene.world, user), f"/users/user/{user.id}/"

    value = me.patch(path, {"surname": "Changed"}).json
    null = me.patch(path, {"phone": None, **OLD}).json
    wrong = me.patch(path, {"surname": None, "password": None})

    assert (value["surname"], value["name"], value["phone"]) == ("Changed", user.name, "+79130000099")
    assert (null["surname"], null["phone"]) == ("Changed", None)
    not_null = ["This field may not be null."]
    assert (wrong.status, wrong.json) == (400, {"surname": not_null, "password": not_null})


def test_the_last_contact_can_not_be_taken_away(scene: Scene) -> None:
    user = scene.staff.user()
    me, path = asker(scene.world, user), f"/users/user/{user.id}/"
    names = {"surname": "S", "name": "N", "patronymic": "", "address": ""}

    answers = [me.patch(path, {"email": None}), me.put(path, {**names, "email": None})]

    refused = (400, {"detail": "Valid phone number or email not provided"})
    assert [(answer.status, answer.json) for answer in answers] == [refused, refused]


@pytest.mark.parametrize("whole", [{}, {"surname": "S", "name": "N", "patronymic": "", "address": ""}])
def test_a_new_email_is_not_confirmed_and_frees_the_old_one(scene: Scene, whole: dict[str, str]) -> None:
    user = scene.staff.user()
    me, path = asker(scene.world, user), f"/users/user/{user.id}/"

    changed = (me.put if whole else me.patch)(path, {**whole, "email": "new@example.com", **OLD}).json

    assert (changed["email"], changed["confirmed_email"]) == ("new@example.com", False)
    other = scene.staff.user()
    taken = asker(scene.world, other).patch(f"/users/user/{other.id}/", {"email": "NEW@example.com", **OLD})
    freed = asker(scene.world, other).patch(f"/users/user/{other.id}/", {"email": user.email, **OLD})
    assert (taken.status, taken.json) == (400, {"email": ["user with this email already exists."]})
    assert freed.json["email"] == user.email


def test_an_email_in_other_letters_is_the_same_one(scene: Scene) -> None:
    user = scene.staff.user()
    email = str(user.email).upper()

    changed = asker(scene.world, user).patch(f"/users/user/{user.id}/", {"email": email}).json

    assert (changed["email"], changed["confirmed_email"]) == (email, True)


def test_a_new_phone_is_normalized_and_not_confirmed(scene: Scene) -> None:
    user = scene.staff.user(phone="+79130000001", confirmed_phone=True)

    changed = (
        asker(scene.world, user).patch(f"/users/user/{user.id}/", {"phone": "+7 (913) 000-00-02", **OLD}).json
    )

    assert (changed["phone"], changed["confirmed_phone"], changed["confirmed_email"]) == (
        "+79130000002",
        False,
        True,
    )


def test_a_new_password_ends_every_other_session(scene: Scene) -> None:
    user = scene.staff.user()
    me, elsewhere = asker(scene.world, user), asker(scene.world, user)
    refresh = scene.world.token(user.id, refresh=True)
    path = f"/users/user/{user.id}/"

    assert me.patch(path, {"password": "another password", **OLD}).status == 200

    assert me.get(path).status == 200
    assert elsewhere.get(path).status == 403
    assert scene.world.call("POST", "/users/auth/token/refresh/", {"refresh": refresh}).status == 401
    credentials = {"email": user.email, "password": PASSWORD}
    assert scene.world.call("POST", "/users/auth/token/", credentials).status == 401
    again = scene.world.call("POST", "/users/auth/token/", {**credentials, "password": "another password"})
    assert scene.world.call("GET", path, token=again.json["access"]).status == 200


def test_a_closed_account_is_erased_and_its_orders_stay_readable(scene: Scene) -> None:
    scene.world.engine.need_large_transactions()
    leaver = scene.member("order_guru", user=scene.staff.user(phone="+79130000077"))
    order = scene.order(creator=leaver, executor=leaver)
    me, refresh = asker(scene.world, leaver), scene.world.token(leaver.id, refresh=True)
    stays = asker(scene.world, scene.creator)

    assert (
        me.delete(f"/users/user/{leaver.id}/", OLD).status,
        me.get(f"/users/user/{leaver.id}/").status,
    ) == (
        204,
        403,
    )

    everything = repr(scene.world.items())
    for personal in (leaver.surname, leaver.patronymic, leaver.address, leaver.email, leaver.phone):
        assert str(personal) not in everything
    assert not [key for key in scene.world.items() if key[0] == f"SESSIONS#staff#{leaver.id}"]
    shown = stays.get(f"/orders/order-r/{order.id}/").json
    anonymous = {
        "id": leaver.id,
        "surname": "",
        "name": "",
        "patronymic": "",
        "address": "",
        "email": None,
        "phone": None,
        "image": f"{HOST}/static/Users/default-user-image.jpeg",
        "confirmed_email": False,
        "confirmed_phone": False,
        "created_at": leaver.created_at,
        "updated_at": scene.world.runtime.now(),
    }
    assert (shown["creator"], shown["executor"]) == (anonymous, anonymous)
    credentials = {"email": leaver.email, "password": PASSWORD}
    assert scene.world.call("POST", "/users/auth/token/", credentials).status == 401
    assert scene.world.call("POST", "/users/auth/token/refresh/", {"refresh": refresh}).status == 401
    newcomer = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": PASSWORD}
    contacts = {"email": leaver.email, "phone": leaver.phone}
    assert scene.world.call("POST", "/users/auth/registration/", {**newcomer, **contacts}).status == 201


def test_the_creator_of_an_open_organization_can_not_leave(scene: Scene) -> None:
    me, path = asker(scene.world, scene.creator), f"/users/user/{scene.creator.id}/"
    before = scene.world.records()

    refused = me.delete(path, OLD)

    assert (refused.status, refused.json) == (
        409,
        {"detail": "Close the organizations that you created first."},
    )
    assert scene.world.records() == before
    assert me.delete(f"/organizations/organization-rud/{scene.organization.id}/").status == 204
    assert me.delete(path, OLD).status == 204


def test_lists_my_orders_of_all_organizations_newest_change_first(scene: Scene) -> None:
    other = scene.another()
    me = scene.member("order_view")
    other.member(user=me)
    first = scene.order(executor=me)
    scene.world.clock.advance(seconds=1)
    second = other.order(executor=me, done=True)
    scene.order()
    asking = asker(scene.world, me)

    whole = asking.get("/users/user/executor/").json
    page = asking.get("/users/user/executor/?limit=1")
    rest = asking.get(page.headers["link"].partition(">")[0].removeprefix("<"))

    assert [order["id"] for order in whole] == [second.id, first.id]
    assert [order["id"] for order in page.json + rest.json] == [second.id, first.id]
    assert "link" not in rest.headers
    assert [order["id"] for order in asking.get("/users/user/executor/?done=true").json] == [second.id]
    assert [order["id"] for order in asking.get("/users/user/executor/?service=1").json] == []
    assert asking.get("/users/user/executor/?limit=0").status == 400
    assert asking.get(f"/orders/order-executor-l/{scene.organization.id}/").json == [whole[1]]


@pytest.mark.parametrize("out", ["closed", "left"])
def test_lists_no_orders_of_an_organization_that_does_not_let_me_in(scene: Scene, out: str) -> None:
    me = scene.member("order_guru") if out == "closed" else scene.staff.user()
    scene.order(executor=me)
    if out == "closed":
        scene.close()

    answer = asker(scene.world, me).get("/users/user/executor/")

    assert (answer.status, answer.json) == (200, [])


def test_a_change_at_the_same_time_is_kept(scene: Scene) -> None:
    user = scene.staff.user()
    me = asker(scene.world, user)
    raced = []

    def change_meanwhile(**_: object) -> None:
        if not raced:
            raced.append(True)
            stored = users.find(user.id, scene.world.runtime)
            assert stored is not None
            rewrite(scene.world.runtime, stored, address="Elsewhere")

    events = scene.world.events
    events.register("before-call.dynamodb.PutItem", change_meanwhile)
    try:
        changed = me.patch(f"/users/user/{user.id}/", {"surname": "Changed"}).json
    finally:
        events.unregister("before-call.dynamodb.PutItem", change_meanwhile)

    assert (changed["surname"], changed["address"]) == ("Changed", "Elsewhere")


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ("user@strasse.example", "USER@Strasse.example", True),
        ("user@strasse.example", "user@straße.example", False),
        ("user@b\u00fccher.example", "user@bu\u0308cher.example", False),
        ("k@example.com", "\u212a@example.com", False),
    ],
)
def test_a_confirmed_email_stays_confirmed_only_where_it_is_the_same_mailbox(
    scene: Scene, before: str, after: str, stays: bool
) -> None:
    user = scene.staff.user(email=before)

    changed = asker(scene.world, user).patch(f"/users/user/{user.id}/", {"email": after, **OLD})

    assert (changed.status, changed.json["email"], changed.json["confirmed_email"]) == (200, after, stays)


def test_an_empty_phone_takes_the_phone_away(scene: Scene) -> None:
    user = scene.staff.user(phone="+79130000088")
    body = {"email": user.email, "phone": "", **OLD}

    changed = asker(scene.world, user).patch(f"/users/user/{user.id}/", body)

    assert (changed.status, changed.json["email"], changed.json["phone"]) == (200, user.email, None)
