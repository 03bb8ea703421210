"""What changes how somebody signs in wants the password that there is, and the old address is told of it."""

from typing import Any

import pytest

from chalicelib import texts
from chalicelib.accounts.model import User
from chalicelib.table import keys
from tests.support.asking import Asker, asker
from tests.support.hash_rounds import counted_rounds
from tests.support.mailbox import Mailbox
from tests.support.scene import Scene
from tests.support.staff import PASSWORD, Staff, rewrite
from tests.support.world import Answer, World

OLD = {"old_password": PASSWORD}
REQUIRED = {"old_password": ["This field is required."]}
WRONG = {"old_password": ["Wrong password."]}
NEW: list[dict[str, Any]] = [
    {"email": "new@example.com"},
    {"email": None},
    {"phone": "+79130000055"},
    {"phone": None},
    {"password": "another good one"},
]
NAMES = {"surname": "S", "name": "N", "patronymic": "", "address": ""}


@pytest.fixture
def user(scene: Scene) -> User:
    return scene.staff.user(phone="+79130000044")


def _path(user: User) -> str:
    return f"/users/user/{user.id}/"


def _told(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.json


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("new", NEW, ids=str)
def test_a_new_password_email_or_phone_wants_the_old_password(
    scene: Scene, user: User, method: str, new: dict[str, Any]
) -> None:
    me, body = asker(scene.world, user), {**NAMES, **new}
    before = scene.world.records()

    def ask(**more: str) -> Answer:
        return scene.world.call(method, _path(user), {**body, **more}, token=me.token)

    assert _told(ask()) == (400, REQUIRED)
    assert _told(ask(old_password="wrong")) == (400, WRONG)
    assert scene.world.records() == before
    assert ask(**OLD).status == 200


def test_closing_the_account_wants_the_password(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)
    before = scene.world.records()

    assert _told(me.delete(_path(user))) == (400, REQUIRED)
    assert _told(me.delete(_path(user), {"old_password": "wrong"})) == (400, WRONG)
    assert scene.world.records() == before
    assert me.delete(_path(user), OLD).status == 204


def test_it_is_missing_together_with_whatever_else_is_wrong(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)

    answer = me.patch(_path(user), {"surname": "", "email": "no address", "password": "short"})

    assert list(answer.json) == ["surname", "email", "password", "old_password"]
    assert answer.json["old_password"] == REQUIRED["old_password"]


@pytest.mark.parametrize(
    "same",
    [{"surname": "Changed"}, {"phone": "+7 (913) 000-00-44"}, {"email": "own"}, {"email": "OWN"}],
    ids=str,
)
def test_what_stays_the_same_wants_no_password(scene: Scene, user: User, same: dict[str, str]) -> None:
    me = asker(scene.world, user)
    own = {"own": str(user.email), "OWN": str(user.email).upper()}
    body = {**NAMES, **{name: own.get(value, value) for name, value in same.items()}}

    answer = me.put(_path(user), body)

    assert (answer.status, answer.json["confirmed_email"]) == (200, True)


def test_another_mailbox_that_is_the_same_claim_is_a_new_address(scene: Scene) -> None:
    user = scene.staff.user(email="user@strasse.example")
    me, other = asker(scene.world, user), "user@straße.example"

    assert _told(me.patch(_path(user), {"email": other})) == (400, REQUIRED)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jane@Example.com", "jane@example.COM", True),
        ("user@straße.example", "user@strasse.example", False),
        ("\u212aelvin@example.com", "kelvin@example.com", False),
        ("É@example.com", "é@example.com", False),
        ("a@example.com", "b@example.com", False),
        ("a@example.com", None, False),
        (None, None, True),
    ],
)
def test_an_address_stays_confirmed_only_where_ascii_letters_change_their_case(
    one: str | None, other: str | None, same: bool
) -> None:
    assert texts.is_same_mailbox(one, other) is same


def test_a_wrong_one_counts_as_a_wrong_try_of_the_sign_in(scene: Scene, user: User) -> None:
    world, me = scene.world, asker(scene.world, user)
    for wrong in range(3):
        me.patch(_path(user), {"password": "another good one", "old_password": f"wrong {wrong}"})
    for wrong in range(2):
        me.delete(_path(user), {"old_password": f"wrong {wrong}"})

    credentials = {"email": user.email, "password": PASSWORD}
    assert world.call("POST", "/users/auth/token/", credentials).status == 429
    assert me.patch(_path(user), {"phone": None, **OLD}).status == 429
    assert me.delete(_path(user), OLD).status == 429
    assert me.patch(_path(user), {"surname": "Changed"}).status == 200
    world.clock.advance(seconds=1)
    assert me.patch(_path(user), {"phone": None, **OLD}).status == 200
    assert world.call("POST", "/users/auth/token/", credentials).status == 200


def test_a_right_one_with_a_taken_contact_counts_against_the_network_alone(scene: Scene, user: User) -> None:
    world, me = scene.world, asker(scene.world, user)
    for _ in range(6):
        answer = me.patch(_path(user), {"email": scene.creator.email, **OLD})
        assert answer.json == {"email": ["user with this email already exists."]}

    hour = world.runtime.epoch() // 3600
    counted = world.items()[keys.failed_attempts_of_network("127.0.0.1", hour)]
    assert counted["failures"] == {"N": "6"}
    assert me.patch(_path(user), {"phone": None, **OLD}).status == 200


