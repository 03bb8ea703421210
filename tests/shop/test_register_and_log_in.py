"""`POST /api/register`, `login`, `token/refresh` and `logout`."""

import base64
import hashlib
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from ops.docs.exchanges.exchange import ANY_UUID
from tests.documents.difference import difference
from tests.shop.refusals import (
    EMAIL_TAKEN,
    INVALID_TOKEN,
    MISMATCH,
    REQUIRED,
    USERNAME_TAKEN,
    invalid,
    told,
)
from tests.support.late_items import visible_late
from tests.support.shop import PASSWORD, Shop, Shopper
from tests.support.world import Answer


def _register(shop: Shop, **fields: Any) -> Answer:
    name = f"r{shop.world.runtime.new_uuid()}"
    body = {"username": name, "password": PASSWORD, "email": f"{name}@shop.example", **fields}
    given = {key: value for key, value in body.items() if value is not None}
    return shop.world.call("POST", "/api/register", given)


def _log_in(shop: Shop, username: str, password: str = PASSWORD) -> Answer:
    return shop.world.call("POST", "/api/login", {"username": username, "password": password})


def _refresh(shop: Shop, token: str) -> Answer:
    return shop.world.call("POST", "/api/token/refresh", {"refresh": token})


def test_registering_answers_with_the_uuid_and_the_profile(shop: Shop) -> None:
    answer = _register(shop, username="Leia@Organa.+-_1", city="Aldera", email="Leia@alderaan.example")

    expected = {
        "uuid": ANY_UUID,
        "username": "Leia@Organa.+-_1",
        "first_name": "",
        "last_name": "",
        "email": "Leia@alderaan.example",
        "phone": "",
        "city": "Aldera",
    }
    assert answer.status == 201
    assert difference(expected, answer.json) is None
    assert _log_in(shop, "leia@organa.+-_1").json["user"] == answer.json["uuid"]


def test_an_empty_body_is_named_field_by_field(shop: Shop) -> None:
    answer = shop.world.call("POST", "/api/register", {})

    assert told(answer) == invalid(username=REQUIRED, email=REQUIRED, password=REQUIRED)
    assert list(answer.json["details"]) == ["username", "email", "password"]


def test_an_email_that_another_has_is_taken_whatever_its_case(shop: Shop) -> None:
    other = shop.customer()
    before = shop.world.records()

    assert told(_register(shop, email=other.email.upper())) == EMAIL_TAKEN
    assert shop.world.records() == before


@pytest.mark.parametrize("late", ["USERNAME#", "EMAIL#"])
def test_who_registers_with_the_username_and_email_of_another_is_told_of_the_username_however_early(
    shop: Shop, late: str
) -> None:
    taken = {"username": f"early{late[:4]}", "email": f"early{late[:4]}@shop.example"}

    with visible_late(shop.world, lambda: _register(shop, **taken), late):
        answer = _register(shop, **taken)

    assert told(answer) == invalid(**USERNAME_TAKEN)


def test_a_username_that_another_has_is_taken_whatever_its_case(shop: Shop) -> None:
    other = shop.customer()

    assert told(_register(shop, username=other.username.upper())) == invalid(**USERNAME_TAKEN)
    assert told(_register(shop, username=other.username, email=other.email)) == invalid(**USERNAME_TAKEN)
    several = {**USERNAME_TAKEN, "city": ["Not a valid string."]}
    assert told(_register(shop, username=other.username, city=5)) == invalid(**several)


def test_the_email_of_a_staff_user_is_free_for_a_customer(shop: Shop) -> None:
    assert _register(shop, email=shop.staff.user().email).status == 201


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("1234567", "Ensure this field has at least 8 characters."),
        ("12345678", "This password is entirely numeric."),
        ("LEIA.organa", "The password is too similar to the username."),
    ],
)
def test_a_weak_password_is_refused(shop: Shop, password: str, message: str) -> None:
    assert told(_register(shop, username="leia.organa", password=password)) == invalid(password=[message])


def test_nothing_shows_a_password(shop: Shop) -> None:
    answer = _register(shop)

    assert PASSWORD not in answer.text
    assert "pbkdf2" not in answer.text


def test_logging_in_begins_a_session(shop: Shop) -> None:
    customer = shop.customer()

    answer = _log_in(shop, customer.username)

    assert answer.status == 200
    assert list(answer.json) == ["status", "user", "access", "refresh", "expired_at"]
    assert (answer.json["status"], answer.json["user"], answer.json["expired_at"]) == (
        "OK",
        customer.uuid,
        900,
    )
    shown = shop.world.call("GET", "/api/profile", token=answer.json["access"])
    assert shown.json["results"][0]["uuid"] == customer.uuid


def test_a_wrong_password_and_an_unknown_name_are_the_same(shop: Shop) -> None:
    customer = shop.customer()

    wrong, unknown = _log_in(shop, customer.username, "obiwansux"), _log_in(shop, f"no.{customer.username}")

    assert told(wrong) == told(unknown) == MISMATCH
    assert wrong == unknown


def test_a_staff_user_is_no_customer(shop: Shop) -> None:
    assert told(_log_in(shop, shop.staff.user().email or "")) == MISMATCH


def test_logging_in_needs_both_fields(shop: Shop) -> None:
    answer = shop.world.call("POST", "/api/login", {})

    assert told(answer) == invalid(username=REQUIRED, password=REQUIRED)


def _give_weak_hash(customer: Customer) -> str:
    """Store a hash of `obiwansux` with fewer iterations than the settings have, and return it."""
    digest = hashlib.pbkdf2_hmac("sha256", b"obiwansux", b"NaCl", 360)
    weak = f"pbkdf2_sha256$360$NaCl${base64.b64encode(digest).decode()}"
    customers.item_of(replace(customer, password_hash=weak)).save()
    return weak


