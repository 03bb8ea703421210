"""`POST /api/login` makes wrong tries wait, in the same way for customers that are not there."""

import pytest

from tests.support.shop import PASSWORD, Shop
from tests.support.world import Answer, World

MISMATCH = {"code": 3001, "message": "user or password not match."}


def log_in(world: World, username: str, password: str) -> Answer:
    return world.call("POST", "/api/login", {"username": username, "password": password})


@pytest.mark.parametrize("known", [True, False])
def test_the_wait_begins_with_the_fifth_wrong_try_in_a_row(world: World, known: bool) -> None:
    username = Shop(world).customer().username if known else "nobody"
    for _ in range(5):
        assert log_in(world, username.upper(), "wrong").json == MISMATCH

    refused = log_in(world, username, PASSWORD)

    assert (refused.status, refused.headers["retry-after"]) == (429, "1")
    assert refused.json == {"message": "Request was throttled. Expected available in 1 second."}


def test_a_right_password_after_the_wait_ends_the_row(world: World) -> None:
    username = Shop(world).customer().username
    for _ in range(5):
        log_in(world, username, "wrong")
    world.clock.advance(seconds=1)

    assert log_in(world, username, PASSWORD).status == 200
    assert [log_in(world, username, "wrong").status for _ in range(6)] == [404] * 5 + [429]


def test_a_customer_who_is_not_there_costs_the_same_calls(world: World) -> None:
    seen = []
    for username in (Shop(world).customer().username, "nobody"):
        with world.count_calls() as counter:
            log_in(world, username, "wrong")
        seen.append(counter.calls)

    assert seen[0] == seen[1]


def test_wrong_refresh_tokens_from_one_address_wait_as_well(world: World) -> None:
    wrong = {"refresh": "no.token.at-all"}
    tries = world.runtime.settings.address_tries
    refused = [world.call("POST", "/api/token/refresh", wrong).status for _ in range(tries)]

    waiting = world.call("POST", "/api/token/refresh", wrong)

    assert set(refused) == {403}
    assert (waiting.status, waiting.headers["retry-after"]) == (429, "1")
    assert waiting.json == {"message": "Request was throttled. Expected available in 1 second."}
