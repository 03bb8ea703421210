"""Permissions: what their joiners mean, and that the one of each endpoint can refuse."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product

import pytest

from chalicelib.accounts.model import User
from chalicelib.auth.permissions import ANYONE, Permission, all_of, any_of
from chalicelib.auth.rights import EVERY_RIGHT
from chalicelib.auth.staff import (
    ADMINISTRATOR,
    CONFIRMED,
    MEMBER_OF_ORGANIZATION,
    SIGNED_IN,
    StaffPrincipal,
    member_with,
    member_with_or_own_membership,
)
from chalicelib.endpoints import load_all
from chalicelib.organizations.members.model import Member
from chalicelib.web.endpoint import Endpoint

YES, NO = Permission("yes", lambda principal: True), Permission("no", lambda principal: False)
MOMENT = "2026-01-15T12:00:00.000000Z"
USER = User(5, "Doe", "Jane", "Ann", "1 Main Street", "jane@example.com", None, MOMENT, MOMENT)
NOBODY = StaffPrincipal(USER, session_id=1)
CONFIRMED_BY_MAIL = replace(NOBODY, user=replace(USER, confirmed_email=True))
EVERYTHING = StaffPrincipal(
    replace(USER, confirmed_email=True, is_staff=True), session_id=1, rights=EVERY_RIGHT, is_member=True
)
INVITED = replace(NOBODY, membership=Member(1, 7, 5, 1, 6, MOMENT, MOMENT, accepted=False))
GUARDED = [
    endpoint for endpoint in load_all() if not endpoint.who.public and endpoint.who.name != SIGNED_IN.name
]


@pytest.mark.parametrize(
    "values", [values for size in range(4) for values in product([True, False], repeat=size)]
)
def test_all_of_has_the_truth_table_of_and(values: tuple[bool, ...]) -> None:
    assert all_of(*[YES if value else NO for value in values]).allows(NOBODY) is all(values)


@pytest.mark.parametrize(
    "values", [values for size in range(4) for values in product([True, False], repeat=size)]
)
def test_any_of_has_the_truth_table_of_or(values: tuple[bool, ...]) -> None:
    assert any_of(*[YES if value else NO for value in values]).allows(NOBODY) is any(values)


@pytest.mark.parametrize(("first", "second", "third"), [*product([True, False], repeat=3)])
def test_joined_permissions_can_be_joined(first: bool, second: bool, third: bool) -> None:
    one, two, three = (YES if value else NO for value in (first, second, third))

    assert all_of(one, all_of(two, three)).allows(NOBODY) is (first and second and third)


def test_a_joined_permission_reads_as_a_sentence_and_is_never_public() -> None:
    assert member_with("order_view").name == "confirmed account and right order_view"
    assert MEMBER_OF_ORGANIZATION.name == "confirmed account and member of the organization"
    owners = member_with_or_own_membership("order_view")
    assert owners.name == "own membership, or confirmed account and right order_view"
    assert all_of(ANYONE).public is any_of(ANYONE).public is False


@pytest.mark.parametrize(
    ("permission", "principal", "allowed"),
    [
        (ANYONE, NOBODY, True),
        (SIGNED_IN, NOBODY, True),
        (CONFIRMED, NOBODY, False),
        (CONFIRMED, CONFIRMED_BY_MAIL, True),
        (CONFIRMED, replace(NOBODY, user=replace(USER, confirmed_phone=True)), True),
        (ADMINISTRATOR, NOBODY, False),
        (ADMINISTRATOR, replace(NOBODY, user=replace(USER, is_staff=True)), True),
        (MEMBER_OF_ORGANIZATION, CONFIRMED_BY_MAIL, False),
        (MEMBER_OF_ORGANIZATION, replace(NOBODY, is_member=True), False),
        (MEMBER_OF_ORGANIZATION, replace(CONFIRMED_BY_MAIL, is_member=True), True),
        (member_with("order_view"), CONFIRMED_BY_MAIL, False),
        (member_with("order_view"), replace(CONFIRMED_BY_MAIL, rights=EVERY_RIGHT - {"order_view"}), False),
        (member_with("order_view"), replace(CONFIRMED_BY_MAIL, rights=frozenset({"order_view"})), True),
        (member_with_or_own_membership("order_view"), CONFIRMED_BY_MAIL, False),
        (member_with_or_own_membership("order_view"), INVITED, True),
        (MEMBER_OF_ORGANIZATION, INVITED, False),
    ],
)
def test_a_permission_asks_for_one_thing(
    permission: Permission, principal: StaffPrincipal, allowed: bool
) -> None:
    assert permission.allows(principal) is allowed


@pytest.mark.parametrize("endpoint", GUARDED, ids=lambda endpoint: endpoint.name)
def test_each_permission_of_an_endpoint_can_refuse(endpoint: Endpoint) -> None:
    assert endpoint.who.allows(EVERYTHING)
    assert not endpoint.who.allows(NOBODY)


@pytest.mark.parametrize(
    "endpoint",
    [endpoint for endpoint in GUARDED if "right " in endpoint.who.name],
    ids=lambda endpoint: endpoint.name,
)
def test_an_endpoint_needs_its_right_and_a_confirmed_account(endpoint: Endpoint) -> None:
    right = endpoint.who.name.rpartition("right ")[2]
    without = replace(EVERYTHING, rights=EVERY_RIGHT - {right})
    just_it = replace(EVERYTHING, rights=frozenset({right}))
    unconfirmed = replace(EVERYTHING, user=USER)

    answers = [endpoint.who.allows(principal) for principal in (without, just_it, unconfirmed)]

    assert right in EVERY_RIGHT
    assert answers == [False, True, False]
    assert endpoint.organization is not None


def test_the_endpoints_that_ask_nobody_are_these() -> None:
    assert {endpoint.name for endpoint in load_all() if endpoint.who.public} == {
        "register-user",
        "sign-in-user",
        "refresh-user",
        "mail-reset-code",
        "reset-password",
        "show-default-image",
        "list-products",
        "register-customer",
        "log-in-customer",
        "refresh-customer",
        "mail-customer-reset-code",
        "reset-customer-password",
        "show-product",
    }


def test_an_endpoint_without_a_permission_does_not_construct() -> None:
    undecided: Callable[..., Endpoint] = partial(Endpoint, method="GET", path="/nowhere", function=print)

    with pytest.raises(TypeError, match="who"):
        undecided()
