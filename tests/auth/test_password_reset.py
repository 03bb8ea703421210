"""Getting a new password by mail: `/users/auth/password-reset/…` and `/api/password/reset…`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pytest

from chalicelib.auth.model import CUSTOMER_AUDIENCE, STAFF_AUDIENCE
from chalicelib.table.items import FailedAttemptsItem
from tests.support.companion_samples import CODE, leave_reset_code
from tests.support.hash_rounds import counted_rounds
from tests.support.mailbox import Mailbox
from tests.support.shop import Shop
from tests.support.staff import PASSWORD, Staff
from tests.support.world import Answer, World

NEW = "another good one"
OTHER_CODE = "111111"


@dataclass(frozen=True)
class Account:
    """Somebody with a password: the id as tokens have it, the address, and how to sign in."""

    owner: str
    email: str
    signs_in: Callable[[str], Answer]


@dataclass(frozen=True)
class Surface:
    """How a surface words it."""

    audience: str
    ask: str
    confirm: str
    asked: tuple[int, Any]
    changed: tuple[int, Any]
    refused: tuple[int, Any]
    account: Callable[..., Account]
    shown: str


@lru_cache(maxsize=1)
def _staff(world: World) -> Staff:
    return Staff(world.runtime)


def _user(world: World, **fields: Any) -> Account:
    user = _staff(world).user(**fields)

    def sign_in(password: str) -> Answer:
        return world.call("POST", "/users/auth/token/", {"email": user.email, "password": password})

    return Account(str(user.id), str(user.email), sign_in)


def _customer(world: World, **fields: Any) -> Account:
    customer = Shop(world).customer(**fields)

    def log_in(password: str) -> Answer:
        return world.call("POST", "/api/login", {"username": customer.username, "password": password})

    return Account(customer.uuid, customer.email, log_in)


SURFACES = {
    "staff": Surface(
        STAFF_AUDIENCE,
        "/users/auth/password-reset/",
        "/users/auth/password-reset/confirm/",
        (200, {}),
        (204, None),
        (400, {"detail": "Invalid code or not exist"}),
        _user,
        "/organizations/organization-lc/",
    ),
    "customer": Surface(
        CUSTOMER_AUDIENCE,
        "/api/password/reset",
        "/api/password/reset/confirm",
        (200, {"status": "OK", "message": "mail sent"}),
        (200, {"status": "OK", "message": "password changed"}),
        (404, {"code": 3001, "message": "user or password not match."}),
        _customer,
        "/api/profile",
    ),
}
pytestmark = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


def _told(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.json if answer.text else None


def _ask(world: World, surface: Surface, email: object) -> Answer:
    return world.call("POST", surface.ask, {"email": email})


def _confirm(
    world: World, surface: Surface, email: str, code: object, password: str = NEW
) -> tuple[int, Any]:
    body = {"email": email, "code": code, "password": password}
    return _told(world.call("POST", surface.confirm, body))


def _with_code(world: World, surface: Surface) -> Account:
    """Make an account, and leave the table as if a code had been mailed to it."""
    account = surface.account(world)
    leave_reset_code(world, surface.audience, account.owner, account.email)
    return account


def test_a_code_is_mailed_that_sets_a_new_password_once(
    mailing_world: World, mailbox: Mailbox, surface: Surface
) -> None:
    world, account = mailing_world, surface.account(mailing_world)

    assert _told(_ask(world, surface, account.email.upper())) == surface.asked

    ((_, recipient, subject, text),) = mailbox.messages
    assert (recipient, subject) == (account.email, "Your code for a new password")
    assert f"Your code for a new password is {mailbox.code()}." in text
    assert mailbox.code() not in repr(world.items())
    assert _confirm(world, surface, account.email, mailbox.code()) == surface.changed
    assert (account.signs_in(PASSWORD).status >= 400, account.signs_in(NEW).status) == (True, 200)
    assert _confirm(world, surface, account.email, mailbox.code()) == surface.refused


def test_every_session_ends(world: World, surface: Surface) -> None:
    account = _with_code(world, surface)
    owner: int | str = int(account.owner) if surface.audience == STAFF_AUDIENCE else account.owner
    tokens = [world.tokens(owner, audience=surface.audience) for _ in range(2)]
    refresh = "/users/auth/token/refresh/" if surface.audience == STAFF_AUDIENCE else "/api/token/refresh"

    assert _confirm(world, surface, account.email, CODE) == surface.changed

    for pair in tokens:
        assert world.call("GET", surface.shown, token=pair.access).status == 403
        assert world.call("POST", refresh, {"refresh": pair.refresh}).status in (401, 403)


@pytest.mark.parametrize("address", ["nobody@example.com", "no address", "ß" * 254])
def test_whoever_has_no_account_is_answered_in_the_same_calls_and_gets_no_mail(
    mailing_world: World, mailbox: Mailbox, surface: Surface, address: str
) -> None:
    account, made = surface.account(mailing_world), []
    for email in (account.email, address):
        with mailing_world.count_calls() as counter, counted_rounds() as rounds:
            answer = _ask(mailing_world, surface, email)
        made.append((_told(answer), answer.headers, counter.calls, rounds))

    assert made[0] == made[1]
    assert [recipient for _, recipient, _, _ in mailbox.messages] == [account.email]


def test_an_answer_takes_a_second_whether_mail_is_sent_or_not(
    mailing_world: World, mailbox: Mailbox, surface: Surface
) -> None:
    account = surface.account(mailing_world)
    for email in (account.email, "nobody@example.com"):
        mailing_world.waits.clear()
        _ask(mailing_world, surface, email)
        (wait,) = mailing_world.waits
        assert wait == pytest.approx(1, abs=0.01)

    assert len(mailbox.messages) == 1


def test_nobody_waits_where_no_mail_is_sent_at_all(world: World, surface: Surface) -> None:
    account = surface.account(world)

    assert _told(_ask(world, surface, account.email)) == surface.asked
    assert world.waits == []


def test_a_mail_that_can_not_be_sent_is_not_told(mailing_world: World, surface: Surface) -> None:
    account = surface.account(mailing_world)
    import boto3

    boto3.client("ses").delete_identity(Identity="orders@example.com")

    assert _told(_ask(mailing_world, surface, account.email)) == surface.asked


def test_codes_of_accounts_and_of_none_are_tried_alike(world: World, surface: Surface) -> None:
    account, made = _with_code(world, surface), []
    assert _told(_ask(world, surface, "nobody@example.com")) == surface.asked
    for email in (account.email, "nobody@example.com"):
        tries = []
        for _ in range(7):
            with world.count_calls() as counter, counted_rounds() as rounds:
                told = _confirm(world, surface, email, OTHER_CODE)
            tries.append((told, counter.calls, rounds))
        made.append(tries)

    assert made[0] == made[1]
    assert [told for told, _, _ in made[0]] == [surface.refused] * 7


def test_a_right_and_a_wrong_code_take_the_same_rounds_of_hashing_and_the_same_calls(
    world: World, surface: Surface
) -> None:
    account, made = _with_code(world, surface), []
    for code in (OTHER_CODE, CODE):
        with world.count_calls() as counter, counted_rounds() as rounds:
            _confirm(world, surface, account.email, code)
        made.append((counter.calls, rounds))

    assert made[0] == made[1]


def test_a_code_dies_after_five_wrong_tries_and_after_a_quarter_of_an_hour(
    world: World, surface: Surface
) -> None:
    first, second, third = (_with_code(world, surface) for _ in range(3))
    for _ in range(4):
        _confirm(world, surface, first.email, OTHER_CODE)
    assert _confirm(world, surface, first.email, CODE) == surface.changed
    for _ in range(5):
        assert _confirm(world, surface, second.email, OTHER_CODE) == surface.refused
    assert _confirm(world, surface, second.email, CODE) == surface.refused

    world.clock.advance(minutes=15)

    assert _confirm(world, surface, third.email, CODE) == surface.refused
    assert third.signs_in(PASSWORD).status == 200


def test_wrong_codes_in_a_row_wait_over_new_codes(world: World, surface: Surface) -> None:
    account = _with_code(world, surface)
    for _ in range(5):
        _confirm(world, surface, account.email, OTHER_CODE)
    leave_reset_code(world, surface.audience, account.owner, account.email)
    body = {"email": account.email, "code": CODE, "password": NEW}

    refused = world.call("POST", surface.confirm, body)

    assert (refused.status, refused.headers["retry-after"]) == (429, "1")
    assert world.seen_from("203.0.113.7").call("POST", surface.confirm, body).status < 300


def test_an_address_gets_five_codes_a_day_be_there_an_account_or_not(
    mailing_world: World, mailbox: Mailbox, surface: Surface
) -> None:
    account = surface.account(mailing_world)

    for email in (account.email, "nobody@example.com"):
        asked = [_ask(mailing_world, surface, spelled) for spelled in (*[email] * 5, email.upper())]
        assert [_told(answer) for answer in asked] == [surface.asked] * 6

    assert len(mailbox.messages) == 5


def test_the_fifth_code_stays_good_when_more_are_asked_for(
    mailing_world: World, mailbox: Mailbox, surface: Surface
) -> None:
    account = surface.account(mailing_world)
    for _ in range(6):
        _ask(mailing_world, surface, account.email)

    assert _confirm(mailing_world, surface, account.email, mailbox.code()) == surface.changed


def test_resets_count_against_the_network(world: World, surface: Surface) -> None:
    _ask(world, surface, "nobody@example.com")
    (key,) = [key for key in world.items() if key[0].startswith("FAILURES")]
    FailedAttemptsItem(*key).update([FailedAttemptsItem.failures.set(300)])

    assert _ask(world, surface, "somebody@example.com").status == 429
    assert _ask(world.seen_from("203.0.113.7"), surface, "somebody@example.com").status == 200


def test_a_new_password_ends_the_wait_for_the_wrong_ones_before_it(world: World, surface: Surface) -> None:
    account = _with_code(world, surface)
    for _ in range(5):
        account.signs_in("wrong")
    assert account.signs_in(PASSWORD).status == 429

    assert _confirm(world, surface, account.email, CODE) == surface.changed

    assert account.signs_in(NEW).status == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["email", "code", "password"]),
        ({"email": 1, "code": [], "password": "short"}, ["email", "code", "password"]),
        ({"email": "a@example.com", "code": 111111, "password": "\0" * 8}, ["password"]),
    ],
)
def test_wrong_fields_are_named(
    world: World, surface: Surface, body: dict[str, Any], fields: list[str]
) -> None:
    answer = world.call("POST", surface.confirm, body)
    details = answer.json if surface.audience == STAFF_AUDIENCE else answer.json["details"]

    assert (answer.status, list(details)) == (400, fields)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "This field is required."),
        ({"email": None}, "This field may not be null."),
        ({"email": 1}, "Not a valid string."),
        ({"email": "x" * 255}, "Ensure this field has no more than 254 characters."),
    ],
)
def test_who_asks_gives_a_text(world: World, surface: Surface, body: dict[str, Any], message: str) -> None:
    answer = world.call("POST", surface.ask, body)
    details = answer.json if surface.audience == STAFF_AUDIENCE else answer.json["details"]

    assert (answer.status, details) == (400, {"email": [message]})


def test_a_code_is_for_nobody_and_nothing_else(world: World, surface: Surface) -> None:
    account, other = _with_code(world, surface), surface.account(world)

    assert _confirm(world, surface, other.email, CODE) == surface.refused
    if surface.audience == STAFF_AUDIENCE:
        user = {"type_code": "email", "code": CODE}
        token = world.token(int(account.owner))
        assert world.call("POST", "/verify-info/accept-user-info/", user, token=token).status == 400
    assert other.signs_in(PASSWORD).status == 200


def test_a_code_dies_when_the_account_gets_another_address(world: World, surface: Surface) -> None:
    account = _with_code(world, surface)
    if surface.audience == STAFF_AUDIENCE:
        body: dict[str, Any] = {"email": "new@example.com", "old_password": PASSWORD}
        call = ("PATCH", f"/users/user/{account.owner}/", body, world.token(int(account.owner)))
    else:
        body = {"username": "somebody.new", "email": "new@example.com"}
        token = world.token(account.owner, audience=CUSTOMER_AUDIENCE)
        call = ("PUT", f"/api/profile/{account.owner}", body, token)
    method, target, body, token = call
    assert world.call(method, target, body, token=token).status == 200

    assert _confirm(world, surface, account.email, CODE) == surface.refused
    assert _confirm(world, surface, "new@example.com", CODE) == surface.refused


def test_a_change_at_the_same_time_uses_the_code_up_once(world: World, surface: Surface) -> None:
    account, faster = _with_code(world, surface), []

    def confirm_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", confirm_meanwhile)
        faster.append(_confirm(world, surface, account.email, CODE, "the first of two"))

    events = world.events
    events.register("before-call.dynamodb.TransactWriteItems", confirm_meanwhile)

    assert _confirm(world, surface, account.email, CODE) == surface.refused
    assert faster == [surface.changed]
    assert account.signs_in("the first of two").status == 200


def test_only_a_confirmed_address_of_staff_gets_a_code(
    mailing_world: World, mailbox: Mailbox, surface: Surface
) -> None:
    if surface.audience == STAFF_AUDIENCE:
        unconfirmed = surface.account(mailing_world, confirmed=False)
        assert _told(_ask(mailing_world, surface, unconfirmed.email)) == surface.asked
        assert mailbox.messages == []
        # The code that was written for nobody is good for nothing, whoever guesses it.
        leave_reset_code(mailing_world, STAFF_AUDIENCE, "", unconfirmed.email)
        assert _confirm(mailing_world, surface, unconfirmed.email, CODE) == surface.refused
    else:
        assert _told(_ask(mailing_world, surface, surface.account(mailing_world).email)) == surface.asked
        assert len(mailbox.messages) == 1


def test_the_code_goes_to_the_address_of_the_account_and_not_to_one_that_folds_to_it(
    mailing_world: World, mailbox: Mailbox, surface: Surface
) -> None:
    surface.account(mailing_world, email="user@straße.example")

    assert _told(_ask(mailing_world, surface, "user@strasse.example")) == surface.asked

    assert [recipient for _, recipient, _, _ in mailbox.messages] == ["user@straße.example"]


def test_the_username_is_no_password_and_trying_it_uses_up_a_try(world: World, surface: Surface) -> None:
    if surface.audience == STAFF_AUDIENCE:
        assert _confirm(world, surface, _with_code(world, surface).email, CODE) == surface.changed
        return
    customer = Shop(world).customer(username="Leia.Organa")
    leave_reset_code(world, CUSTOMER_AUDIENCE, customer.uuid, customer.email)

    answers = [_confirm(world, surface, customer.email, CODE, "leia.organa") for _ in range(6)]

    weak = {"password": ["The password is too similar to the username."]}
    assert answers == [(400, {"message": "Validation error.", "details": weak})] * 5 + [surface.refused]
