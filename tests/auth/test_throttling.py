"""What counts against guessing and asking, whom it makes wait, and that it tells nothing (decision 0034)."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import pbkdf2_hmac

import pytest

from chalicelib.accounts.model import User
from chalicelib.auth.model import CUSTOMER_AUDIENCE, STAFF_AUDIENCE
from chalicelib.shop.customers import store as customers
from chalicelib.table import keys
from chalicelib.table.items import FailedAttemptsItem
from chalicelib.table.keys import Key
from tests.engines.faults import FOREVER, LostAfter, TransactionConflict, inject
from tests.support.failed_attempts import counts, wrong_from_this_address
from tests.support.hash_rounds import counted_rounds
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.staff import PASSWORD, rewrite
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


def _fail_meanwhile(world: World, key: Key, failures: int) -> None:
    """Have others fail so often just before the next request commits."""

    def fail(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", fail)
        now = world.runtime.epoch()
        FailedAttemptsItem(*key, failures=failures, last_failure_at=now, expires_at=now + 60).save()

    events = world.events
    events.register("before-call.dynamodb.TransactWriteItems", fail)


@pytest.mark.parametrize("already", [4, 5, 40, 299, 300, 320])
@pytest.mark.parametrize("limit", ["account and network", "network", "account"])
def test_a_right_guess_among_many_at_the_same_time_is_answered_as_a_wrong_one(
    scene: Scene, already: int, limit: str
) -> None:
    world, user = scene.world, scene.staff.user()
    key = {
        "account and network": keys.failed_attempts_from("127.0.0.1", "password", "staff", str(user.id)),
        "account": keys.failed_attempts_of_account("password", "staff", str(user.id)),
        "network": keys.failed_attempts_of_network("127.0.0.1", world.runtime.epoch() // 3600),
    }[limit]
    free = {"account and network": 5, "network": 300, "account": 50}[limit]
    seen = []
    for password in ("wrong", PASSWORD):
        _fail_meanwhile(world, key, already)
        answer = _sign_in(world, user.email, password)
        seen.append((answer.status, answer.text if answer.status == 429 else "", answer.headers))
        FailedAttemptsItem(*key).delete()

    (wrong, _, _), (right, _, _) = seen
    if already < free:
        assert (wrong, right) == (401, 200)
    else:
        assert seen[0] == seen[1]
        assert (wrong, right) == (429, 429)


def test_a_guess_that_comes_too_late_begins_no_session_and_is_not_counted(scene: Scene) -> None:
    world, user = scene.world, scene.staff.user()
    key = keys.failed_attempts_from("127.0.0.1", "password", "staff", str(user.id))
    for password in ("wrong", PASSWORD):
        _fail_meanwhile(world, key, 5)
        assert _sign_in(world, user.email, password).status == 429

    assert not [sort for partition, sort in world.items() if partition.startswith("SESSIONS")]
    assert counts(world) == {key: 5}


def test_wrong_tries_are_counted_where_their_transactions_are_in_each_other_s_way(scene: Scene) -> None:
    world = scene.world

    with inject(world.events, TransactionConflict("TransactWriteItems", times=FOREVER)):
        wrong = _sign_in(world, scene.creator.email, "wrong")
        right = _sign_in(world, scene.creator.email, PASSWORD)

    assert (wrong.status, wrong.text, wrong.headers) == (right.status, right.text, right.headers)
    assert wrong.status == 503
    assert list(counts(world).values()) == [1, 1, 1]


def test_a_wrong_try_counts_though_no_answer_to_its_count_arrives(scene: Scene) -> None:
    world = scene.world

    with inject(world.events, LostAfter("TransactWriteItems", times=FOREVER)):
        assert _sign_in(world, scene.creator.email, "wrong").status == 503

    assert min(counts(world).values()) >= 1


def test_an_account_waits_in_the_network_of_who_failed_and_hardly_elsewhere(scene: Scene) -> None:
    world, user = scene.world, scene.staff.user()
    for _ in range(49):
        refused = _sign_in(world, user.email, "wrong")
        if refused.status == 429:
            world.clock.advance(seconds=int(refused.headers["retry-after"]))

    assert int(_sign_in(world, user.email, PASSWORD).headers["retry-after"]) == 3600
    assert _sign_in(world.seen_from("203.0.113.7"), user.email, PASSWORD).status == 200


def _fail_everywhere(world: World, email: object, networks: int) -> None:
    """Fail once from each of so many networks."""
    for number in range(networks):
        assert _sign_in(world.seen_from(f"198.51.100.{number}"), email, "wrong").status == 401


def test_wrong_tries_from_anywhere_together_wait_from_the_fiftieth_on_a_minute_at_most(scene: Scene) -> None:
    world, user = scene.world, scene.staff.user()
    _fail_everywhere(world, user.email, 50)

    waits = []
    for number in range(9):
        elsewhere = world.seen_from(f"203.0.113.{number}")
        refused = _sign_in(elsewhere, user.email, PASSWORD)
        waits.append(int(refused.headers["retry-after"]))
        world.clock.advance(seconds=waits[-1])
        assert _sign_in(elsewhere, user.email, "wrong").status == 401

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_whoever_signed_in_from_a_network_before_is_not_kept_out_by_wrong_tries_from_others(
    scene: Scene,
) -> None:
    world, user = scene.world, scene.staff.user()
    home, elsewhere = world.seen_from("192.0.2.1"), world.seen_from("192.0.2.2")
    assert _sign_in(home, user.email, PASSWORD).status == 200
    _fail_everywhere(world, user.email, 50)

    assert _sign_in(elsewhere, user.email, PASSWORD).status == 429
    assert _sign_in(home, user.email, "wrong").status == 401
    assert _sign_in(home, user.email, PASSWORD).status == 200
    assert _sign_in(elsewhere, user.email, PASSWORD).status == 200


def test_a_network_is_not_known_any_more_after_a_month(scene: Scene) -> None:
    world, user = scene.world, scene.staff.user()
    home = world.seen_from("192.0.2.1")
    assert _sign_in(home, user.email, PASSWORD).status == 200
    world.clock.advance(days=30)
    assert _sign_in(home, user.email, "wrong").status == 401
    _fail_everywhere(world, user.email, 49)

    assert _sign_in(home, user.email, PASSWORD).status == 429


@pytest.mark.parametrize("known", [True, False])
def test_a_row_of_wrong_tries_is_forgotten_after_a_month(scene: Scene, known: bool) -> None:
    world = scene.world
    email = scene.staff.user().email if known else "nobody@example.com"
    _statuses(5, lambda: _sign_in(world, email, "wrong"))
    world.clock.advance(days=30)

    assert _statuses(6, lambda: _sign_in(world, email, "wrong")) == [401] * 5 + [429]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("2001:db8::1%eth0", "2001:DB8:0:0:1::", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
def test_a_network_is_an_ipv4_address_or_the_64_bits_of_an_ipv6_subscriber(
    scene: Scene, one: str, other: str, together: bool
) -> None:
    world, email = scene.world, scene.staff.user().email
    _statuses(5, lambda: _sign_in(world.seen_from(one), email, "wrong"))

    assert _sign_in(world.seen_from(other), email, PASSWORD).status == (429 if together else 200)


def _with_a_hash_of(rounds: int, scene: Scene) -> User:
    digest = b64encode(pbkdf2_hmac("sha256", PASSWORD.encode(), b"salt", rounds)).decode()
    user = scene.staff.user()
    return rewrite(scene.world.runtime, user, password_hash=f"pbkdf2_sha256${rounds}$salt${digest}")


@pytest.mark.parametrize("rounds", [1, 500, 1_000])
def test_an_account_and_none_take_the_same_rounds_of_hashing_and_the_same_calls(
    scene: Scene, rounds: int
) -> None:
    world, user = scene.world, _with_a_hash_of(rounds, scene)
    made = []
    for email in (user.email, "nobody@example.com"):
        with counted_rounds() as counted, world.count_calls() as counter:
            assert _sign_in(world, email, "wrong").status == 401
        made.append((sum(counted), counter.calls))

    assert made[0] == made[1]
    assert made[0][0] == 1_000


@pytest.mark.parametrize("rounds", [1, 500, 1_000])
def test_a_right_guess_that_comes_too_late_takes_the_rounds_and_the_calls_of_a_wrong_one(
    scene: Scene, rounds: int
) -> None:
    world, user = scene.world, _with_a_hash_of(rounds, scene)
    key = keys.failed_attempts_from("127.0.0.1", "password", "staff", str(user.id))
    made = []
    for password in ("wrong", PASSWORD):
        _fail_meanwhile(world, key, 5)
        with counted_rounds() as counted, world.count_calls() as counter:
            assert _sign_in(world, user.email, password).status == 429
        made.append((sum(counted), counter.calls))
        FailedAttemptsItem(*key).delete()

    assert made[0] == made[1]


def test_an_address_waits_from_its_three_hundredth_wrong_try_in_an_hour(scene: Scene) -> None:
    world = scene.world
    wrong_from_this_address(world, 299)
    assert _sign_in(world, scene.creator.email, "wrong").status == 401

    refused = _sign_in(world, scene.executor.email, PASSWORD)

    assert (refused.status, refused.headers["retry-after"]) == (429, "1")
    world.clock.advance(seconds=1)
    assert _sign_in(world, scene.executor.email, PASSWORD).status == 200
    world.clock.advance(hours=1)
    assert _statuses(3, lambda: _sign_in(world, scene.creator.email, "wrong")) == [401] * 3


def test_the_wait_of_an_address_goes_on_into_the_next_hour(scene: Scene) -> None:
    world = scene.world
    wrong_from_this_address(world, 320)

    world.clock.advance(minutes=59)
    assert _sign_in(world, scene.creator.email, PASSWORD).headers["retry-after"] == "60"
    world.clock.advance(minutes=1)
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200


def test_refresh_tokens_that_are_used_up_make_nobody_wait_but_their_own_session(scene: Scene) -> None:
    world = scene.world
    old, good = (world.token(scene.creator.id, refresh=True) for _ in range(2))
    assert world.call("POST", REFRESH, {"refresh": old}).status == 200
    assert _statuses(5, lambda: world.call("POST", REFRESH, {"refresh": old})) == [401] * 5

    waiting = world.call("POST", REFRESH, {"refresh": old})

    assert (waiting.status, waiting.headers["retry-after"]) == (429, "1")
    assert world.call("POST", REFRESH, {"refresh": good}).status == 200
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200


def test_what_is_no_token_makes_nobody_wait_who_has_one_or_signs_in(scene: Scene) -> None:
    world = scene.world
    key = keys.failed_refreshes_of_network("127.0.0.1", world.runtime.epoch() // 3600)
    assert world.call("POST", REFRESH, {"refresh": "no token"}).status == 401
    FailedAttemptsItem(*key).update([FailedAttemptsItem.failures.set(300)])

    assert world.call("POST", REFRESH, {"refresh": "no token"}).status == 429
    token = {"refresh": world.token(scene.creator.id, refresh=True)}
    assert world.call("POST", REFRESH, token).status == 200
    assert _sign_in(world, scene.creator.email, PASSWORD).status == 200
    assert counts(world)[key] == 300


@pytest.mark.parametrize("audience", [STAFF_AUDIENCE, CUSTOMER_AUDIENCE])
def test_a_good_refresh_token_does_not_wait_for_the_network_and_makes_nobody_wait(
    scene: Scene, audience: str
) -> None:
    world, customer = scene.world, Shop(scene.world, scene.staff).customer()
    owner, target = (
        (scene.creator.id, REFRESH) if audience == STAFF_AUDIENCE else (customer.uuid, "/api/token/refresh")
    )
    token, other = (world.tokens(owner, audience=audience).refresh for _ in range(2))
    wrong_from_this_address(world, 320)
    before = counts(world)

    first = world.call("POST", target, {"refresh": token})
    dead = [world.call("POST", target, {"refresh": token}).status for _ in range(6)]

    assert first.status == 200
    assert dead == [401 if audience == STAFF_AUDIENCE else 403] * 5 + [429]
    assert world.call("POST", target, {"refresh": other}).status == 200
    (session,) = counts(world).keys() - before.keys()
    assert counts(world) == before | {session: 5}


@pytest.mark.parametrize("rounds", [1, 500, 1_000])
def test_a_customer_and_none_take_the_same_rounds_of_hashing(scene: Scene, rounds: int) -> None:
    digest = b64encode(pbkdf2_hmac("sha256", PASSWORD.encode(), b"salt", rounds)).decode()
    customer = Shop(scene.world, scene.staff).customer()
    weak = replace(customer, password_hash=f"pbkdf2_sha256${rounds}$salt${digest}")
    customers.item_of(weak).save()
    made = []
    for username in (customer.username, "nobody"):
        with counted_rounds() as counted:
            body = {"username": username, "password": "wrong"}
            assert scene.world.call("POST", "/api/login", body).status == 404
        made.append(sum(counted))

    assert made == [1_000, 1_000]


def test_nothing_that_was_typed_is_kept_with_what_counts(scene: Scene) -> None:
    _sign_in(scene.world, "my secret password, typed in the wrong place", "wrong")

    assert "secret" not in repr(scene.world.items())
