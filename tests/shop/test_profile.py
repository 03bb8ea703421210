"""`GET /api/profile` and `PUT /api/profile/{uuid}`."""

from typing import Any

import pytest

from tests.shop.envelopes import wrong_page_sizes
from tests.shop.refusals import (
    EMAIL_TAKEN,
    FORBIDDEN,
    REQUIRED,
    USERNAME_TAKEN,
    Told,
    invalid,
    told,
)
from tests.support.mailbox import Mailbox
from tests.support.shop import PASSWORD, Shop, Shopper
from tests.support.world import World

KEYS = ["username", "first_name", "last_name", "email", "phone", "city"]


def _profile(shopper: Shopper) -> dict[str, Any]:
    shown: dict[str, Any] = shopper.call("GET", "/api/profile").json["results"][0]
    return shown


def _put(shopper: Shopper, **fields: Any) -> Told:
    body = {"username": shopper.customer.username, "email": shopper.customer.email, **fields}
    return told(shopper.call("PUT", f"/api/profile/{shopper.uuid}", body))


def test_a_profile_is_a_list_of_one(shop: Shop) -> None:
    shopper = shop.shopper(first_name="Leia", city="Aldera")

    answer = shopper.call("GET", "/api/profile")

    shown = {
        "uuid": shopper.uuid,
        "username": shopper.customer.username,
        "first_name": "Leia",
        "last_name": "",
        "email": shopper.customer.email,
        "phone": "",
        "city": "Aldera",
    }
    assert told(answer) == (200, {"count": 1, "next": None, "previous": None, "results": [shown]})
    assert list(answer.json["results"][0]) == ["uuid", *KEYS]


def test_a_wrong_page_size_is_named(customer: Shopper) -> None:
    wrong_page_sizes(customer.call, "/api/profile")


def test_a_put_sets_what_it_gives(customer: Shopper) -> None:
    given = {
        "username": f"new.{customer.customer.username}",
        "first_name": "Łukasz",
        "last_name": " Skywalker ",
        "email": f"new.{customer.customer.email}",
        "phone": "+48 500",
        "city": "",
    }

    answer = customer.call("PUT", f"/api/profile/{customer.uuid}", given)

    assert told(answer) == (200, given)
    assert list(answer.json) == KEYS
    assert _profile(customer) == {"uuid": customer.uuid, **given}


def test_a_put_keeps_optional_fields_that_are_absent(shop: Shop) -> None:
    shopper = shop.shopper(first_name="Leia", last_name="Organa", phone="1", city="Aldera")

    status, answered = _put(shopper, city="Hoth")

    assert status == 200
    assert (answered["first_name"], answered["last_name"], answered["phone"]) == ("Leia", "Organa", "1")
    assert (answered["city"], _profile(shopper)["city"]) == ("Hoth", "Hoth")


def test_a_put_empties_optional_fields_that_are_empty(shop: Shop) -> None:
    shopper = shop.shopper(first_name="Leia")

    assert _put(shopper, first_name="")[1]["first_name"] == ""


def test_what_a_put_does_not_know_changes_nothing(customer: Shopper) -> None:
    before = _profile(customer)

    status, answered = _put(customer, uuid="x", password="hacked it", is_staff=True, session_epoch=9)

    assert (status, list(answered)) == (200, KEYS)
    assert _profile(customer) == before


def test_the_two_required_fields_are_named_together(customer: Shopper) -> None:
    answer = customer.call("PUT", f"/api/profile/{customer.uuid}", {"email": "nonsense"})

    assert told(answer) == invalid(username=REQUIRED, email=["Enter a valid email address."])
    assert told(customer.call("PUT", f"/api/profile/{customer.uuid}")) == invalid(
        username=REQUIRED, email=REQUIRED
    )


@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_an_email_that_another_has_is_taken_whatever_its_case(shop: Shop, change: Any) -> None:
    other, shopper = shop.shopper(), shop.shopper()
    before = _profile(shopper)

    assert _put(shopper, email=change(other.customer.email)) == EMAIL_TAKEN
    assert _profile(shopper) == before


