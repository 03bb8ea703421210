"""Sign-in and refresh make wrong tries wait: per account, per address, in the same way for accounts
that are not there.
"""

from collections.abc import Callable

import pytest

from chalicelib.table import keys
from chalicelib.table.items import FailedAttemptsItem
from tests.engines.faults import FOREVER, LostAfter, TransactionConflict, inject
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

SIGN_IN, REFRESH = "/users/auth/token/", "/users/auth/token/refresh/"


def _sign_in(world: World, email: object, password: str) -> Answer:
    return world.call("POST", SIGN_IN, {"email": email, "password": password})


def _statuses(times: int, call: Callable[[], Answer]) -> list[int]:
    return [call().status for _ in range(times)]


@pytest.mark.parametrize("known", [True, False])
def test_the_wait_begins_with_the_fifth_wrong_try_and_doubles_to_an_hour(scene: Scene, known: bool) -> None:
    world = scene.world
    email = scene.staff.user().email if known else "nobody@example.com"
    assert _statuses(5, lambda: _sign_in(world, email, "wrong")) == [401] * 5

    waits = []
    for _ in range(14):
        refused = _sign_in(world, email, "wrong")
        assert refused.status == 429
        waits.append(int(refused.headers["retry-after"]))
        world.clock.advance(seconds=waits[-1] - 1)
        assert _sign_in(world, email, "wrong").status == 429
        world.clock.advance(seconds=1)
        assert _sign_in(world, email, "wrong").status == 401

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]


def test_a_right_password_is_refused_during_the_wait_and_ends_the_row_after_it(scene: Scene) -> None:
    world, email = scene.world, scene.staff.user().email
    _statuses(5, lambda: _sign_in(world, email, "wrong"))

    refused = _sign_in(world, email, PASSWORD)

    assert (refused.status, refused.json) == (
        429,
        {"detail": "Request was throttled. Expected available in 1 second."},
    )
    world.clock.advance(seconds=1)
    assert _sign_in(world, email, PASSWORD).status == 200
    assert _statuses(5, lambda: _sign_in(world, email, "wrong")) == [401] * 5
    assert _sign_in(world, email, "wrong").status == 429


def test_email_and_phone_are_one_account_and_others_are_not_concerned(scene: Scene) -> None:
    world, user = scene.world, scene.staff.user(phone="+79130000044")
    _statuses(3, lambda: _sign_in(world, str(user.email).upper(), "wrong"))
    by_phone = {"phone": user.phone, "password": "wrong"}
    _statuses(2, lambda: world.call("POST", SIGN_IN, by_phone))

    assert world.call("POST", SIGN_IN, {**by_phone, "password": PASSWORD}).status == 429
    assert _sign_in(world, user.email, PASSWORD).status == 429
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200


@pytest.mark.parametrize("tries", [0, 1, 5])
def test_an_account_that_is_not_there_costs_the_same_calls_and_gets_the_same_answer(
    scene: Scene, tries: int
) -> None:
    world, user = scene.world, scene.staff.user()
    seen = []
    for email in (user.email, "nobody@example.com"):
        _statuses(tries, lambda email=email: _sign_in(world, email, "wrong"))  # type: ignore[misc]
        with world.count_calls() as counter:
            answer = _sign_in(world, email, "wrong")
        seen.append((answer.status, answer.text, answer.headers, counter.calls))

    assert seen[0] == seen[1]


def test_a_right_guess_among_many_at_the_same_time_does_not_get_through(scene: Scene) -> None:
    world, user = scene.world, scene.staff.user()
    key = keys.failed_attempts_of_account("sign-in", "staff", str(user.id))

    def fail_meanwhile(**_: object) -> None:
        item = FailedAttemptsItem(
            *key, failures=40, last_failure_at=world.runtime.epoch(), expires_at=world.runtime.epoch() + 60
        )
        events.unregister("before-call.dynamodb.TransactWriteItems", fail_meanwhile)
        item.save()

    events = world.client.meta.events
    events.register("before-call.dynamodb.TransactWriteItems", fail_meanwhile)

    assert _sign_in(world, user.email, PASSWORD).status == 429
    assert not [sort for partition, sort in world.items() if partition.startswith("SESSIONS")]


def _counts(world: World) -> list[int]:
    return [
        int(item["failures"]["N"]) for (pk, _), item in world.items().items() if pk.startswith("FAILURES")
    ]


def test_wrong_tries_are_counted_though_their_transactions_conflict(scene: Scene) -> None:
    world = scene.world

    with inject(world.client, TransactionConflict("TransactWriteItems", times=FOREVER)):
        assert _sign_in(world, scene.creator.email, "wrong").status == 401

    assert _counts(world) == [1, 1]


def test_a_wrong_try_is_refused_though_no_answer_to_its_count_arrives(scene: Scene) -> None:
    world = scene.world

    with inject(world.client, LostAfter("TransactWriteItems", times=FOREVER)):
        assert _sign_in(world, scene.creator.email, "wrong").status == 401

    assert min(_counts(world)) >= 1


def _wrong_from_this_address(world: World, count: int) -> None:
    address, _ = keys.failed_attempts_of_address("127.0.0.1", world.runtime.epoch() // 3600), None
    now = world.runtime.epoch()
    FailedAttemptsItem(*address, failures=count, last_failure_at=now, expires_at=now + 7200).save()


def test_an_address_waits_from_its_three_hundredth_wrong_try_in_an_hour(scene: Scene) -> None:
    world = scene.world
    _wrong_from_this_address(world, 299)
    assert _sign_in(world, scene.creator.email, "wrong").status == 401

    refused = _sign_in(world, scene.executor.email, PASSWORD)

    assert (refused.status, refused.headers["retry-after"]) == (429, "1")
    token = {"refresh": world.token(scene.creator.id, refresh=True)}
    assert world.call("POST", REFRESH, token).status == 429
    world.clock.advance(seconds=1)
    assert _sign_in(world, scene.executor.email, PASSWORD).status == 200
    world.clock.advance(hours=1)
    assert _statuses(3, lambda: _sign_in(world, scene.creator.email, "wrong")) == [401] * 3


def test_the_wait_of_an_address_goes_on_into_the_next_hour(scene: Scene) -> None:
    world = scene.world
    _wrong_from_this_address(world, 320)

    world.clock.advance(minutes=59)
    assert _sign_in(world, scene.creator.email, PASSWORD).headers["retry-after"] == "60"
    world.clock.advance(minutes=1)
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200


def test_refresh_tokens_that_are_used_up_make_the_account_wait(scene: Scene) -> None:
    world = scene.world
    old = world.token(scene.creator.id, refresh=True)
    assert world.call("POST", REFRESH, {"refresh": old}).status == 200
    assert _statuses(5, lambda: world.call("POST", REFRESH, {"refresh": old})) == [401] * 5

    good = world.token(scene.creator.id, refresh=True)

    assert world.call("POST", REFRESH, {"refresh": good}).status == 429
    world.clock.advance(seconds=1)
    assert world.call("POST", REFRESH, {"refresh": good}).status == 200
    assert _statuses(4, lambda: world.call("POST", REFRESH, {"refresh": old})) == [401] * 4
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200


def test_what_is_no_token_counts_for_the_address_alone(scene: Scene) -> None:
    world = scene.world
    assert _statuses(6, lambda: world.call("POST", REFRESH, {"refresh": "no token"})) == [401] * 6

    (address,) = [item for (partition, _), item in world.items().items() if partition.startswith("FAILURES")]

    assert (address["pk"]["S"], address["failures"]["N"]) == ("FAILURES#ADDRESS#127.0.0.1", "6")
