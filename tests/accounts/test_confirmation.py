"""`/verify-info/…`: a code is mailed, and accepted once."""

import json
import logging

import pytest

from chalicelib.accounts.model import User
from chalicelib.table import keys
from chalicelib.table.items import MailedCodeItem
from tests.engines.faults import FOREVER, TransactionConflict, inject
from tests.support.asking import Asker, asker
from tests.support.companion_samples import CODE, codes_of, mail_code
from tests.support.mailbox import Mailbox
from tests.support.scene import Scene
from tests.support.staff import PASSWORD, Staff, rewrite
from tests.support.world import Answer, World

MAIL, ACCEPT = "/verify-info/verify-user-email/", "/verify-info/accept-user-info/"
REFUSED = (400, {"detail": "Invalid code or not exist"})


def _accept(who: Asker, code: object, type_code: object = "email") -> tuple[int, object]:
    answer = who.post(ACCEPT, {"type_code": type_code, "code": code})
    return answer.status, answer.json


def _confirmed(who: Asker, user: User) -> bool:
    shown: bool = who.get(f"/users/user/{user.id}/").json["confirmed_email"]
    return shown


@pytest.fixture
def user(scene: Scene) -> User:
    return scene.staff.user(confirmed=False)


def test_mails_a_code_of_six_digits_that_confirms_once(mailing_world: World, mailbox: Mailbox) -> None:
    user = Staff(mailing_world.runtime).user(confirmed=False)
    me = asker(mailing_world, user)

    mailed = me.post(MAIL)

    assert (mailed.status, mailed.json) == (200, {})
    ((_, recipient, subject, text),) = mailbox.messages
    assert (recipient, subject) == (user.email, "Your confirmation code")
    assert f"Your confirmation code is {mailbox.code()}." in text
    assert len(mailbox.code()) == 6
    assert mailbox.code() not in repr(mailing_world.items())
    assert _accept(me, mailbox.code()) == (200, {"detail": "Successfully confirmed"})
    assert _confirmed(me, user)
    assert _accept(me, mailbox.code()) == REFUSED
    again = me.post(MAIL)
    assert (again.status, again.json) == (200, {"detail": "Already confirmed"})
    assert len(mailbox.messages) == 1


def test_a_refusal_of_the_mail_service_is_told_as_unavailable(mailing_world: World) -> None:
    user = Staff(mailing_world.runtime).user(confirmed=False, email="nobody@example.com")
    import boto3

    boto3.client("ses").delete_identity(Identity="orders@example.com")

    answer = asker(mailing_world, user).post(MAIL)

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")


def test_without_a_sender_the_mail_is_logged(
    scene: Scene, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("chalicelib")
    level = logger.level
    logger.addHandler(caplog.handler)
    logger.setLevel("INFO")
    try:
        assert asker(scene.world, user).post(MAIL).json == {}
    finally:
        logger.removeHandler(caplog.handler)
        logger.setLevel(level)

    lines = [json.loads(record.getMessage()) for record in caplog.records]
    (mail,) = [line for line in lines if line["message"] == "mail"]
    code = "".join(filter(str.isdigit, mail["text"].partition(".")[0]))
    assert mail["to"] == user.email
    assert _accept(asker(scene.world, user), int(code))[0] == 200


def test_an_account_without_an_email_gets_no_code(scene: Scene) -> None:
    user = scene.staff.user(confirmed=False, email=None, phone="+79130000001")

    answer = asker(scene.world, user).post(MAIL)

    assert (answer.status, answer.json) == (400, {"detail": "Valid phone number or email not provided"})


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"type_code": ["This field is required."], "code": ["This field is required."]}),
        ({"type_code": "email", "code": None}, {"code": ["This field may not be null."]}),
        (
            {"type_code": 1, "code": [1]},
            {"type_code": ["Not a valid string."], "code": ["A valid integer is required."]},
        ),
    ],
)
def test_wrong_fields_are_named(scene: Scene, user: User, body: object, fields: object) -> None:
    answer = asker(scene.world, user).post(ACCEPT, body)

    assert (answer.status, answer.json) == (400, fields)


@pytest.mark.parametrize("code", [0, -1, "28134", "2813430", "x", "", 281344, 281343.0])
def test_another_code_is_refused(scene: Scene, user: User, code: object) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)

    assert _accept(me, code)[0] == 400
    assert not _confirmed(me, user)


