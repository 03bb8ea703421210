"""`DELETE /api/profile/{uuid}`: a customer leaves."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from tests.engines.engine import Engine
from tests.shop.refusals import FORBIDDEN, INVALID_TOKEN, MISMATCH, NOT_FOUND, REQUIRED, invalid, told
from tests.support.books import assert_books_are_right
from tests.support.hash_rounds import counted_rounds
from tests.support.late_items import visible_late
from tests.support.shop import PASSWORD, Administrator, Shop, Shopper
from tests.support.world import Answer

REMOVED = (200, {"status": "OK", "message": "profile removed"})


def _remove(shopper: Shopper, **body: Any) -> Answer:
    return shopper.call("DELETE", f"/api/profile/{shopper.uuid}", {"password": PASSWORD, **body})


def test_whoever_leaves_is_erased_and_signed_out_everywhere(shop: Shop) -> None:
    shopper = shop.shopper(first_name="Leia", last_name="Organa", phone="+48123456789", city="Aldera")
    other = shop.world.tokens(shopper.uuid, audience=CUSTOMER_AUDIENCE)

    assert told(_remove(shopper)) == REMOVED

    everything = repr(shop.world.items())
    customer = shopper.customer
    for personal in (customer.username, customer.email, "Leia", "Organa", "+48123456789", "Aldera"):
        assert personal not in everything
    assert not [key for key in shop.world.items() if key[0] == f"SESSIONS#customer#{shopper.uuid}"]
    assert told(shopper.call("GET", "/api/profile")) == INVALID_TOKEN
    assert told(_remove(shopper)) == INVALID_TOKEN
    assert told(shop.world.call("GET", "/api/profile", token=other.access)) == INVALID_TOKEN
    refreshed = shop.world.call("POST", "/api/token/refresh", {"refresh": other.refresh})
    assert told(refreshed) == INVALID_TOKEN
    login = {"username": customer.username, "password": PASSWORD}
    assert told(shop.world.call("POST", "/api/login", login)) == MISMATCH
    assert_books_are_right(shop.world)


def test_the_username_and_the_email_are_free_for_the_next(shop: Shop) -> None:
    shopper = shop.shopper()
    _remove(shopper)

    body = {"username": shopper.customer.username, "email": shopper.customer.email, "password": PASSWORD}

    assert shop.world.call("POST", "/api/register", body).status == 201


def test_what_was_in_the_bucket_is_given_back(shop: Shop) -> None:
    shopper, products = shop.shopper(), [shop.product(10) for _ in range(3)]
    for quantity, product in enumerate(products, start=1):
        shopper.line(product, quantity)
    assert [shop.left(product) for product in products] == [9, 8, 7]

    assert told(_remove(shopper)) == REMOVED

    assert [shop.left(product) for product in products] == [10, 10, 10]
    assert_books_are_right(shop.world)


def test_orders_are_kept_under_an_anonymous_customer(shop: Shop, administrator: Administrator) -> None:
    shopper, product = shop.shopper(), shop.product(10)
    order = shopper.ordered(product, 4)

    assert told(_remove(shopper)) == REMOVED

    shown = administrator.call("GET", f"orders/{order}").json
    assert shopper.uuid in repr(shown)
    assert told(administrator.call("GET", f"customers/{shopper.uuid}")) == NOT_FOUND
    assert administrator.call("POST", f"orders/{order}/set_error").status == 200
    assert shop.left(product) == 10
    assert_books_are_right(shop.world)


def test_an_administrator_s_list_has_only_customers_who_are_there(
    shop: Shop, administrator: Administrator
) -> None:
    stays, leaves = shop.shopper(), shop.shopper()
    before = administrator.call("GET", "customers?page_size=100").json["count"]

    _remove(leaves)

    listed = administrator.call("GET", "customers?page_size=100").json
    uuids = [customer["uuid"] for customer in listed["results"]]
    assert listed["count"] == before - 1
    assert (stays.uuid in uuids, leaves.uuid in uuids) == (True, False)
    for query in (f"username={leaves.customer.username}", f"email={leaves.customer.email}"):
        assert administrator.call("GET", f"customers?{query}").json["results"] == []


def test_a_wrong_password_changes_nothing_and_counts_with_the_login_s(shop: Shop) -> None:
    shopper = shop.shopper()
    before = shop.world.records()

    assert [told(_remove(shopper, password="wrong")) for _ in range(5)] == [MISMATCH] * 5

    assert shop.world.records() == before
    assert _remove(shopper).status == 429
    login = {"username": shopper.customer.username, "password": PASSWORD}
    assert shop.world.call("POST", "/api/login", login).status == 429


def test_the_password_is_required(customer: Shopper) -> None:
    path = f"/api/profile/{customer.uuid}"

    assert told(customer.call("DELETE", path)) == invalid(password=REQUIRED)
    assert told(customer.call("DELETE", path, {"password": ""})) == invalid(
        password=["This field may not be blank."]
    )


@pytest.mark.parametrize("whose", ["other", "nobody"])
def test_another_profile_is_forbidden(shop: Shop, customer: Shopper, whose: str) -> None:
    uuid = shop.customer().uuid if whose == "other" else "no-uuid"

    answer = customer.call("DELETE", f"/api/profile/{uuid}", {"password": PASSWORD})

    assert told(answer) == FORBIDDEN


def test_a_right_and_a_wrong_password_take_the_same_rounds_of_hashing(shop: Shop) -> None:
    shopper, made = shop.shopper(), []
    for password in ("wrong", PASSWORD):
        with counted_rounds() as rounds:
            _remove(shopper, password=password)
        made.append(sum(rounds))

    assert made[0] == made[1] > 0


def test_a_full_bucket_and_many_sessions_go_in_one_step(shop: Shop, engine: Engine) -> None:
    engine.need_large_transactions()
    shopper, products = shop.shopper(), [shop.product(10) for _ in range(50)]
    for product in products:
        assert shopper.add(product).status == 200
    for _ in range(60):
        shop.world.token(shopper.uuid, audience=CUSTOMER_AUDIENCE)

    with shop.world.count_calls() as counter:
        assert told(_remove(shopper)) == REMOVED

    assert counter.calls == ["BatchGetItem", "Query", "TransactWriteItems"]
    assert {shop.left(product) for product in products} == {10}
    assert_books_are_right(shop.world)


def test_no_device_of_ninety_sessions_is_left_where_the_bucket_is_empty(shop: Shop, engine: Engine) -> None:
    engine.need_large_transactions()
    shopper = shop.shopper()
    for _ in range(89):
        shop.world.token(shopper.uuid, audience=CUSTOMER_AUDIENCE)

    assert told(_remove(shopper)) == REMOVED

    assert not [key for key in shop.world.items() if key[0] == f"SESSIONS#customer#{shopper.uuid}"]


def _meanwhile(shopper: Shopper, change: Callable[[], object]) -> None:
    """Let something happen between what the next request reads and what it writes."""

    def once(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", once)
        change()

    events = shopper.world.events
    events.register("before-call.dynamodb.TransactWriteItems", once)


def test_what_is_put_in_at_the_same_time_is_given_back_as_well(shop: Shop) -> None:
    shopper, product = shop.shopper(), shop.product(10)
    _meanwhile(shopper, lambda: shopper.add(product, 3))

    assert told(_remove(shopper)) == REMOVED

    assert shop.left(product) == 10
    assert_books_are_right(shop.world)


@pytest.mark.parametrize("filled", [True, False])
def test_nothing_is_put_in_by_who_has_left_at_the_same_time(shop: Shop, filled: bool) -> None:
    shopper, product = shop.shopper(), shop.product(10)
    if filled:
        shopper.line(shop.product())
    _meanwhile(shopper, lambda: _remove(shopper))

    assert told(shopper.add(product, 3)) == INVALID_TOKEN

    assert shop.left(product) == 10
    assert_books_are_right(shop.world)


def test_a_login_at_the_same_time_begins_no_session_that_is_good(shop: Shop) -> None:
    shopper = shop.shopper()
    _meanwhile(shopper, lambda: _remove(shopper))
    login = {"username": shopper.customer.username, "password": PASSWORD}

    begun = shop.world.call("POST", "/api/login", login)

    assert begun.status in (200, 404)
    if begun.status == 200:
        token = begun.json["access"]
        assert told(shop.world.call("GET", "/api/profile", token=token)) == INVALID_TOKEN


def test_nothing_gets_into_the_bucket_of_whoever_has_left_however_early_it_was_read(shop: Shop) -> None:
    shopper, product = shop.shopper(), shop.product(3)
    other = shop.signed_in(shopper.customer)

    with visible_late(shop.world, lambda: _remove(other), "SESSIONS#", "/CUSTOMER"):
        assert told(shopper.add(product, 2)) == INVALID_TOKEN

    assert shop.left(product) == 3
