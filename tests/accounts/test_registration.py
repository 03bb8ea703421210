"""`POST /users/auth/registration/`."""

from typing import Any

import pytest

from chalicelib.accounts import store as users
from chalicelib.auth import passwords
from tests.support.asking import asker
from tests.support.late_items import visible_late
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

BODY = {
    "surname": "Doe",
    "name": "Jane",
    "patronymic": "Ann",
    "address": "1 Main Street",
    "email": "Jane@example.com",
    "phone": "+7 (913) 777-91-35",
    "password": "correct horse",
}


def register(world: World, **fields: Any) -> Answer:
    body = {name: value for name, value in {**BODY, **fields}.items() if value is not ...}
    return world.call("POST", "/users/auth/registration/", body)


def test_answers_the_fields_given_without_the_password_and_the_phone_normalized(world: World) -> None:
    answer = register(world)

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("surname", "Doe"),
        ("name", "Jane"),
        ("patronymic", "Ann"),
        ("address", "1 Main Street"),
        ("email", "Jane@example.com"),
        ("phone", "+79137779135"),
    ]


@pytest.mark.parametrize(("absent", "shown"), [("email", "phone"), ("phone", "email")])
def test_one_contact_is_enough_and_only_what_was_given_is_answered(
    world: World, absent: str, shown: str
) -> None:
    answer = register(world, **{absent: ...})

    assert answer.status == 201
    assert list(answer.json)[-1] == shown
    assert absent not in answer.json


def test_a_new_account_is_not_confirmed_and_keeps_a_hash_in_the_documented_form(world: World) -> None:
    register(world)

    user = users.find_by_contact("jane@EXAMPLE.com", None, world.runtime)

    assert user is not None
    assert (user.confirmed_email, user.confirmed_phone, user.is_staff) == (False, False, False)
    assert user.password_hash.startswith("pbkdf2_sha256$1000$")
    assert passwords.matches("correct horse", user.password_hash, world.runtime)


@pytest.mark.parametrize("contacts", [{"email": ..., "phone": ...}, {"email": None, "phone": None}])
def test_without_any_contact_it_says_so_whatever_else_is_wrong(
    world: World, contacts: dict[str, Any]
) -> None:
    answer = register(world, **contacts, name="")

    assert (answer.status, answer.json) == (400, {"detail": "Valid phone number or email not provided"})
    assert world.items() == {}


def test_an_email_is_taken_without_regard_to_case_and_a_phone_to_its_writing(world: World) -> None:
    register(world)
    before = world.records()

    answer = register(world, email="jane@EXAMPLE.com", phone="+79137779135")

    assert answer.status == 400
    assert answer.json == {
        "email": ["user with this email already exists."],
        "phone": ["user with this phone already exists."],
    }
    assert world.records() == before


@pytest.mark.parametrize("late", ["EMAIL#", "PHONE#", "USER#"])
def test_all_contacts_that_another_account_has_are_named_however_early_it_is_asked(
    world: World, late: str
) -> None:
    with visible_late(world, lambda: register(world), late):
        answer = register(world)

    assert (answer.status, list(answer.json)) == (400, ["email", "phone"])


def test_a_taken_email_leaves_the_phone_free(world: World) -> None:
    register(world, phone=...)
    register(world)

    assert register(world, email="other@example.com").status == 201


def test_every_wrong_field_is_named_at_once(world: World) -> None:
    answer = world.call(
        "POST", "/users/auth/registration/", {"email": "x", "phone": "12", "password": "short"}
    )

    assert answer.status == 400
    assert list(answer.json.items()) == [
        ("surname", ["This field is required."]),
        ("name", ["This field is required."]),
        ("patronymic", ["This field is required."]),
        ("address", ["This field is required."]),
        ("email", ["Enter a valid email address."]),
        ("phone", ["Enter a valid phone number."]),
        ("password", ["Ensure this field has at least 8 characters."]),
    ]


@pytest.mark.parametrize(("empty", "shown"), [("email", "phone"), ("phone", "email")])
def test_an_empty_contact_is_as_good_as_none(world: World, empty: str, shown: str) -> None:
    answer = register(world, **{empty: ""})

    assert answer.status == 201
    assert (answer.json[empty], bool(answer.json[shown])) == (None, True)


def test_a_number_written_with_a_zero_that_is_dialled_at_home_is_the_same_number(world: World) -> None:
    first = register(world, phone="+44 (0)20 7946 0449")
    again = register(world, phone="+44 20 7946 0449", email="other@example.com")

    assert (first.status, first.json["phone"]) == (201, "+442079460449")
    assert (again.status, again.json) == (400, {"phone": ["user with this phone already exists."]})


@pytest.mark.parametrize(
    "same",
    ["b\u00fccher@example.com", "bu\u0308cher@example.com", "BÜCHER@EXAMPLE.COM", "bü\uff43her@example.com"],
)
def test_an_email_is_taken_however_it_is_spelled(world: World, same: str) -> None:
    register(world, email="bücher@example.com", phone=None)

    answer = register(world, email=same, phone=None)

    assert (answer.status, answer.json) == (400, {"email": ["user with this email already exists."]})


def test_a_contact_that_another_account_gives_up_meanwhile_is_not_named(scene: Scene) -> None:
    user = scene.staff.user(email="jane@example.com")
    them, phone = asker(scene.world, user), "+79137779135"
    body = {"email": "june@example.com", "phone": phone, "old_password": PASSWORD}

    with visible_late(scene.world, lambda: them.patch(f"/users/user/{user.id}/", body), "EMAIL#"):
        answer = register(scene.world, email="jane@example.com", phone=phone)

    assert (answer.status, list(answer.json)) == (400, ["phone"])