def test_a_code_that_was_never_mailed_or_is_for_a_phone_is_refused(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)

    assert _accept(me, CODE) == REFUSED
    mail_code(scene, user.id, CODE)
    assert _accept(me, CODE, "phone") == REFUSED


def test_a_code_lives_fifteen_minutes(mailing_world: World, mailbox: Mailbox) -> None:
    staff = Staff(mailing_world.runtime)
    first, second = staff.user(confirmed=False), staff.user(confirmed=False)
    codes = []
    for user in (first, second):
        asker(mailing_world, user).post(MAIL)
        codes.append(mailbox.code())
    begun = [asker(mailing_world, user) for user in (first, second)]

    mailing_world.clock.advance(seconds=15 * 60 - 1)
    assert _accept(begun[0], codes[0])[0] == 200
    mailing_world.clock.advance(seconds=1)
    assert _accept(asker(mailing_world, second), codes[1]) == REFUSED


def test_a_code_dies_after_five_wrong_tries(scene: Scene, user: User) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)

    assert [_accept(me, 111111) for _ in range(5)] == [REFUSED] * 5

    assert _accept(me, CODE) == REFUSED
    scene.world.clock.advance(seconds=5)
    assert _accept(me, CODE) == REFUSED


def test_the_fifth_try_may_be_the_right_one(scene: Scene, user: User) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)

    assert [_accept(me, 111111) for _ in range(4)] == [REFUSED] * 4

    assert _accept(me, CODE)[0] == 200


def _use_up_meanwhile(scene: Scene, user: User) -> None:
    """Have wrong tries use up a user's code just before the next request commits."""

    def use_up(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", use_up)
        MailedCodeItem(*codes_of(user).key).update([MailedCodeItem.code_failures.set(5)])

    events = scene.world.events
    events.register("before-call.dynamodb.TransactWriteItems", use_up)


def test_a_right_try_behind_five_wrong_ones_at_the_same_time_is_refused(scene: Scene, user: User) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)
    _use_up_meanwhile(scene, user)

    assert _accept(me, CODE) == REFUSED
    assert not _confirmed(me, user)


def test_a_wrong_try_behind_five_others_at_the_same_time_counts_nowhere(scene: Scene, user: User) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)
    _use_up_meanwhile(scene, user)

    assert _accept(me, 111111) == REFUSED

    items = scene.world.items()
    assert items[codes_of(user).key]["code_failures"] == {"N": "5"}
    assert not [partition for partition, _ in items if partition.startswith("FAILURES")]


def test_a_wrong_try_is_counted_though_its_transaction_conflicts_with_another(
    scene: Scene, user: User
) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)

    with inject(scene.world.events, TransactionConflict("TransactWriteItems", times=FOREVER)):
        assert _accept(me, 111111)[0] == 503

    items = scene.world.items()
    assert items[codes_of(user).key]["code_failures"] == {"N": "1"}
    assert [
        item["failures"] for (partition, _), item in items.items() if partition.startswith("FAILURES")
    ] == [{"N": "1"}] * 2


def test_a_change_of_the_account_at_the_same_time_is_kept(scene: Scene, user: User) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)

    def change_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", change_meanwhile)
        rewrite(scene.world.runtime, user, surname="Changed")

    events = scene.world.events
    events.register("before-call.dynamodb.TransactWriteItems", change_meanwhile)

    assert _accept(me, CODE)[0] == 200
    shown = me.get(f"/users/user/{user.id}/").json
    assert (shown["surname"], shown["confirmed_email"]) == ("Changed", True)


def test_of_codes_that_are_asked_for_at_the_same_time_each_counts_and_the_last_is_good(
    mailing_world: World, mailbox: Mailbox
) -> None:
    user = Staff(mailing_world.runtime).user(confirmed=False)
    me = asker(mailing_world, user)
    _ask(me, 3)
    faster = []

    def ask_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", ask_meanwhile)
        faster.append(me.post(MAIL).status)

    events = mailing_world.events
    events.register("before-call.dynamodb.TransactWriteItems", ask_meanwhile)

    assert (me.post(MAIL).status, faster, me.post(MAIL).status) == (200, [200], 429)
    assert len(mailbox.messages) == 5
    assert _accept(me, mailbox.code())[0] == 200