def test_a_wrong_one_does_not_tell_whether_a_contact_is_taken(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)

    answers = [
        me.patch(_path(user), {"email": email, "old_password": "wrong"})
        for email in (scene.creator.email, "nobody@example.com")
    ]

    assert [_told(answer) for answer in answers] == [(400, WRONG)] * 2


def test_one_that_was_not_looked_at_ends_no_row_of_wrong_ones(scene: Scene, user: User) -> None:
    me = asker(scene.world, user)
    for wrong in range(4):
        me.delete(_path(user), {"old_password": f"wrong {wrong}"})

    me.patch(_path(user), {"surname": "", "email": "nobody@example.com", **OLD})

    assert me.delete(_path(user), {"old_password": "wrong"}).status == 400
    assert me.delete(_path(user), OLD).status == 429


@pytest.mark.parametrize("new", [{"password": "another good one"}, {"email": "new@example.com"}], ids=str)
def test_a_right_and_a_wrong_one_take_the_same_rounds_of_hashing(
    scene: Scene, user: User, new: dict[str, str]
) -> None:
    me, made = asker(scene.world, user), []
    for old in ("wrong", PASSWORD):
        with counted_rounds() as rounds:
            me.patch(_path(user), {**new, "old_password": old})
        made.append(sum(rounds))

    assert made[0] == made[1] > 0


class _Owner:
    """Somebody whose address gets mail."""

    def __init__(self, world: World, mailbox: Mailbox, **fields: Any) -> None:
        self.user = Staff(world.runtime).user(**fields)
        self.me: Asker = asker(world, self.user)
        self._mailbox = mailbox

    def change(self, **fields: Any) -> Answer:
        return self.me.patch(_path(self.user), {**fields, **OLD})

    @property
    def notices(self) -> list[tuple[str, str]]:
        """To whom notices went, and their first lines."""
        return [(to, text.partition("\n")[0]) for _, to, _, text in self._mailbox.messages]


def test_the_old_address_is_told_what_was_changed(mailing_world: World, mailbox: Mailbox) -> None:
    owner = _Owner(mailing_world, mailbox)
    old = str(owner.user.email)

    owner.change(password=PASSWORD + PASSWORD)
    owner.me.patch(
        _path(owner.user),
        {"email": "new@example.com", "phone": "+79130000055", "old_password": PASSWORD * 2},
    )
    owner.me.patch(_path(owner.user), {"surname": "Changed"})

    assert owner.notices == [
        (old, "This was changed in your account just now: password."),
        (old, "This was changed in your account just now: email address, phone number."),
    ]


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_address_is_told_of_the_closing_if_it_was_confirmed(
    mailing_world: World, mailbox: Mailbox, confirmed: bool
) -> None:
    owner = _Owner(mailing_world, mailbox, confirmed=confirmed)

    assert owner.me.delete(_path(owner.user), OLD).status == 204

    told = (str(owner.user.email), "Your account was closed just now, and your personal data was erased.")
    assert owner.notices == [told] * confirmed


def test_an_account_without_an_address_has_nobody_to_tell(mailing_world: World, mailbox: Mailbox) -> None:
    owner = _Owner(mailing_world, mailbox, email=None, phone="+79130000055")

    assert owner.change(password="another good one").status == 200
    assert owner.notices == []


def test_nobody_is_told_of_what_did_not_happen(mailing_world: World, mailbox: Mailbox) -> None:
    owner = _Owner(mailing_world, mailbox)

    owner.me.patch(_path(owner.user), {"phone": "+79130000055", "old_password": "wrong"})

    assert owner.notices == []


def test_an_address_gets_five_notices_a_day_and_they_are_no_codes(
    mailing_world: World, mailbox: Mailbox
) -> None:
    owner = _Owner(mailing_world, mailbox, confirmed=False)

    changed = [owner.change(phone=f"+7913000005{number}").status for number in range(7)]

    assert changed == [200] * 7
    assert len(owner.notices) == 5
    codes = [owner.me.post("/verify-info/verify-user-email/").status for _ in range(6)]
    assert codes == [200] * 5 + [429]
    mailing_world.clock.advance(days=1)
    owner.me = asker(mailing_world, owner.user)
    owner.change(phone="+79130000060")
    assert len(owner.notices) == 11


def test_a_change_holds_though_the_notice_can_not_be_sent(mailing_world: World, mailbox: Mailbox) -> None:
    owner = _Owner(mailing_world, mailbox)
    import boto3

    boto3.client("ses").delete_identity(Identity="orders@example.com")

    assert owner.change(phone="+79130000055").json["phone"] == "+79130000055"


def test_a_change_at_the_same_time_of_the_password_makes_the_old_one_wrong(scene: Scene, user: User) -> None:
    me, elsewhere = asker(scene.world, user), []

    def change_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", change_meanwhile)
        elsewhere.append(rewrite(scene.world.runtime, user, password_hash="none"))

    events = scene.world.events
    events.register("before-call.dynamodb.TransactWriteItems", change_meanwhile)

    assert _told(me.patch(_path(user), {"phone": None, **OLD})) == (400, WRONG)
