"""A value that somebody else has is named together with whatever else is wrong, in the fields' order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.asking import asker
from tests.support.companion_samples import membership
from tests.support.scene import Scene

BLANK = ["This field may not be blank."]
NO_TEXT = ["Not a valid string."]
EMAIL, PHONE = ["user with this email already exists."], ["user with this phone already exists."]


@dataclass(frozen=True)
class Wrong:
    """A request that is wrong in several ways, and what it is told."""

    method: str
    target: Callable[[Scene], str]
    body: Callable[[Scene], dict[str, Any]]
    told: dict[str, list[str]]


def _registration(**fields: Any) -> Callable[[Scene], dict[str, Any]]:
    person = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": "correct horse"}
    return lambda scene: {**person, "email": scene.creator.email, "phone": "+79130000055", **fields}


def _own(scene: Scene) -> str:
    return f"/users/user/{scene.creator.id}/"


def _organization(scene: Scene) -> str:
    return f"/organizations/organization-rud/{scene.organization.id}/"


def _member(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, "role": 999, **fields}


WRONG = {
    "registration": Wrong(
        "POST",
        lambda _: "/users/auth/registration/",
        _registration(name="", password="short"),
        {"name": BLANK, "email": EMAIL, "password": ["Ensure this field has at least 8 characters."]},
    ),
    "registration, both contacts": Wrong(
        "POST",
        lambda _: "/users/auth/registration/",
        lambda scene: _registration(surname="", phone=scene.staff.user(phone="+79130000077").phone)(scene),
        {"surname": BLANK, "email": EMAIL, "phone": PHONE},
    ),
    "account": Wrong(
        "PATCH",
        _own,
        lambda scene: {"email": str(scene.executor.email).upper(), "name": ""},
        {"name": BLANK, "email": EMAIL, "old_password": ["This field is required."]},
    ),
    "account, its own email": Wrong(
        "PATCH",
        _own,
        lambda scene: {"email": scene.creator.email, "phone": None, "name": ""},
        {"name": BLANK},
    ),
    "organization": Wrong(
        "POST",
        lambda _: "/organizations/organization-lc/",
        lambda scene: {"name": scene.organization.name, "description": 5},
        {"name": ["organization with this name already exists."], "description": NO_TEXT},
    ),
    "organization, another one's name": Wrong(
        "PATCH",
        _organization,
        lambda scene: {"name": scene.another().organization.name, "description": 5},
        {"name": ["organization with this name already exists."], "description": NO_TEXT},
    ),
    "organization, its own name": Wrong(
        "PATCH",
        _organization,
        lambda scene: {"name": scene.organization.name, "description": 5},
        {"description": NO_TEXT},
    ),
    "role": Wrong(
        "POST",
        lambda _: "/organizations/role-c/",
        lambda scene: {
            "organization": scene.organization.id,
            "name": scene.staff.role(scene.organization, []).name,
            "permissions": [99],
        },
        {
            "name": ["role with this name already exists."],
            "permissions": ['Invalid pk "99" - object does not exist.'],
        },
    ),
    "member": Wrong(
        "POST",
        lambda _: "/organizations/member-c/",
        lambda scene: _member(scene, user=scene.executor.id),
        {
            "user": ["This user is already a member."],
            "role": ['Invalid pk "999" - object does not exist.'],
        },
    ),
    "member, the creator": Wrong(
        "POST",
        lambda _: "/organizations/member-c/",
        lambda scene: _member(scene, user=scene.creator.id),
        {
            "user": ["This user is already a member."],
            "role": ['Invalid pk "999" - object does not exist.'],
        },
    ),
    "member, somebody new": Wrong(
        "POST",
        lambda _: "/organizations/member-c/",
        lambda scene: _member(scene, user=scene.staff.user().id),
        {"role": ['Invalid pk "999" - object does not exist.']},
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_every_wrong_field_is_named_and_the_budget_kept(scene: Scene, wrong: Wrong) -> None:
    me, target, body = asker(scene.world, scene.creator), wrong.target(scene), wrong.body(scene)
    before = scene.world.records()

    with scene.world.count_calls() as counter:
        answer = scene.world.call(wrong.method, target, body, token=me.token)

    assert (answer.status, list(answer.json.items())) == (400, list(wrong.told.items()))
    assert len(counter.calls) <= 3
    assert scene.world.records() == before


def test_a_membership_may_keep_its_user(scene: Scene) -> None:
    me, member = asker(scene.world, scene.creator), membership(scene)
    other = membership(scene)
    target = f"/organizations/member-ud/{member.id}/"

    own = me.put(target, _member(scene, user=member.user))
    taken = me.put(target, _member(scene, user=other.user))

    assert list(own.json) == ["role"]
    assert list(taken.json) == ["user", "role"]