def test_wrong_tries_in_a_row_wait_over_new_codes(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)
    mail_code(scene, user.id, CODE)
    for _ in range(5):
        _accept(me, 111111)
    mail_code(scene, user.id, CODE)
    before = scene.world.items()

    waiting: Answer = me.post(ACCEPT, {"type_code": "email", "code": CODE})

    assert (waiting.status, waiting.headers["retry-after"]) == (429, "1")
    assert scene.world.items() == before
    scene.world.clock.advance(seconds=1)
    assert _accept(me, CODE)[0] == 200


def test_only_the_last_code_is_good_and_only_for_its_user(scene: Scene, user: User) -> None:
    other = scene.staff.user(confirmed=False)
    mail_code(scene, user.id, "111111")
    mail_code(scene, user.id, CODE)

    assert _accept(asker(scene.world, other), CODE) == REFUSED
    assert _accept(asker(scene.world, user), "111111") == REFUSED
    assert _accept(asker(scene.world, user), CODE)[0] == 200


def test_a_code_dies_with_the_address_that_it_was_mailed_to(scene: Scene, user: User) -> None:
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)
    me.patch(f"/users/user/{user.id}/", {"email": "victim@example.com", "old_password": PASSWORD})

    assert _accept(me, CODE) == REFUSED
    assert not _confirmed(me, user)


def _ask(who: Asker, times: int) -> None:
    assert [who.post(MAIL).status for _ in range(times)] == [200] * times


def test_an_address_gets_at_most_five_codes_within_any_day(scene: Scene, user: User) -> None:
    world = scene.world
    _ask(asker(world, user), 3)
    world.clock.advance(hours=10)
    _ask(asker(world, user), 2)

    refused = asker(world, user).post(MAIL)

    assert (refused.status, refused.headers["retry-after"]) == (429, str(14 * 3600))
    assert refused.json == {"detail": "Request was throttled. Expected available in 50400 seconds."}
    world.clock.advance(hours=14)
    _ask(asker(world, user), 3)
    assert asker(world, user).post(MAIL).headers["retry-after"] == str(10 * 3600)


def test_whoever_closes_the_account_and_registers_again_gets_no_more_codes_and_no_more_tries(
    scene: Scene,
) -> None:
    world, staff = scene.world, scene.staff
    first = staff.user(confirmed=False, email="stranger@example.com")
    me = asker(world, first)
    _ask(me, 5)
    assert [_accept(me, 111111) for _ in range(5)] == [REFUSED] * 5
    assert me.delete(f"/users/user/{first.id}/", {"old_password": PASSWORD}).status == 204

    again = asker(world, staff.user(confirmed=False, email="Stranger@Example.com"))

    assert again.post(MAIL).status == 429
    world.clock.advance(days=1)
    _ask(asker(world, staff.user(confirmed=False, email="stranger@EXAMPLE.com")), 1)


def test_tries_of_a_code_count_for_the_next_account_with_the_address(scene: Scene) -> None:
    world, staff = scene.world, scene.staff
    first = staff.user(confirmed=False, email="stranger@example.com")
    mail_code(scene, first.id, CODE)
    me = asker(world, first)
    assert [_accept(me, 111111) for _ in range(5)] == [REFUSED] * 5
    assert me.delete(f"/users/user/{first.id}/", {"old_password": PASSWORD}).status == 204
    second = staff.user(confirmed=False, email="stranger@example.com")
    mail_code(scene, second.id, CODE)

    waiting = asker(world, second).post(ACCEPT, {"type_code": "email", "code": 111111})

    assert (waiting.status, waiting.headers["retry-after"]) == (429, "1")


def test_an_address_that_was_written_to_is_not_kept_with_what_counts(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)
    _ask(me, 1)
    _accept(me, 111111)
    me.delete(f"/users/user/{user.id}/", {"old_password": PASSWORD})

    assert str(user.email) not in repr(scene.world.items())


def test_mails_that_a_network_asks_for_count_against_it(scene: Scene) -> None:
    users = [scene.staff.user(confirmed=False) for _ in range(2)]
    for user in users:
        _ask(asker(scene.world, user), 1)

    key = keys.failed_attempts_of_network("127.0.0.1", scene.world.runtime.epoch() // 3600)

    assert scene.world.items()[key]["failures"] == {"N": "2"}
