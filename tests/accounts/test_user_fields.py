"""What each input field of a staff account and of a sign-in takes, refuses (in which words) and gives."""

from dataclasses import asdict
from typing import Any

import pytest

from chalicelib.accounts.confirmation.schemas import GivenCode
from chalicelib.accounts.schemas import NewUser, UserChange
from chalicelib.accounts.sessions.schemas import Credentials
from chalicelib.auth.refreshing import RefreshToken
from chalicelib.errors import ContactMissing, ValidationFailed
from chalicelib.web import fields
from chalicelib.web.fields import changes_in
from tests.support.field_tables import (
    BLANK_TEXTS,
    CONTROL_CHARACTERS,
    NO_TEXTS,
    NULL,
    REQUIRED,
    UNUSABLE_TEXTS,
    USABLE_TEXTS,
    fields_of,
)

ACCOUNT: dict[str, Any] = {
    "surname": "Doe",
    "name": "Jane",
    "patronymic": "Ann",
    "address": "1 Main Street",
    "email": "jane@example.com",
    "phone": "+79137779135",
    "password": "correct horse",
}
LONGEST = {"surname": 150, "name": 150, "patronymic": 150, "address": 200, "password": 128}
MAY_BE_BLANK = ("patronymic", "address")
NOT_AN_EMAIL = "Enter a valid email address."
NOT_A_PHONE = "Enter a valid phone number."
LONG_DOMAIN = ".".join(["x" * 63, "x" * 63, "x" * 57, "com"])
HIDDEN = ("\u200b", "\u202e", "\ufeff", "\u00ad", "\u2060")
NEITHER: list[dict[str, Any]] = [
    {},
    {"email": None},
    {"email": ""},
    {"email": None, "phone": None},
    {"email": "", "phone": " "},
    {"password": 1},
]


def _too_long(most: int) -> str:
    return f"Ensure this field has no more than {most} characters."


def _registered(**given: Any) -> dict[str, Any]:
    return asdict(fields.parse(NewUser, ACCOUNT | given).complete())


def _refused(input_type: type[Any], body: dict[str, Any]) -> list[tuple[str, list[str]]]:
    with pytest.raises(ValidationFailed) as caught:
        fields.parse(input_type, body).complete()
    return fields_of(caught.value)


def _wrong(**given: Any) -> list[tuple[str, list[str]]]:
    return _refused(NewUser, ACCOUNT | given)


@pytest.mark.parametrize(("field", "most"), LONGEST.items())
def test_a_text_comes_back_as_it_went_in(field: str, most: int) -> None:
    for text in (*USABLE_TEXTS, "x" * most, "🛠" * most):
        if field != "password" or len(text) >= 8:
            assert _registered(**{field: text})[field] == text


@pytest.mark.parametrize("field", LONGEST)
@pytest.mark.parametrize(("value", "message"), [*NO_TEXTS, *UNUSABLE_TEXTS])
def test_what_is_no_text_is_refused_in_these_words(field: str, value: Any, message: str) -> None:
    assert _wrong(**{field: value}) == [(field, [message])]


@pytest.mark.parametrize(("field", "most"), LONGEST.items())
def test_a_text_has_a_longest_length(field: str, most: int) -> None:
    assert _wrong(**{field: "🛠" * (most + 1)}) == [(field, [_too_long(most)])]


@pytest.mark.parametrize("field", ["surname", "name", "password"])
@pytest.mark.parametrize(("value", "message"), BLANK_TEXTS)
def test_a_name_and_a_password_are_not_blank(field: str, value: str, message: str) -> None:
    assert _wrong(**{field: value}) == [(field, [message])]


@pytest.mark.parametrize("field", MAY_BE_BLANK)
@pytest.mark.parametrize("value", ["", "  "])
def test_patronymic_and_address_may_be_blank(field: str, value: str) -> None:
    assert _registered(**{field: value})[field] == value


def test_a_password_has_8_to_128_characters() -> None:
    short = "Ensure this field has at least 8 characters."

    assert _wrong(password="seven77") == [("password", [short])]
    assert _wrong(password="\0") == [("password", [short, CONTROL_CHARACTERS])]
    assert _registered(password="🛠" * 8)["password"] == "🛠" * 8


