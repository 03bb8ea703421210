"""Rights inside an organization: which there are, and what they imply."""

import pytest

from chalicelib.auth import rights

# Stored in roles by these ids: a line may be added at the end, and none may change.
PUBLISHED = {
    1: "organization_create",
    2: "organization_view",
    3: "organization_change",
    4: "organization_delete",
    5: "organization_guru",
    6: "organization_member_create",
    7: "organization_member_view",
    8: "organization_member_change",
    9: "organization_member_delete",
    10: "organization_member_guru",
    11: "role_create",
    12: "role_view",
    13: "role_change",
    14: "role_delete",
    15: "role_guru",
    16: "service_create",
    17: "service_view",
    18: "service_change",
    19: "service_delete",
    20: "service_guru",
    21: "client_create",
    22: "client_view",
    23: "client_change",
    24: "client_delete",
    25: "client_guru",
    26: "order_create",
    27: "order_view",
    28: "order_change",
    29: "order_delete",
    30: "order_guru",
    31: "perm_view",
    32: "organization_creator",
}


def test_every_right_keeps_its_id() -> None:
    assert rights.CODENAME_OF == PUBLISHED
    assert {number: codename for codename, number in rights.ID_OF.items()} == PUBLISHED
    assert set(PUBLISHED.values()) == rights.EVERY_RIGHT


@pytest.mark.parametrize(
    "thing", ["organization", "organization_member", "role", "service", "client", "order"]
)
def test_a_guru_of_a_thing_has_its_four_rights_and_no_other(thing: str) -> None:
    four = {f"{thing}_create", f"{thing}_view", f"{thing}_change", f"{thing}_delete"}

    assert rights.effective([f"{thing}_guru"]) == four | {f"{thing}_guru"}


def test_the_right_of_the_creator_of_an_organization_implies_every_right() -> None:
    assert rights.effective(["organization_creator"]) == set(PUBLISHED.values())
    assert rights.effective(["order_view", "organization_creator"]) == set(PUBLISHED.values())


@pytest.mark.parametrize(
    "codename", sorted(rights.EVERY_RIGHT - {name for name in PUBLISHED.values() if name.endswith("_guru")})
)
def test_every_other_right_implies_itself_only(codename: str) -> None:
    implied = set(PUBLISHED.values()) if codename == "organization_creator" else {codename}

    assert rights.effective([codename]) == implied


def test_rights_add_up() -> None:
    held = rights.effective(["order_guru", "client_view", "perm_view"])

    assert held == {
        "order_guru",
        "order_create",
        "order_view",
        "order_change",
        "order_delete",
        "client_view",
        "perm_view",
    }
    assert rights.effective([]) == frozenset()


@pytest.mark.parametrize(
    ("codename", "words"),
    [
        ("order_create", "Can create orders"),
        ("service_guru", "Can create, view, change and delete services"),
        ("organization_view", "Can view organizations"),
        ("organization_member_change", "Can change members of the organization"),
        ("perm_view", "Can view permissions"),
        ("organization_creator", "Can do everything in the organization"),
    ],
)
def test_a_right_is_told_in_words(codename: str, words: str) -> None:
    assert rights.name_of(codename) == words


def test_no_two_rights_have_the_same_words() -> None:
    assert len({rights.name_of(codename) for codename in PUBLISHED.values()}) == len(PUBLISHED)
