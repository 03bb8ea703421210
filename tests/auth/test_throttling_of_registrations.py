"""Registrations, and answers that tell that a contact is taken, count against the network (decision 0034)."""

from collections.abc import Callable

import pytest

from tests.support.asking import asker
from tests.support.failed_attempts import counts, wrong_from_this_address
from tests.support.hash_rounds import counted_rounds
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World


def _register(world: World, number: int, **fields: object) -> Answer:
    body = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": PASSWORD}
    contact = {"email": f"new{number}@example.com"}
    return world.call("POST", "/users/auth/registration/", {**body, **contact, **fields})


def _register_customer(world: World, number: int, **fields: object) -> Answer:
    contact = {"username": f"new{number}", "email": f"new{number}@example.com"}
    return world.call("POST", "/api/register", {**contact, "password": PASSWORD, **fields})


@pytest.mark.parametrize("register", [_register, _register_customer])
def test_registrations_count_against_the_network(scene: Scene, register: Callable[..., Answer]) -> None:
    world = scene.world
    wrong_from_this_address(world, 298)
    assert [register(world, number).status for number in range(2)] == [201, 201]

    with counted_rounds() as rounds:
        refused = register(world, 3)

    assert (refused.status, refused.headers["retry-after"]) == (429, "1")
    assert rounds == []
    assert register(world.seen_from("203.0.113.7"), 3).status == 201


@pytest.mark.parametrize("more", [{}, {"password": "x"}])
def test_what_tells_that_a_contact_is_taken_counts_and_hashes_nothing(
    scene: Scene, more: dict[str, str]
) -> None:
    world, user = scene.world, scene.staff.user(phone="+79130000044")
    mine = scene.staff.user()
    me = asker(world, mine)
    asked = [
        lambda: _register(world, 1, email=user.email, **more),
        lambda: _register(world, 2, phone=user.phone, **more),
        lambda: _register(world, 3, email="nobody@example.com", surname=""),
        lambda: me.patch(f"/users/user/{mine.id}/", {"email": user.email, "surname": ""}),
    ]

    with counted_rounds() as rounds:
        answers = [ask() for ask in asked]

    assert [answer.status for answer in answers] == [400] * 4
    assert rounds == []
    assert list(counts(world).values()) == [4]


def test_taken_usernames_and_emails_count_in_the_shop_as_well(world: World) -> None:
    shop = Shop(world)
    other, me = shop.customer(), shop.shopper()
    own = {"username": me.customer.username, "email": me.customer.email}
    asked = [
        lambda: _register_customer(world, 1, username=other.username),
        lambda: _register_customer(world, 2, email=other.email),
        lambda: _register_customer(world, 3, username=other.username, password="x"),
        lambda: _register_customer(world, 4, username="nobody", password="x"),
        lambda: me.call("PUT", f"/api/profile/{me.uuid}", {**own, "username": other.username}),
        lambda: me.call("PUT", f"/api/profile/{me.uuid}", {**own, "email": other.email}),
        lambda: me.call("PUT", f"/api/profile/{me.uuid}", {"username": other.username}),
    ]

    with counted_rounds() as rounds:
        answers = [ask() for ask in asked]

    assert [answer.status for answer in answers] == [400, 409, 400, 400, 400, 409, 400]
    assert rounds == []
    assert list(counts(world).values()) == [7]
    wrong_from_this_address(world, 300)
    assert me.call("PUT", f"/api/profile/{me.uuid}", {**own, "email": "new@shop.example"}).status == 429
    assert (
        me.call("PUT", f"/api/profile/{me.uuid}", {**own, "username": own["username"].upper()}).status == 200
    )
