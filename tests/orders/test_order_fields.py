"""The input fields of orders and staff accounts: valid values, invalid ones with their exact messages."""

from dataclasses import dataclass
from typing import Annotated, Any

import pytest

from chalicelib.accounts.schemas import NewUser
from chalicelib.errors import ValidationFailed
from chalicelib.orders.schemas import NewOrder, OrderChange
from chalicelib.web.contact_fields import Email, Phone
from chalicelib.web.fields import UNSET, Flag, PrimaryKey, References, Text, Unset, changes_in, parse

BLANK = "This field may not be blank."
NULL = "This field may not be null."
NOT_TEXT = "Not a valid string."
CONTROL = "Control characters are not allowed."
TOO_LONG = "Ensure this field has no more than 500 characters."

DESCRIPTIONS = ["x", " x ", "x" * 500, "🛠" * 500, "tab\tline\nreturn\r", "ünïcode", "\u200b", "0", "a\u00a0b"]

WRONG_DESCRIPTIONS: list[tuple[Any, list[str]]] = [
    (None, [NULL]),
    ("", [BLANK]),
    (" \t\n", [BLANK]),
    ("x" * 501, [TOO_LONG]),
    ("🛠" * 501, [TOO_LONG]),
    ("a\0b", [CONTROL]),
    ("a\x1bb", [CONTROL]),
    ("a\x7fb", [CONTROL]),
    ("a\x85b", [CONTROL]),
    ("\ud800", [CONTROL]),
    ("\0" * 501, [TOO_LONG, CONTROL]),
    (1, [NOT_TEXT]),
    (1.5, [NOT_TEXT]),
    (True, [NOT_TEXT]),
    ([], [NOT_TEXT]),
    ({}, [NOT_TEXT]),
]


@dataclass(frozen=True, kw_only=True)
class _Fields:
    description: Annotated[str | Unset, Text(500)] = UNSET
    number: Annotated[int | Unset, PrimaryKey()] = UNSET
    flag: Annotated[bool | Unset, Flag()] = UNSET
    email: Annotated[str | Unset, Email()] = UNSET
    phone: Annotated[str | Unset, Phone()] = UNSET


def given(body: dict[str, Any]) -> dict[str, Any]:
    return changes_in(parse(_Fields, body).complete())


def refused(
    input_type: type[Any], body: dict[str, Any], references: References | None = None
) -> dict[str, list[str]]:
    with pytest.raises(ValidationFailed) as refusal:
        parse(input_type, body).complete(references)
    return refusal.value.fields


def problems(**body: Any) -> dict[str, list[str]]:
    return refused(_Fields, body)


@pytest.mark.parametrize("value", DESCRIPTIONS)
def test_a_text_comes_back_as_it_went_in(value: str) -> None:
    assert given({"description": value}) == {"description": value}


@pytest.mark.parametrize(("value", "messages"), WRONG_DESCRIPTIONS)
def test_a_wrong_text_is_told_exactly(value: Any, messages: list[str]) -> None:
    assert problems(description=value) == {"description": messages}


@pytest.mark.parametrize(("value", "number"), [(1, 1), ("1", 1), ("007", 7), (2**63 - 1, 2**63 - 1)])
def test_an_id_is_a_number_or_its_digits(value: Any, number: int) -> None:
    assert given({"number": value}) == {"number": number}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, NULL),
        (0, 'Invalid pk "0" - object does not exist.'),
        (-1, 'Invalid pk "-1" - object does not exist.'),
        ("0", 'Invalid pk "0" - object does not exist.'),
        (2**63, f'Invalid pk "{2**63}" - object does not exist.'),
        (str(2**64), f'Invalid pk "{2**64}" - object does not exist.'),
        (True, "Incorrect type. Expected pk value, received bool."),
        (1.5, "Incorrect type. Expected pk value, received float."),
        (1.0, "Incorrect type. Expected pk value, received float."),
        ("", "Incorrect type. Expected pk value, received str."),
        ("x", "Incorrect type. Expected pk value, received str."),
        ("1.5", "Incorrect type. Expected pk value, received str."),
        ("٣", "Incorrect type. Expected pk value, received str."),
        (" 1", "Incorrect type. Expected pk value, received str."),
        ([], "Incorrect type. Expected pk value, received list."),
        ({}, "Incorrect type. Expected pk value, received dict."),
    ],
)
def test_a_wrong_id_is_told_exactly(value: Any, message: str) -> None:
    assert problems(number=value) == {"number": [message]}


def test_an_id_that_names_nothing_is_told_with_the_other_wrong_fields_in_order() -> None:
    wrong = refused(_Fields, {"flag": 1, "number": 7, "description": ""}, {"number": {8}})

    assert list(wrong.items()) == [
        ("description", [BLANK]),
        ("number", ['Invalid pk "7" - object does not exist.']),
        ("flag", ["Must be a valid boolean."]),
    ]


@pytest.mark.parametrize(
    "value", ["a@b.cd", "A.b+c_d@x-y.example.com", "ü@exämple.com", "x@sub.domain.museum"]
)
def test_mail_addresses_stay_as_they_are_typed(value: str) -> None:
    assert given({"email": value}) == {"email": value}


@pytest.mark.parametrize(
    "value", ["a", "a@", "@b.cd", "a@b", "a b@c.de", "a@b..de", "a@b.c d", "a@b.cd\n", " a@b.cd", "a@b@c.de"]
)
def test_what_is_no_mail_address_is_told(value: str) -> None:
    assert problems(email=value) == {"email": ["Enter a valid email address."]}


@pytest.mark.parametrize(
    "value", ["+79137779135", "+7 913 777-91-35", "+7 (913) 777.91.35", " +79137779135 "]
)
def test_phones_are_normalized(value: str) -> None:
    assert given({"phone": value}) == {"phone": "+79137779135"}


@pytest.mark.parametrize(
    "value", ["89137779135", "+0913777913", "+7913", "+" + "1" * 16, "x", "+7913777913x", "+٧٩١٣٧٧٧٩"]
)
def test_what_is_no_phone_in_international_form_is_told(value: str) -> None:
    assert problems(phone=value) == {"phone": ["Enter a valid phone number."]}


@pytest.mark.parametrize("password", ["x" * 8, "x" * 128, "        x", "пароль-123"])
def test_passwords_of_8_to_128_characters_are_taken(password: str) -> None:
    body = {
        "surname": "a",
        "name": "b",
        "patronymic": "",
        "address": "",
        "email": "a@b.cd",
        "password": password,
    }

    assert parse(NewUser, body).complete().password == password


@pytest.mark.parametrize("length", [7, 129])
def test_other_passwords_are_not(length: int) -> None:
    body = {
        "surname": "a",
        "name": "b",
        "patronymic": "",
        "address": "",
        "email": "a@b.cd",
        "password": "x" * length,
    }
    bound = "at least 8" if length < 8 else "no more than 128"

    assert refused(NewUser, body) == {"password": [f"Ensure this field has {bound} characters."]}


def test_a_new_order_needs_all_five_fields_and_a_change_two() -> None:
    change = parse(OrderChange, {}, partial=True).complete({"executor": ()})

    assert list(refused(NewOrder, {})) == ["description", "creator", "executor", "client", "service"]
    assert list(refused(OrderChange, {}, {"executor": ()})) == ["description", "executor"]
    assert changes_in(change) == {}
