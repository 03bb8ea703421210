"""`/sessions/…`: one's own sessions."""

import pytest

from tests.support.asking import Asker, asker
from tests.support.forgery import claims_of
from tests.support.scene import Scene
from tests.support.staff import PASSWORD

FORBIDDEN = {"detail": "You do not have permission to perform this action."}


def test_lists_my_sessions_with_their_devices_newest_first(scene: Scene) -> None:
    user = scene.staff.user()
    me = asker(scene.world, user)
    began = scene.world.runtime.now()
    scene.world.clock.advance(minutes=1)
    body = {"email": user.email, "password": PASSWORD}
    other = scene.world.call("POST", "/users/auth/token/", body, headers={"User-Agent": "Phone/1"})

    listed = me.get(f"/sessions/session-user-l/{user.id}/").json

    assert [list(session.items()) for session in listed] == [
        [
            ("id", claims_of(other.json["access"])["sid"]),
            ("user", user.id),
            ("device", "Phone/1"),
            ("created_at", scene.world.runtime.now()),
        ],
        [("id", claims_of(me.token)["sid"]), ("user", user.id), ("device", "tests"), ("created_at", began)],
    ]


def test_lists_neither_expired_sessions_nor_those_of_others(scene: Scene) -> None:
    user = scene.staff.user()
    asker(scene.world, user)
    scene.world.clock.advance(days=15)
    me = asker(scene.world, user)

    listed = me.get(f"/sessions/session-user-l/{user.id}/").json

    assert [session["id"] for session in listed] == [claims_of(me.token)["sid"]]
    assert me.get(f"/sessions/session-user-l/{scene.creator.id}/").json == FORBIDDEN


def test_a_long_list_is_paged(scene: Scene) -> None:
    user = scene.staff.user()
    tokens = [scene.world.token(user.id) for _ in range(5)]
    me = Asker(scene.world, tokens[0])

    seen, target = [], f"/sessions/session-user-l/{user.id}/?limit=2"
    while target:
        page = me.get(target)
        seen += [session["id"] for session in page.json]
        target = page.headers.get("link", "").partition(">")[0].removeprefix("<")

    assert sorted(seen) == sorted(claims_of(token)["sid"] for token in tokens)
    assert len(seen) == 5


def test_a_deleted_session_is_over_at_once(scene: Scene) -> None:
    user = scene.staff.user()
    me, pair = asker(scene.world, user), scene.world.tokens(user.id)
    other = Asker(scene.world, pair.access)

    deleted = me.delete(f"/sessions/session-user-d/{claims_of(other.token)['sid']}/")

    assert (deleted.status, deleted.text) == (204, "")
    assert (other.get(f"/users/user/{user.id}/").status, me.get(f"/users/user/{user.id}/").status) == (
        403,
        200,
    )
    assert scene.world.call("POST", "/users/auth/token/refresh/", {"refresh": pair.refresh}).status == 401


@pytest.mark.parametrize("which", ["of somebody else", "that never was", "no id"])
def test_another_session_is_forbidden_and_goes_on(scene: Scene, which: str) -> None:
    me, other = asker(scene.world, scene.staff.user()), asker(scene.world, scene.creator)
    path = {"of somebody else": claims_of(other.token)["sid"], "that never was": 7, "no id": "x"}[which]
    before = scene.world.items()

    answer = me.delete(f"/sessions/session-user-d/{path}/")

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert scene.world.items() == before


@pytest.mark.parametrize("device", ["Müller/1", "Телефон 📱", "a\x1b\x85b"])
def test_a_device_is_shown_as_it_was_sent_but_for_control_characters(scene: Scene, device: str) -> None:
    user = scene.staff.user()
    body, sent = {"email": user.email, "password": PASSWORD}, {"User-Agent": device}

    access = scene.world.call("POST", "/users/auth/token/", body, headers=sent).json["access"]

    (shown,) = scene.world.call("GET", f"/sessions/session-user-l/{user.id}/", token=access).json
    assert shown["device"] == device.replace("\x1b", "").replace("\x85", "")


def test_a_device_in_utf_8_is_shown_as_a_server_that_reads_latin_1_got_it(scene: Scene) -> None:
    user = scene.staff.user()
    body, sent = (
        {"email": user.email, "password": PASSWORD},
        {"User-Agent": "Müller".encode().decode("latin-1")},
    )

    access = scene.world.call("POST", "/users/auth/token/", body, headers=sent).json["access"]

    (shown,) = scene.world.call("GET", f"/sessions/session-user-l/{user.id}/", token=access).json
    assert shown["device"] == "Müller"
