"""What a field takes fits the JSON schema that it says of itself: what checks is what is printed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from chalicelib.organizations.roles.schemas import Permissions
from chalicelib.shop.fields import Integer, Moment, NewPassword, Price, Username, Uuid
from chalicelib.shop.orders.schemas import Payment
from chalicelib.web.contact_fields import Email, Phone, TypedPhone
from chalicelib.web.fields import Choice, Field, Flag, InvalidValue, MailedCode, PrimaryKey, Text
from chalicelib.web.json_object import JsonObject

# A field, what is just good enough for it, and what just is not, as far as its schema can tell.
FIELDS: dict[str, tuple[Field, list[Any], list[Any]]] = {
    "text": (Text(5), ["a", "abcde", "客户😀"], ["", "abcdef", 1, None, ["a"]]),
    "text that may be blank": (Text(5, blank=True), ["", "  "], ["abcdef", 0, False]),
    "text of some length": (Text(5, 3), ["abc"], ["ab"]),
    "email": (Email(), ["a@b.io", "A.Skywalker@DeathStar.im"], [1, "a@b." + "c" * 250]),
    "phone": (
        Phone(),
        ["+7913777", " +7 (913) 777-91-35 "],
        ["79137779135", "+791377", "+0913777", "+7x913777"],
    ),
    "phone to look up": (TypedPhone(), ["8 913 777"], ["8" * 41]),
    "flag": (Flag(), [True, False], [0, 1, "true", None]),
    "id": (PrimaryKey(), [1, 2**63 - 1, "7", "007"], [0, -1, 1.5, True, "", "x", "-1", "0", [1]]),
    "integer": (Integer(1, 10), [1, 10], [0, 11, 1.5, "1", True]),
    "integer without a bound": (Integer(1, 10**4300), [1, 10**30], [0]),
    "price": (Price(), [0, 999999, "0.00", "999999.99", "3000"], [-1, 1000000, "3,00", ".5", True, [1]]),
    "choice": (Choice(("new", "sales")), ["new"], ["", "old", 1]),
    "payment": (Payment(), ["cash", "CARD"], []),
    "username": (Username(), ["a", "anakin@deathstar.im"], ["", "a" * 151, 1]),
    "new password": (NewPassword(), ["a" * 8, "a" * 128], ["a" * 7, "a" * 129, 12345678]),
    "moment": (Moment(), ["2026-01-15T12:00:00Z", "2026-01-15T12:00:00.000001+01:00"], [1]),
    "uuid": (Uuid(), ["c7c6705d-9d18-4a70-a070-004fc5cfbc8e"], []),
    "object": (JsonObject(), [{}, {"vk": "vk.com"}], [[], "x", 1]),
    "permissions": (Permissions(), [[], [1, "2"]], ["x", 1, [True], [0]]),
    "code": (MailedCode(), ["281343", 281343], [True, 1.5, [1]]),
}
every_field = pytest.mark.parametrize(("field", "good", "bad"), FIELDS.values(), ids=FIELDS)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def _takes(field: Field, value: Any) -> bool:
    try:
        field.parse(value, {})
    except InvalidValue:
        return False
    return True


def _validator(field: Field) -> Draft202012Validator:
    return Draft202012Validator(field.schema(), validate_formats=True)


@every_field
def test_the_schema_and_the_check_agree_on_the_bounds(field: Field, good: list[Any], bad: list[Any]) -> None:
    schema = _validator(field)

    assert [(value, _takes(field, value), schema.is_valid(value)) for value in good] == [
        (value, True, True) for value in good
    ]
    assert [(value, _takes(field, value), schema.is_valid(value)) for value in bad] == [
        (value, False, False) for value in bad
    ]


@pytest.mark.parametrize("name", sorted(FIELDS.keys() - {"payment", "uuid"}))
@given(value=_JSON)
def test_nothing_is_taken_that_the_schema_forbids(name: str, value: Any) -> None:
    field = FIELDS[name][0]

    assert value is None or not _takes(field, value) or _validator(field).is_valid(value)
