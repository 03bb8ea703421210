"""`PUT /api/profile/{uuid}/setpassword`."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from tests.shop.refusals import FORBIDDEN, INVALID_TOKEN, MISMATCH, REQUIRED, invalid, told
from tests.support.shop import PASSWORD, Shop, Shopper
from tests.support.world import Answer

NEW = "onlydarkside"
MASKED = re.compile(r"pbkdf2_sha256\$1000\$(?!\*)[^*$]{1,8}\*{8,}\$(?!\*)[^*$]{1,8}\*{8,}")


def _set(shopper: Shopper, **fields: Any) -> Answer:
    body = {"username": shopper.customer.username, "old_password": PASSWORD, "password": NEW, **fields}
    return shopper.call("PUT", f"/api/profile/{shopper.uuid}/setpassword", body)


def _log_in(shopper: Shopper, password: str) -> int:
    body = {"username": shopper.customer.username, "password": password}
    return shopper.world.call("POST", "/api/login", body).status


def test_the_new_password_lets_in_and_the_old_one_does_not(customer: Shopper) -> None:
    assert _set(customer).status == 200

    assert (_log_in(customer, NEW), _log_in(customer, PASSWORD)) == (200, 404)


def test_answers_with_a_hash_that_nobody_can_use(shop: Shop, customer: Shopper) -> None:
    answer = _set(customer)

    stored = shop.registered(customer.uuid).password_hash
    assert list(answer.json) == ["password", "username"]
    assert answer.json["username"] == customer.customer.username
    assert MASKED.fullmatch(answer.json["password"])
    assert len(answer.json["password"]) == len(stored)
    assert stored not in answer.text
    shown = answer.json["password"].split("$")
    assert all(part[:4] == full[:4] for part, full in zip(shown[2:], stored.split("$")[2:], strict=True))


def test_every_other_session_ends_and_the_current_one_does_not(shop: Shop, customer: Shopper) -> None:
    other = shop.world.tokens(customer.uuid, audience=CUSTOMER_AUDIENCE)
    stranger = shop.shopper()

    assert _set(customer).status == 200

    ended = shop.world.call("GET", "/api/profile", token=other.access)
    refreshed = shop.world.call("POST", "/api/token/refresh", {"refresh": other.refresh})
    assert [told(ended), told(refreshed)] == [INVALID_TOKEN] * 2
    assert customer.call("GET", "/api/profile").status == 200
    assert stranger.call("GET", "/api/profile").status == 200


def _meanwhile(customer: Shopper, change: Callable[[], object]) -> None:
    """Let something happen between what the next request reads and what it writes."""

    def once(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", once)
        change()

    events = customer.world.events
    events.register("before-call.dynamodb.TransactWriteItems", once)


def test_a_profile_that_changes_meanwhile_keeps_its_change(shop: Shop, customer: Shopper) -> None:
    profile = {"username": customer.customer.username, "email": customer.customer.email, "city": "Berlin"}
    _meanwhile(customer, lambda: customer.call("PUT", f"/api/profile/{customer.uuid}", profile))

    assert _set(customer).status == 200

    assert shop.registered(customer.uuid).city == "Berlin"
    assert (_log_in(customer, NEW), _log_in(customer, PASSWORD)) == (200, 404)


def test_of_two_at_the_same_time_the_second_has_a_wrong_old_password(customer: Shopper) -> None:
    _meanwhile(customer, lambda: _set(customer, password="first of two"))

    assert told(_set(customer)) == MISMATCH

    assert (_log_in(customer, "first of two"), _log_in(customer, NEW)) == (200, 404)


def test_whoever_changes_the_username_meanwhile_has_to_name_the_new_one(customer: Shopper) -> None:
    profile = {"username": "renamed", "email": customer.customer.email}
    _meanwhile(customer, lambda: customer.call("PUT", f"/api/profile/{customer.uuid}", profile))

    assert told(_set(customer)) == MISMATCH


def test_the_current_session_can_still_be_refreshed(shop: Shop, customer: Shopper) -> None:
    begun = shop.world.call(
        "POST", "/api/login", {"username": customer.customer.username, "password": PASSWORD}
    ).json
    body = {"username": customer.customer.username, "old_password": PASSWORD, "password": NEW}
    path = f"/api/profile/{customer.uuid}/setpassword"
    assert shop.world.call("PUT", path, body, token=begun["access"]).status == 200

    refreshed = shop.world.call("POST", "/api/token/refresh", {"refresh": begun["refresh"]})

    assert refreshed.status == 200
    assert shop.world.call("GET", "/api/profile", token=refreshed.json["access"]).status == 200
    assert told(customer.call("GET", "/api/profile")) == INVALID_TOKEN


def test_a_second_change_ends_the_session_that_made_the_first(shop: Shop, customer: Shopper) -> None:
    _set(customer)
    login = {"username": customer.customer.username, "password": NEW}
    later = Shopper(
        shop.world, customer.customer, shop.world.call("POST", "/api/login", login).json["access"]
    )

    assert _set(later, old_password=NEW, password="another good one").status == 200

    assert told(customer.call("GET", "/api/profile")) == INVALID_TOKEN
    assert later.call("GET", "/api/profile").status == 200


@pytest.mark.parametrize("wrong", [{"old_password": "obiwansux"}, {"username": "nobody"}])
def test_a_wrong_username_or_password_changes_nothing(
    shop: Shop, customer: Shopper, wrong: dict[str, str]
) -> None:
    other = shop.world.token(customer.uuid, audience=CUSTOMER_AUDIENCE)

    assert told(_set(customer, **wrong)) == MISMATCH
    assert _log_in(customer, PASSWORD) == 200
    assert shop.world.call("GET", "/api/profile", token=other).status == 200


def test_the_username_and_password_of_another_customer_are_a_mismatch(shop: Shop, customer: Shopper) -> None:
    other = shop.customer(password="another good one")

    assert told(_set(customer, username=other.username, old_password="another good one")) == MISMATCH


def test_the_username_is_compared_without_case(customer: Shopper) -> None:
    assert _set(customer, username=customer.customer.username.upper()).status == 200


def test_all_three_fields_are_required(customer: Shopper) -> None:
    answer = customer.call("PUT", f"/api/profile/{customer.uuid}/setpassword", {})

    assert told(answer) == invalid(username=REQUIRED, old_password=REQUIRED, password=REQUIRED)
    assert list(answer.json["details"]) == ["username", "old_password", "password"]


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "Ensure this field has at least 8 characters."),
        ("x" * 129, "Ensure this field has no more than 128 characters."),
        ("1234567890", "This password is entirely numeric."),
    ],
)
def test_a_weak_password_is_refused(customer: Shopper, password: str, message: str) -> None:
    assert told(_set(customer, password=password)) == invalid(password=[message])
    assert _log_in(customer, PASSWORD) == 200


def test_the_username_is_no_password(shop: Shop) -> None:
    shopper = shop.shopper(username="Leia.Organa")

    refused = invalid(password=["The password is too similar to the username."])
    assert told(_set(shopper, password="leia.organa")) == refused


def test_whose_password_comes_before_what_is_in_the_body(shop: Shop, customer: Shopper) -> None:
    other = shop.customer()

    assert told(customer.call("PUT", f"/api/profile/{other.uuid}/setpassword", {})) == FORBIDDEN