def test_a_weaker_hash_is_replaced_at_login(shop: Shop) -> None:
    customer = shop.customer()
    _give_weak_hash(customer)

    assert _log_in(shop, customer.username, "obiwansux").status == 200

    stronger = shop.registered(customer.uuid).password_hash
    assert stronger.startswith("pbkdf2_sha256$1000$")
    assert _log_in(shop, customer.username, "obiwansux").status == 200
    assert shop.registered(customer.uuid).password_hash == stronger


def test_a_wrong_password_does_not_touch_a_weak_hash(shop: Shop) -> None:
    customer = shop.customer()
    weak = _give_weak_hash(customer)

    assert told(_log_in(shop, customer.username, "obiwanrox")) == MISMATCH
    assert shop.registered(customer.uuid).password_hash == weak


def test_a_weaker_hash_is_left_in_a_profile_that_changes_meanwhile_until_the_next_login(shop: Shop) -> None:
    customer = shop.customer()
    weak = _give_weak_hash(customer)
    events = shop.world.events

    def move_to_hoth(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", move_to_hoth)
        moved = replace(customer, password_hash=weak, city="Hoth", version=customer.version + 1)
        customers.item_of(moved).save()

    events.register("before-call.dynamodb.TransactWriteItems", move_to_hoth)

    assert _log_in(shop, customer.username, "obiwansux").status == 200

    stored = shop.registered(customer.uuid)
    assert (stored.city, stored.password_hash) == ("Hoth", weak)
    assert _log_in(shop, customer.username, "obiwansux").status == 200
    stored = shop.registered(customer.uuid)
    assert (stored.city, stored.password_hash.startswith("pbkdf2_sha256$1000$")) == ("Hoth", True)


@pytest.mark.parametrize(
    "stored", ["", "!", "bcrypt$x", "pbkdf2_sha256$x$y$z", "pbkdf2_sha256$1$$", "a$b$c$d"]
)
def test_what_is_stored_and_is_no_hash_lets_nobody_in(shop: Shop, stored: str) -> None:
    customer = shop.customer()
    customers.item_of(replace(customer, password_hash=stored)).save()

    assert told(_log_in(shop, customer.username)) == MISMATCH


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/register", {}),
        ("/api/register", {"username": "two words", "email": "leia@alderaan.example"}),
        ("/api/login", {"username": "leia"}),
        ("/api/login", {"username": "leia", "password": 5}),
        ("/api/token/refresh", {"refresh": 5}),
    ],
)
def test_wrong_fields_are_told_without_a_call(shop: Shop, path: str, body: dict[str, Any]) -> None:
    with shop.world.count_calls() as counter:
        answer = shop.world.call("POST", path, body)

    assert (answer.status, counter.calls) == (400, [])


def test_a_refresh_token_gives_a_new_pair_and_works_once(shop: Shop) -> None:
    begun = _log_in(shop, shop.customer().username).json

    answer = _refresh(shop, begun["refresh"])

    assert (answer.status, list(answer.json)) == (200, ["access", "refresh", "expired_at"])
    assert shop.world.call("GET", "/api/profile", token=answer.json["access"]).status == 200
    assert told(_refresh(shop, begun["refresh"])) == INVALID_TOKEN
    ended = shop.world.call("GET", "/api/profile", token=answer.json["access"])
    assert told(ended) == told(_refresh(shop, answer.json["refresh"])) == INVALID_TOKEN


def test_only_a_refresh_token_of_a_customer_is_refreshed(shop: Shop, customer: Shopper) -> None:
    staff = shop.world.token(shop.staff.user().id, refresh=True)

    answers = [_refresh(shop, token) for token in (customer.token, staff, "x", "a.b.c")]

    assert [told(answer) for answer in answers] == [INVALID_TOKEN] * 4
    assert told(shop.world.call("POST", "/api/token/refresh", {})) == invalid(refresh=REQUIRED)


def test_logging_out_ends_the_session_and_no_other(shop: Shop) -> None:
    customer = shop.customer()
    first, second = (_log_in(shop, customer.username).json for _ in range(2))

    answer = shop.world.call("POST", "/api/logout", token=first["access"])

    assert told(answer) == (200, {"status": "OK", "message": "user logout"})
    assert told(shop.world.call("GET", "/api/profile", token=first["access"])) == INVALID_TOKEN
    assert told(_refresh(shop, first["refresh"])) == INVALID_TOKEN
    assert shop.world.call("GET", "/api/profile", token=second["access"]).status == 200


@pytest.mark.parametrize(
    ("registered", "same"),
    [
        ("jos\u00e9", "jose\u0301"),
        ("jose\u0301b", "JOS\u00c9B"),
        ("\uff41nna", "anna"),
        ("दीपक", "दीपक"),
        ("Straßeb", "STRASSEB"),
    ],
    ids=ascii,
)
def test_a_username_is_one_however_it_is_spelled(shop: Shop, registered: str, same: str) -> None:
    first = _register(shop, username=registered)
    again = _register(shop, username=same)

    assert (first.status, first.json["username"]) == (201, registered)
    assert told(again) == invalid(**USERNAME_TAKEN)
    assert _log_in(shop, same).json["user"] == first.json["uuid"]
    own = shop.signed_in(shop.registered(first.json["uuid"]))
    profile = {"username": same, "email": first.json["email"]}
    assert own.call("PUT", f"/api/profile/{own.uuid}", profile).status == 200


@pytest.mark.parametrize("username", ["\u0301a", "a.\u0301", "\u3164", "a\u200db"], ids=ascii)
def test_a_mark_that_stands_on_no_letter_and_what_nobody_sees_is_no_username(
    shop: Shop, username: str
) -> None:
    assert _register(shop, username=username).status == 400
