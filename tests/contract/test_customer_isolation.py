"""Customer B against everything of customer A: refused as if it were not there, and nothing changes."""

from typing import Any

import pytest

from tests.support.books import assert_books_are_right
from tests.support.shop import PASSWORD, Shop, Shopper
from tests.support.world import NOTHING, World

FORBIDDEN = (403, {"message": "You do not have permission to perform this action."})
NOT_FOUND = (404, {"message": "not found"})
MISSING = "00000000-0000-4000-8000-000000000000"

A_PROFILE = {"username": "taken.over", "email": "b@shop.example"}
A_PASSWORD = {"username": "a", "old_password": PASSWORD, "password": "onlydarkside"}

# What B sends; the path's name says whose thing is meant. Every route of a customer's object is here.
ATTEMPTS: dict[str, tuple[str, str, Any, tuple[int, Any]]] = {
    "change the profile": ("PUT", "/api/profile/{customer}", A_PROFILE, FORBIDDEN),
    "change the profile wrongly": ("PUT", "/api/profile/{customer}", {}, FORBIDDEN),
    "set the password": ("PUT", "/api/profile/{customer}/setpassword", A_PASSWORD, FORBIDDEN),
    "set the password wrongly": ("PUT", "/api/profile/{customer}/setpassword", {}, FORBIDDEN),
    "change a bucket line": ("POST", "/api/bucket/{line}", {"quantity": 5}, NOT_FOUND),
    "empty a bucket line": ("POST", "/api/bucket/{line}", {"quantity": 0}, NOT_FOUND),
    "remove a bucket line": ("DELETE", "/api/bucket/{line}", NOTHING, NOT_FOUND),
    "show an order": ("GET", "/api/orders/{order}", NOTHING, NOT_FOUND),
    "cancel an order": ("POST", "/api/orders/{order}/set_canceled", NOTHING, NOT_FOUND),
}


@pytest.fixture
def shop(shared_world: World) -> Shop:
    return Shop(shared_world)


def _belongings(shop: Shop, owner: Shopper) -> dict[str, str]:
    order = owner.ordered(shop.product(), 2)
    return {"customer": owner.uuid, "order": order, "line": owner.line(shop.product(), 3)}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_belongs_to_another_customer_is_answered_like_what_is_not_there(
    shop: Shop, attempt: str
) -> None:
    method, path, body, expected = ATTEMPTS[attempt]
    a, b = shop.shopper(), shop.shopper()
    things = _belongings(shop, a)
    sent = body | {"username": a.customer.username} if attempt == "set the password" else body
    before = shop.world.items()

    answer = b.call(method, path.format(**things), sent)
    of_nobody = b.call(method, path.format(customer=MISSING, order=MISSING, line=MISSING), sent)
    of_no_form = b.call(method, path.format(customer="a'b", order="a'b", line="a'b"), sent)

    assert (answer.status, answer.json) == expected
    assert answer == of_nobody == of_no_form
    assert shop.world.items() == before


def test_the_owner_can_do_what_others_can_not(shop: Shop) -> None:
    for attempt, (method, path, body, _) in ATTEMPTS.items():
        if "wrongly" in attempt:
            continue
        owner = shop.shopper()
        things = _belongings(shop, owner)
        own_names = {"username": owner.customer.username, "email": owner.customer.email}
        sent = body | own_names if "customer" in path else body

        assert owner.call(method, path.format(**things), sent).status == 200, attempt
    assert_books_are_right(shop.world)


def test_a_list_shows_customers_only_their_own(shop: Shop) -> None:
    a, b = shop.shopper(), shop.shopper()
    _belongings(shop, a)
    empty: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}

    answers = [b.call("GET", path) for path in ("/api/bucket", "/api/orders", "/api/orders?status=new")]

    assert [(answer.status, answer.json) for answer in answers] == [(200, empty)] * 3
    assert b.call("GET", "/api/profile").json["results"][0]["uuid"] == b.uuid


def test_a_cursor_of_the_list_of_another_customer_is_refused(shop: Shop) -> None:
    a, b = shop.shopper(), shop.shopper()
    for _ in range(2):
        a.ordered(shop.product())
    for _ in range(2):
        a.line(shop.product())
    refused = (400, {"message": "Validation error.", "details": {"cursor": ["Invalid cursor."]}})

    for path in ("/api/orders", "/api/bucket"):
        following = a.call("GET", f"{path}?page_size=1").json["next"]

        answer = b.call("GET", following)

        assert a.call("GET", following).status == 200
        assert (answer.status, answer.json) == refused


def test_a_bucket_line_that_was_ordered_is_not_in_the_bucket_any_more(shop: Shop) -> None:
    owner = shop.shopper()
    line = owner.line(shop.product())
    owner.order()

    answers = [owner.change(line, 2), owner.remove(line)]

    assert [(answer.status, answer.json) for answer in answers] == [NOT_FOUND] * 2
