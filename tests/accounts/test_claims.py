"""A claim on an address or a number ends where nobody confirms the account within a week."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from tests.support.asking import asker
from tests.support.companion_samples import CODE, mail_code
from tests.support.scene import Scene
from tests.support.staff import PASSWORD, rewrite
from tests.support.world import Answer, World

EMAIL, PHONE = "jane@example.com", "+79130000044"
TAKEN = {"email": ["user with this email already exists."]}
OLD = {"old_password": PASSWORD}


def _register(world: World, **contacts: str) -> Answer:
    body = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": "another good one"}
    return world.call("POST", "/users/auth/registration/", {**body, **contacts})


def _sign_in(world: World, password: str, **contact: str) -> int:
    return world.call("POST", "/users/auth/token/", {**contact, "password": password}).status


def _stored(scene: Scene, user: User) -> User:
    stored = users.find(user.id, scene.world.runtime)
    assert stored is not None
    return stored


@pytest.fixture
def squatter(scene: Scene) -> User:
    return scene.staff.user(confirmed=False, email=EMAIL, phone=PHONE)


@pytest.mark.parametrize("contact", [{"email": EMAIL.upper()}, {"phone": PHONE}])
def test_the_next_who_registers_gets_it_after_a_week_and_that_account_is_gone(
    scene: Scene, squatter: User, contact: dict[str, str]
) -> None:
    world, token = scene.world, scene.world.token(squatter.id)
    world.clock.advance(days=7, seconds=-1)
    assert _register(world, **contact).status == 400
    token = world.token(squatter.id)
    world.clock.advance(seconds=1)

    assert _register(world, **contact).status == 201

    assert _stored(scene, squatter).closed
    assert world.call("GET", f"/users/user/{squatter.id}/", token=token).status == 403
    for mine in ({"email": EMAIL}, {"phone": PHONE}):
        assert _sign_in(world, PASSWORD, **mine) == 401
    assert _sign_in(world, "another good one", **contact) == 200
    assert squatter.surname not in repr(world.items())


def test_its_other_contact_is_free_as_well(scene: Scene, squatter: User) -> None:
    scene.world.clock.advance(days=7)

    assert _register(scene.world, email=EMAIL).status == 201
    assert _register(scene.world, phone=PHONE).status == 201
    assert _register(scene.world, email=EMAIL).json == TAKEN


def test_two_accounts_can_lose_a_contact_each(scene: Scene, squatter: User) -> None:
    other = scene.staff.user(confirmed=False, email="other@example.com", phone="+79130000055")
    scene.world.clock.advance(days=7)

    assert _register(scene.world, email=EMAIL, phone="+79130000055").status == 201

    assert (_stored(scene, squatter).closed, _stored(scene, other).closed) == (True, True)
    assert _register(scene.world, email="other@example.com", phone=PHONE).status == 201


def test_who_has_an_account_can_take_it_over_too(scene: Scene, squatter: User) -> None:
    me = scene.staff.user()
    scene.world.clock.advance(days=7)

    changed = asker(scene.world, me).patch(f"/users/user/{me.id}/", {"email": EMAIL, **OLD})

    assert (changed.status, changed.json["email"], changed.json["confirmed_email"]) == (200, EMAIL, False)
    assert _stored(scene, squatter).closed


@pytest.mark.parametrize("confirmed", ["confirmed_email", "confirmed_phone"])
def test_who_confirmed_one_contact_keeps_both(scene: Scene, squatter: User, confirmed: str) -> None:
    rewrite(scene.world.runtime, squatter, **{confirmed: True})
    scene.world.clock.advance(days=700)

    assert _register(scene.world, email=EMAIL).status == 400
    assert _register(scene.world, phone=PHONE).status == 400


def test_who_waits_for_the_code_and_confirms_late_keeps_it(scene: Scene, squatter: User) -> None:
    scene.world.clock.advance(days=30)
    mail_code(scene, squatter.id, CODE)
    me = asker(scene.world, squatter)

    assert me.post("/verify-info/accept-user-info/", {"type_code": "email", "code": CODE}).status == 200

    assert _register(scene.world, email=EMAIL).json == TAKEN


def test_a_wrong_field_beside_it_does_not_call_it_taken(scene: Scene, squatter: User) -> None:
    scene.world.clock.advance(days=7)

    assert list(_register(scene.world, email=EMAIL, surname="").json) == ["surname"]


def test_changing_contacts_does_not_prolong_a_claim(scene: Scene, squatter: User) -> None:
    world, path = scene.world, f"/users/user/{squatter.id}/"
    world.clock.advance(days=6)
    asker(world, squatter).patch(path, {"email": "x@example.com", **OLD})
    asker(world, squatter).patch(path, {"email": EMAIL, **OLD})
    world.clock.advance(days=1)

    assert _register(world, email=EMAIL).status == 201


def test_an_account_that_was_confirmed_loses_the_contact_and_nothing_else(scene: Scene) -> None:
    world, founder = scene.world, scene.creator
    path = f"/users/user/{founder.id}/"
    asker(world, founder).patch(path, {"email": EMAIL, **OLD})
    world.clock.advance(days=7, seconds=-1)
    assert _register(world, email=EMAIL).status == 400
    me = asker(world, founder)
    world.clock.advance(seconds=1)

    assert _register(world, email=EMAIL).status == 201

    shown = me.get(path).json
    assert (shown["surname"], shown["email"], shown["phone"]) == (founder.surname, None, None)
    assert _sign_in(world, PASSWORD, email=EMAIL) == 401
    assert me.patch(path, {"email": "found@example.com", **OLD}).status == 200
    assert _sign_in(world, PASSWORD, email="found@example.com") == 200


def _meanwhile(world: World, change: Callable[[], object]) -> None:
    """Let something happen between what the next request reads and what it writes."""

    def once(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", once)
        change()

    events = world.events
    events.register("before-call.dynamodb.TransactWriteItems", once)


def test_who_confirms_at_the_same_time_keeps_it(scene: Scene, squatter: User) -> None:
    scene.world.clock.advance(days=7)
    confirm: dict[str, Any] = {"confirmed_email": True}
    _meanwhile(scene.world, lambda: rewrite(scene.world.runtime, squatter, **confirm))

    assert _register(scene.world, email=EMAIL).json == TAKEN
    assert _stored(scene, squatter).email == EMAIL


def test_of_two_who_register_at_the_same_time_one_gets_it(scene: Scene, squatter: User) -> None:
    scene.world.clock.advance(days=7)
    faster = []
    _meanwhile(scene.world, lambda: faster.append(_register(scene.world, email=EMAIL).status))

    assert (_register(scene.world, email=EMAIL).json, faster) == (TAKEN, [201])


def test_taking_over_keeps_the_budget_of_calls(scene: Scene, squatter: User) -> None:
    _register(scene.world, email="first@example.com")  # reserves a block of ids
    scene.world.clock.advance(days=7)

    with scene.world.count_calls() as counter:
        assert _register(scene.world, email=EMAIL, phone=PHONE).status == 201

    assert counter.calls == ["BatchGetItem", "BatchGetItem", "TransactWriteItems"]
