"""Strangers who fail on purpose, so that somebody else can't sign in."""

import pytest

from tests.races.together import together
from tests.support.scene import Scene
from tests.support.shop import PASSWORD as CUSTOMERS_PASSWORD
from tests.support.shop import Shop
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

pytestmark = [pytest.mark.engine, pytest.mark.attacks]

STRANGER, HOME, ELSEWHERE = "198.51.100.1", "192.0.2.1", "192.0.2.2"


def _sign_in(world: World, email: str | None, password: str) -> Answer:
    return world.call("POST", "/users/auth/token/", {"email": email, "password": password})


def _fail(world: World, email: str | None, addresses: list[str]) -> None:
    together([lambda one=one: _sign_in(world.seen_from(one), email, "wrong") for one in addresses])


def test_who_is_attacked_from_one_network_signs_in_from_every_other(scene: Scene) -> None:
    world, email = scene.world, scene.staff.user().email
    for _ in range(3):
        _fail(world, email, [STRANGER] * 40)

        assert _sign_in(world.seen_from(ELSEWHERE), email, PASSWORD).status == 200
        assert _sign_in(world.seen_from(STRANGER), email, PASSWORD).status == 429
        world.clock.advance(seconds=1)


def test_who_signed_in_from_a_network_before_signs_in_there_while_everybody_else_attacks(
    scene: Scene,
) -> None:
    world, email = scene.world, scene.staff.user().email
    home = world.seen_from(HOME)
    assert _sign_in(home, email, PASSWORD).status == 200
    _fail(world, email, [f"198.51.100.{number}" for number in range(60)])
    attacks = [
        lambda number=number: _sign_in(world.seen_from(f"203.0.113.{number}"), email, "wrong")
        for number in range(30)
    ]

    answers = together([*attacks, lambda: _sign_in(home, email, PASSWORD)])

    assert answers[-1].status == 200


def test_who_comes_from_a_new_network_while_many_attack_waits_a_minute_at_most(scene: Scene) -> None:
    world, email = scene.world, scene.staff.user().email
    for block in range(5):
        _fail(world, email, [f"198.51.{block}.{number}" for number in range(30)])
        world.clock.advance(minutes=1)
    _fail(world, email, ["203.0.113.1"])

    refused = _sign_in(world.seen_from(ELSEWHERE), email, PASSWORD)

    assert refused.status == 429
    assert int(refused.headers["retry-after"]) <= 60
    world.clock.advance(seconds=int(refused.headers["retry-after"]))
    assert _sign_in(world.seen_from(ELSEWHERE), email, PASSWORD).status == 200


def test_a_customer_is_not_shut_out_either(shop: Shop) -> None:
    world, username = shop.world, shop.customer().username

    def log_in(address: str, password: str) -> int:
        body = {"username": username, "password": password}
        return world.seen_from(address).call("POST", "/api/login", body).status

    together([lambda: log_in(STRANGER, "wrong")] * 40)

    assert (log_in(ELSEWHERE, CUSTOMERS_PASSWORD), log_in(STRANGER, CUSTOMERS_PASSWORD)) == (200, 429)


def test_dead_refresh_tokens_and_what_is_none_shut_nobody_out(scene: Scene) -> None:
    world, target = scene.world, "/users/auth/token/refresh/"
    dead, living = (world.token(scene.creator.id, refresh=True) for _ in range(2))
    assert world.call("POST", target, {"refresh": dead}).status == 200

    together([lambda: world.call("POST", target, {"refresh": dead})] * 20)
    together([lambda: world.call("POST", target, {"refresh": "none"})] * 20)

    assert world.call("POST", target, {"refresh": living}).status == 200
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200