@pytest.mark.parametrize(
    "email",
    [
        "a@b.cd",
        "Jane.Doe+tag@mail.example.com",
        "d'arc@example.org",
        "почта@пример.рф",
        "x" * 64 + "@" + LONG_DOMAIN,
        "я" * 32 + "@example.com",
        "a@b\u00fccher.de",
        "a@bu\u0308cher.de",
        "x@उदाहरण.परीक्षा",
    ],
)
def test_an_email_is_kept_as_typed(email: str) -> None:
    assert _registered(email=email)["email"] == email


@pytest.mark.parametrize(
    ("value", "message"),
    [
        *NO_TEXTS[1:],
        ("plain", NOT_AN_EMAIL),
        *((f"{local}@example.com", NOT_AN_EMAIL) for local in ("a..x", ".a", "a.", ".", '"a b"', '"a"')),
        *((f"name{hidden}@example.com", NOT_AN_EMAIL) for hidden in HIDDEN),
        *((f"name@exam{hidden}ple.com", NOT_AN_EMAIL) for hidden in HIDDEN),
        *((f"na{other}me@example.com", NOT_AN_EMAIL) for other in ("\u2065", "\ufe0f", "\ue000", "\ufffe")),
        ("a\uff20b@example.com", NOT_AN_EMAIL),
        ("a\uff20example.com", NOT_AN_EMAIL),
        ("a@\u0308example.com", NOT_AN_EMAIL),
        ("a@under_score.com", NOT_AN_EMAIL),
        ("x" * 65 + "@example.com", NOT_AN_EMAIL),
        ("я" * 33 + "@example.com", NOT_AN_EMAIL),
        ("@example.com", NOT_AN_EMAIL),
        ("a@", NOT_AN_EMAIL),
        ("a@example", NOT_AN_EMAIL),
        ("a@@example.com", NOT_AN_EMAIL),
        ("a b@example.com", NOT_AN_EMAIL),
        ("a@exa mple.com", NOT_AN_EMAIL),
        ("a@-example.com", NOT_AN_EMAIL),
        ("a@example..com", NOT_AN_EMAIL),
        ("a@example.com\n", NOT_AN_EMAIL),
        ("a@example.com,b@example.com", NOT_AN_EMAIL),
        ("<a@example.com>", NOT_AN_EMAIL),
        ("a\0@example.com", CONTROL_CHARACTERS),
        ("x" * 65 + "@" + LONG_DOMAIN, _too_long(254)),
    ],
)
def test_an_email_is_refused_in_these_words(value: Any, message: str) -> None:
    assert _wrong(email=value) == [("email", [message])]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+79137779135", "+79137779135"),
        ("+7 (913) 777-91-35", "+79137779135"),
        ("+7.913.777.91.35", "+79137779135"),
        (" +4930123456 ", "+4930123456"),
        ("+1234567", "+1234567"),
        ("+15550000000", "+15550000000"),
        *((f"\u202a+7913{hidden}7779135\u202c", "+79137779135") for hidden in HIDDEN),
        ("+44 (0)20 7946 0449", "+442079460449"),
        ("+44 (20) 7946 0449", "+442079460449"),
        ("+(44) (0) 20 7946 0449", "+442079460449"),
        ("+49(0)30 23125 449", "+493023125449"),
        ("+380 (0)44 123 45 67", "+380441234567"),
        ("+39 (0)6 698 12345", "+390669812345"),
        ("+7 91(0) 777-91-35", "+79107779135"),
        ("+44 20 (0)946 0449", "+442009460449"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_a_phone_becomes_e_164(typed: str, stored: str) -> None:
    assert _registered(phone=typed)["phone"] == stored


@pytest.mark.parametrize(
    ("value", "message"),
    [
        *NO_TEXTS[1:],
        ("89137779135", NOT_A_PHONE),
        ("\u200b", NOT_A_PHONE),
        ("0079137779135", NOT_A_PHONE),
        ("+0137779135", NOT_A_PHONE),
        ("+123456", NOT_A_PHONE),
        ("+1234567890123456", NOT_A_PHONE),
        ("+7913x779135", NOT_A_PHONE),
        ("+٧٩١٣٧٧٧٩١٣٥", NOT_A_PHONE),
        ("++79137779135", NOT_A_PHONE),
        ("+7913\x00779135", CONTROL_CHARACTERS),
        ("+" + "1-" * 20, _too_long(40)),
    ],
)
def test_a_phone_is_refused_in_these_words(value: Any, message: str) -> None:
    assert _wrong(phone=value) == [("phone", [message])]


@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\u00a0\u2003"])
@pytest.mark.parametrize("input_type", [NewUser, UserChange, Credentials])
def test_an_empty_contact_beside_another_is_none(input_type: type[Any], blank: str) -> None:
    for empty, other in (("email", "phone"), ("phone", "email")):
        given = fields.parse(input_type, ACCOUNT | {empty: blank}).complete()
        assert (getattr(given, empty), getattr(given, other)) == (None, ACCOUNT[other])


@pytest.mark.parametrize("absent", ["email", "phone"])
def test_one_contact_is_enough(absent: str) -> None:
    without = {name: value for name, value in ACCOUNT.items() if name != absent}

    for body in (without, {**ACCOUNT, absent: None}):
        form = fields.parse(NewUser, body)
        assert (dict(form.given), asdict(form.complete())) == (body, {**ACCOUNT, absent: None})


@pytest.mark.parametrize("input_type", [NewUser, Credentials])
@pytest.mark.parametrize("body", NEITHER)
def test_neither_contact_is_told_before_any_field(input_type: type[Any], body: dict[str, Any]) -> None:
    with pytest.raises(ContactMissing):
        fields.parse(input_type, body).complete()


def test_every_wrong_field_of_an_account_is_named_in_the_documented_order() -> None:
    body = {"password": "x", "phone": "1", "email": "x", "address": None, "name": 1}

    assert _refused(NewUser, body) == [
        ("surname", [REQUIRED]),
        ("name", ["Not a valid string."]),
        ("patronymic", [REQUIRED]),
        ("address", [NULL]),
        ("email", [NOT_AN_EMAIL]),
        ("phone", [NOT_A_PHONE]),
        ("password", ["Ensure this field has at least 8 characters."]),
    ]


def test_a_put_needs_everything_but_contacts_and_password_and_a_patch_nothing() -> None:
    required = ["surname", "name", "patronymic", "address"]

    assert _refused(UserChange, {}) == [(name, [REQUIRED]) for name in required]
    assert changes_in(fields.parse(UserChange, {}, partial=True).complete()) == {}


def test_a_change_tells_a_contact_that_is_taken_away_from_one_that_is_not_named() -> None:
    change = fields.parse(UserChange, {"email": None}, partial=True).complete()

    assert changes_in(change) == {"email": None}


@pytest.mark.parametrize("field", ["surname", "name", "patronymic", "address", "password"])
def test_only_a_contact_can_be_taken_away(field: str) -> None:
    body = {name: value for name, value in ACCOUNT.items() if name != "password"}

    assert _refused(UserChange, {**body, field: None}) == [(field, [NULL])]


@pytest.mark.parametrize("password", ["x", "x" * 1024])
def test_a_password_to_sign_in_with_is_not_judged(password: str) -> None:
    given = {"email": "no address at all", "password": password}

    assert asdict(fields.parse(Credentials, given).complete()) == {**given, "phone": None}


@pytest.mark.parametrize(("value", "message"), [*NO_TEXTS, *BLANK_TEXTS, ("x" * 1025, _too_long(1024))])
def test_a_password_to_sign_in_with_is_a_text(value: Any, message: str) -> None:
    given = {"email": "a@example.com", "password": value}

    assert _refused(Credentials, given) == [("password", [message])]


@pytest.mark.parametrize(("value", "message"), [*NO_TEXTS, *BLANK_TEXTS, ("x" * 4097, _too_long(4096))])
def test_a_refresh_token_is_a_text(value: Any, message: str) -> None:
    assert _refused(RefreshToken, {"refresh": value}) == [("refresh", [message])]


@pytest.mark.parametrize(("code", "text"), [(281343, "281343"), ("281343", "281343"), (-1, "-1"), ("", "")])
def test_a_code_is_a_number_or_a_text(code: Any, text: str) -> None:
    given = fields.parse(GivenCode, {"type_code": "email", "code": code}).complete()

    assert given == GivenCode(type_code="email", code=text)


@pytest.mark.parametrize("code", [True, 281343.0, [], {}])
def test_nothing_else_is_a_code(code: Any) -> None:
    body = {"type_code": "email", "code": code}

    assert _refused(GivenCode, body) == [("code", ["A valid integer is required."])]