@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_a_username_that_another_has_is_taken_whatever_its_case(shop: Shop, change: Any) -> None:
    other, shopper = shop.shopper(), shop.shopper()
    before = _profile(shopper)

    assert _put(shopper, username=change(other.customer.username)) == invalid(**USERNAME_TAKEN)
    assert _profile(shopper) == before


def test_a_taken_username_is_told_with_whatever_else_is_wrong_but_the_own_is_not(shop: Shop) -> None:
    other, shopper = shop.shopper(), shop.shopper()
    city = {"city": ["Not a valid string."]}

    assert _put(shopper, username=other.customer.username, city=5) == invalid(**USERNAME_TAKEN, **city)
    assert _put(shopper, city=5) == invalid(**city)


def test_of_both_taken_the_username_is_told(shop: Shop) -> None:
    other, shopper = shop.shopper(), shop.shopper()

    taken = _put(shopper, username=other.customer.username, email=other.customer.email)

    assert taken == invalid(**USERNAME_TAKEN)


def test_the_own_email_and_username_may_be_kept_or_written_differently(customer: Shopper) -> None:
    own = customer.customer

    assert _put(customer)[0] == 200
    status, answered = _put(customer, username=own.username.upper(), email=own.email.upper())
    assert (status, answered["username"], answered["email"]) == (200, own.username.upper(), own.email.upper())
    assert _put(customer)[0] == 200


def test_what_was_given_up_is_free_again(shop: Shop) -> None:
    first, second = shop.shopper(), shop.shopper()
    _put(first, username=f"was.{first.customer.username}", email=f"was.{first.customer.email}")

    status, answered = _put(second, username=first.customer.username, email=first.customer.email)

    assert (status, answered["email"]) == (200, first.customer.email)
    login = shop.world.call("POST", "/api/login", {"username": first.customer.username, "password": PASSWORD})
    assert login.json["user"] == second.uuid


@pytest.mark.parametrize("uuid", ["00000000-0000-4000-8000-000000000000", "1", "anakin"])
def test_whose_profile_comes_before_what_is_in_the_body(customer: Shopper, uuid: str) -> None:
    assert told(customer.call("PUT", f"/api/profile/{uuid}", {})) == FORBIDDEN


def test_the_own_uuid_is_taken_in_upper_case_too(customer: Shopper) -> None:
    own = {"username": customer.customer.username, "email": customer.customer.email}

    assert customer.call("PUT", f"/api/profile/{customer.uuid.upper()}", own).status == 200


def test_the_old_address_is_told_of_a_new_one(mailing_world: World, mailbox: Mailbox) -> None:
    shopper = Shop(mailing_world).shopper()
    old = shopper.customer.email

    assert _put(shopper, email="new@shop.example")[0] == 200

    ((_, recipient, subject, text),) = mailbox.messages
    assert (recipient, subject) == (old, "Your account was changed")
    assert "email address" in text
    assert "tell us" in text
    assert "new@shop.example" not in text


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (200, {"city": "Theed"}),
        (200, {"username": "padme.2"}),
        (200, {"email": "OWN@shop.example"}),
        (409, {"email": "taken@shop.example"}),
        (400, {"email": ""}),
    ],
)
def test_of_all_else_nobody_is_told(
    mailing_world: World, mailbox: Mailbox, status: int, change: dict[str, str]
) -> None:
    shop = Shop(mailing_world)
    shopper, _ = shop.shopper(email="own@shop.example"), shop.shopper(email="taken@shop.example")

    assert _put(shopper, **change)[0] == status
    assert mailbox.messages == []


def test_an_address_is_told_five_times_a_day(mailing_world: World, mailbox: Mailbox) -> None:
    shopper = Shop(mailing_world).shopper()
    first = shopper.customer.email
    for _ in range(7):
        for email in ("new@shop.example", first):
            assert _put(shopper, email=email)[0] == 200

    told_first = [recipient for _, recipient, *_ in mailbox.messages if recipient == first]
    assert len(told_first) == 5
