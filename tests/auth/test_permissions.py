"""Permissions: what their joiners mean, and that each one of the rows can refuse."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product

import pytest

from chalicelib import routes
from chalicelib.accounts.model import User
from chalicelib.auth.permissions import (
    ALLOW_ANY,
    IS_ADMINISTRATOR,
    IS_CONFIRMED,
    IS_MEMBER,
    IS_SIGNED_IN,
    Permission,
    all_of,
    any_of,
    holds,
)
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.contract import Route, Surface
from chalicelib.organizations.rights import EVERY_RIGHT

YES, NO = Permission("yes", lambda principal: True), Permission("no", lambda principal: False)
MOMENT = "2026-01-15T12:00:00.000000Z"
USER = User(5, "Doe", "Jane", "Ann", "1 Main Street", "jane@example.com", None, MOMENT, MOMENT)
NOBODY = StaffPrincipal(USER, session_id=1)
EVERYTHING = StaffPrincipal(
    replace(USER, confirmed_email=True, is_staff=True), session_id=1, rights=EVERY_RIGHT, is_member=True
)
GUARDED = [
    row for row in routes.ALL if not row.permission.public and row.permission.name != IS_SIGNED_IN.name
]


@pytest.mark.parametrize(
    "values", [values for size in range(4) for values in product([True, False], repeat=size)]
)
def test_all_of_and_any_of_have_the_truth_tables_of_and_and_or(values: tuple[bool, ...]) -> None:
    joined = [YES if value else NO for value in values]

    assert all_of(*joined).allows(NOBODY) is all(values)
    assert any_of(*joined).allows(NOBODY) is any(values)


@pytest.mark.parametrize(("first", "second", "third"), [*product([True, False], repeat=3)])
def test_joined_permissions_can_be_joined(first: bool, second: bool, third: bool) -> None:
    one, two, three = (YES if value else NO for value in (first, second, third))

    assert all_of(one, any_of(two, three)).allows(NOBODY) is (first and (second or third))
    assert any_of(one, all_of(two, three)).allows(NOBODY) is (first or (second and third))


def test_a_joined_permission_reads_as_a_sentence_and_is_never_public() -> None:
    assert all_of(IS_CONFIRMED, holds("order_view")).name == "confirmed account and right order_view"
    assert any_of(IS_MEMBER, IS_ADMINISTRATOR).name == "member of the organization or shop administrator"
    assert [all_of(ALLOW_ANY).public, any_of(ALLOW_ANY).public] == [False, False]


@pytest.mark.parametrize(
    ("permission", "principal", "allowed"),
    [
        (ALLOW_ANY, NOBODY, True),
        (IS_SIGNED_IN, NOBODY, True),
        (IS_CONFIRMED, NOBODY, False),
        (IS_CONFIRMED, replace(NOBODY, user=replace(USER, confirmed_email=True)), True),
        (IS_CONFIRMED, replace(NOBODY, user=replace(USER, confirmed_phone=True)), True),
        (IS_ADMINISTRATOR, NOBODY, False),
        (IS_ADMINISTRATOR, replace(NOBODY, user=replace(USER, is_staff=True)), True),
        (IS_MEMBER, NOBODY, False),
        (IS_MEMBER, replace(NOBODY, is_member=True), True),
        (holds("order_view"), NOBODY, False),
        (holds("order_view"), replace(NOBODY, rights=EVERY_RIGHT - {"order_view"}), False),
        (holds("order_view"), replace(NOBODY, rights=frozenset({"order_view"})), True),
    ],
)
def test_a_permission_asks_for_one_thing(
    permission: Permission, principal: StaffPrincipal, allowed: bool
) -> None:
    assert permission.allows(principal) is allowed


@pytest.mark.parametrize("row", GUARDED, ids=lambda row: row.name)
def test_each_permission_of_a_row_can_refuse(row: Route) -> None:
    assert row.permission.allows(EVERYTHING)
    assert not row.permission.allows(NOBODY)


@pytest.mark.parametrize(
    "row", [row for row in GUARDED if "right " in row.permission.name], ids=lambda row: row.name
)
def test_a_row_s_right_is_needed_and_so_is_a_confirmed_account(row: Route) -> None:
    right = row.permission.name.rpartition("right ")[2]
    without = replace(EVERYTHING, rights=EVERY_RIGHT - {right})
    just_it = replace(EVERYTHING, rights=frozenset({right}))
    unconfirmed = replace(EVERYTHING, user=USER)

    answers = [row.permission.allows(principal) for principal in (without, just_it, unconfirmed)]

    assert right in EVERY_RIGHT
    assert answers == [False, True, False]
    assert row.organization is not None


def test_the_rows_that_ask_nobody_are_these() -> None:
    assert [row.name for row in routes.ALL if row.permission.public] == [
        "register-user",
        "sign-in-user",
        "refresh-user",
        "show-default-image",
        "list-products",
        "register-customer",
        "log-in-customer",
        "refresh-customer",
        "show-product",
    ]


def test_a_row_without_a_permission_does_not_construct() -> None:
    row: Callable[..., Route] = partial(Route, "GET", "/nowhere", Surface.STAFF, "nowhere.go")

    with pytest.raises(TypeError, match="permission"):
        row()
