"""`POST /users/auth/token/`, `…/token/refresh/`, `…/logout/`."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth.model import CUSTOMER_AUDIENCE, STAFF_AUDIENCE
from tests.engines.engine import Engine
from tests.support.forgery import claims_of
from tests.support.shop import Shop
from tests.support.staff import PASSWORD, Staff, rewrite
from tests.support.world import Answer, World

REFUSED = {"detail": "No active account found with the given credentials"}
INVALID = "token_not_valid"


def sign_in(world: World, **body: Any) -> Answer:
    return world.call("POST", "/users/auth/token/", body)


def refresh(world: World, token: Any) -> Answer:
    return world.call("POST", "/users/auth/token/refresh/", {"refresh": token})


def works(world: World, access: str) -> bool:
    return world.call("GET", "/organizations/organization-lc/", token=access).status == 200


@pytest.fixture
def user(world: World) -> User:
    return Staff(world.runtime).user(phone="+79137779135")


def test_answers_refresh_access_and_the_access_tokens_lifetime_in_seconds(world: World, user: User) -> None:
    answer = sign_in(world, email=user.email, password=PASSWORD)

    assert (answer.status, list(answer.json)) == (200, ["refresh", "access", "expired_at"])
    assert answer.json["expired_at"] == 900
    assert works(world, answer.json["access"])


def test_the_access_token_carries_the_documents_claims(world: World, user: User) -> None:
    claims = claims_of(sign_in(world, email=user.email, password=PASSWORD).json["access"])

    assert claims["token_type"] == "access"
    assert claims["exp"] == world.runtime.epoch() + 900
    assert claims["user_id"] == user.id
    assert len(claims["jti"]) == 32


def test_an_email_in_other_case_and_a_phone_work_as_well(world: World, user: User) -> None:
    assert sign_in(world, email=(user.email or "").upper(), password=PASSWORD).status == 200
    assert sign_in(world, phone=user.phone, password=PASSWORD).status == 200


def test_a_wrong_password_and_an_unknown_account_are_answered_alike_and_cost_the_same_calls(
    world: World, user: User
) -> None:
    with world.count_calls() as wrong:
        first = sign_in(world, email=user.email, password="wrong")
    with world.count_calls() as unknown:
        second = sign_in(world, email="nobody@example.com", password="wrong")

    assert (first.status, first.json) == (second.status, second.json) == (401, REFUSED)
    assert wrong.calls == unknown.calls


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        ({}, 400, {"detail": "Valid phone number or email not provided"}),
        ({"email": "x@example.com"}, 400, {"password": ["This field is required."]}),
        (
            {"email": 1, "password": []},
            400,
            {"email": ["Not a valid string."], "password": ["Not a valid string."]},
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    world: World, body: dict[str, Any], status: int, answer: dict[str, Any]
) -> None:
    found = sign_in(world, **body)

    assert (found.status, found.json) == (status, answer)


def test_a_closed_account_can_not_sign_in(world: World, user: User) -> None:
    rewrite(world.runtime, user, closed=True)

    assert sign_in(world, email=user.email, password=PASSWORD).json == REFUSED


@pytest.fixture
def strict_world(engine: Engine) -> Iterator[World]:
    """A world whose new hashes have more iterations than the one that `old_user` came with."""
    with World(engine, iterations=2_000) as world:
        yield world


@pytest.fixture
def old_user(strict_world: World) -> User:
    user = Staff(strict_world.runtime).user()
    digest = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"saltsalt", 1_500)
    django = f"pbkdf2_sha256$1500$saltsalt${base64.b64encode(digest).decode()}"
    return rewrite(strict_world.runtime, user, password_hash=django)


@pytest.mark.parametrize("typed", ["+7 (913) 777-91-35", " +7.913.777.91.35 ", "+79137779135"])
def test_a_phone_works_as_it_may_be_typed_at_registration(world: World, user: User, typed: str) -> None:
    assert sign_in(world, phone=typed, password=PASSWORD).status == 200


@pytest.mark.parametrize("typed", ["()", "79137779135", "+7913777913", "no phone"])
def test_what_is_no_phone_signs_nobody_in(world: World, user: User, typed: str) -> None:
    assert sign_in(world, phone=typed, password=PASSWORD).json == REFUSED


def _stored(world: World, user: User) -> User:
    stored = users.find(user.id, world.runtime)
    assert stored is not None
    return stored


def test_a_hash_with_fewer_iterations_is_replaced_at_sign_in(strict_world: World, old_user: User) -> None:
    assert sign_in(strict_world, email=old_user.email, password="wrong").status == 401
    assert _stored(strict_world, old_user) == old_user
    assert sign_in(strict_world, email=old_user.email, password=PASSWORD).status == 200

    assert _stored(strict_world, old_user).password_hash.startswith("pbkdf2_sha256$2000$")
    assert sign_in(strict_world, email=old_user.email, password=PASSWORD).status == 200


def test_a_change_at_the_moment_of_sign_in_is_kept_and_the_hash_replaced_at_the_next(
    strict_world: World, old_user: User
) -> None:
    def change_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", change_meanwhile)
        rewrite(strict_world.runtime, old_user, surname="Changed")

    events = strict_world.events
    events.register("before-call.dynamodb.TransactWriteItems", change_meanwhile)

    signed_in = sign_in(strict_world, email=old_user.email, password=PASSWORD)

    assert (signed_in.status, works(strict_world, signed_in.json["access"])) == (200, True)
    changed = replace(old_user, surname="Changed", version=old_user.version + 1)
    assert _stored(strict_world, old_user) == changed
    assert sign_in(strict_world, email=old_user.email, password=PASSWORD).status == 200
    stored = _stored(strict_world, old_user)
    assert stored == replace(changed, password_hash=stored.password_hash, version=old_user.version + 2)
    assert stored.password_hash.startswith("pbkdf2_sha256$2000$")


def test_a_refresh_gives_a_new_pair_and_the_old_access_token_stays_good(world: World, user: User) -> None:
    first = sign_in(world, email=user.email, password=PASSWORD).json

    second = refresh(world, first["refresh"])

    assert (second.status, list(second.json)) == (200, ["refresh", "access", "expired_at"])
    assert second.json["refresh"] != first["refresh"]
    assert works(world, second.json["access"])
    assert works(world, first["access"])


@pytest.mark.parametrize("login", [True, False])
def test_a_session_ends_after_ninety_days_however_often_it_is_refreshed(world: World, login: bool) -> None:
    owner = Shop(world).customer().uuid if login else Staff(world.runtime).user().id
    target = "/api/token/refresh" if login else "/users/auth/token/refresh/"
    pair = world.tokens(owner, audience=CUSTOMER_AUDIENCE if login else STAFF_AUDIENCE)
    refused, token = 403 if login else 401, pair.refresh

    def refreshed() -> Answer:
        return world.call("POST", target, {"refresh": token})

    for _ in range(8):
        world.clock.advance(days=11)
        token = refreshed().json["refresh"]
    world.clock.advance(days=2, seconds=-1)
    last = refreshed()
    token, access = last.json["refresh"], last.json["access"]
    read = ("GET", "/api/profile" if login else "/organizations/organization-lc/")

    assert world.call(*read, token=access).status == 200
    world.clock.advance(seconds=1)
    assert (refreshed().status, world.call(*read, token=access).status) == (refused, 403)


def test_a_session_that_may_be_short_ends_before_it_was_ever_refreshed(engine: Engine) -> None:
    with World(engine, session_seconds=60) as world:
        token = world.token(Staff(world.runtime).user().id)
        world.clock.advance(seconds=59)
        assert works(world, token)
        world.clock.advance(seconds=1)

        assert not works(world, token)


def test_a_refresh_token_that_is_used_again_ends_the_session(world: World, user: User) -> None:
    first = sign_in(world, email=user.email, password=PASSWORD).json
    second = refresh(world, first["refresh"]).json

    again = refresh(world, first["refresh"])

    assert (again.status, again.json["code"]) == (401, INVALID)
    assert refresh(world, second["refresh"]).status == 401
    assert not works(world, second["access"])


def test_of_refreshes_with_one_token_at_the_same_time_none_leaves_a_session(world: World, user: User) -> None:
    first = sign_in(world, email=user.email, password=PASSWORD).json
    faster = []

    def refresh_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.PutItem", refresh_meanwhile)
        faster.append(refresh(world, first["refresh"]))

    events = world.events
    events.register("before-call.dynamodb.PutItem", refresh_meanwhile)
    slower = refresh(world, first["refresh"])

    assert (faster[0].status, slower.status, slower.json["code"]) == (200, 401, INVALID)
    assert not works(world, faster[0].json["access"])
    assert refresh(world, faster[0].json["refresh"]).status == 401


def test_a_session_that_is_refreshed_lives_on_and_one_that_is_not_expires(world: World, user: User) -> None:
    kept, left = (sign_in(world, email=user.email, password=PASSWORD).json for _ in range(2))

    world.clock.advance(days=10)
    kept = refresh(world, kept["refresh"]).json
    world.clock.advance(days=10)

    assert refresh(world, kept["refresh"]).status == 200
    assert refresh(world, left["refresh"]).status == 401


@pytest.mark.parametrize("kind", ["access", "customer", "nonsense"])
def test_only_a_refresh_token_of_this_surface_refreshes(world: World, user: User, kind: str) -> None:
    token = {
        "access": world.token(user.id),
        "customer": world.token(str(user.id), audience="customer", refresh=True),
        "nonsense": "nonsense",
    }[kind]

    answer = refresh(world, token)

    assert (answer.status, answer.json["code"]) == (401, INVALID)


def test_a_refresh_without_a_token_names_the_field(world: World) -> None:
    answer = world.call("POST", "/users/auth/token/refresh/", {})

    assert (answer.status, answer.json) == (400, {"refresh": ["This field is required."]})


def test_logging_out_ends_this_session_at_once_and_no_other(world: World, user: User) -> None:
    mine, other = (sign_in(world, email=user.email, password=PASSWORD).json for _ in range(2))

    answer = world.call("POST", "/users/auth/logout/", token=mine["access"])

    assert (answer.status, answer.text) == (204, "")
    assert not works(world, mine["access"])
    assert refresh(world, mine["refresh"]).status == 401
    assert works(world, other["access"])


def test_an_account_that_is_not_confirmed_can_sign_in_and_out(world: World) -> None:
    user = Staff(world.runtime).user(confirmed=False)

    pair = sign_in(world, email=user.email, password=PASSWORD)

    assert pair.status == 200
    assert world.call("POST", "/users/auth/logout/", token=pair.json["access"]).status == 204


def test_a_token_signed_by_an_older_key_is_good_and_one_by_a_removed_key_is_not(
    world: World, user: User
) -> None:
    newest, older = world.runtime.settings.signing_keys
    by_older = world.with_keys(older).token(user.id)

    assert works(world, by_older)
    assert not works(world.with_keys(newest), by_older)


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_empty_contact_beside_a_good_one_is_as_good_as_none(
    world: World, user: User, empty: str | None
) -> None:
    answers = [
        sign_in(world, email=empty, phone=user.phone, password=PASSWORD),
        sign_in(world, email=user.email, phone=empty, password=PASSWORD),
    ]
    neither = sign_in(world, email=empty, phone=empty, password=PASSWORD)

    assert [answer.status for answer in answers] == [200, 200]
    assert (neither.status, neither.json) == (400, {"detail": "Valid phone number or email not provided"})


@pytest.mark.parametrize(
    "typed", ["+7 (913) 777-91-35", "\u202a+79137779135\u202c", "+7 (0) 913 777 91 35"], ids=ascii
)
def test_a_phone_is_found_however_it_is_written(world: World, user: User, typed: str) -> None:
    assert sign_in(world, phone=typed, password=PASSWORD).status == 200
