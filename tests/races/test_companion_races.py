"""Of requests that come at the same time and can't all be right, one wins, and nothing half done is left."""

from collections.abc import Iterator, Sequence

import pytest

from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.roles.store import ROLES
from chalicelib.table import engine as table_engine
from chalicelib.table import keys
from chalicelib.table.preloaded import read
from tests.engines.engine import Engine
from tests.races.together import together, waiting_world
from tests.support.asking import asker
from tests.support.companion_samples import CODE, mail_code, membership
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

pytestmark = pytest.mark.races

MANY = 8
OLD = {"old_password": PASSWORD}


@pytest.fixture
def world(concurrent_engine: Engine) -> Iterator[World]:
    with waiting_world(concurrent_engine) as made:
        yield made


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def _statuses(answers: Sequence[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


@pytest.mark.parametrize("contact", [{"email": "Jane@example.com"}, {"phone": "+79130000001"}])
def test_of_registrations_with_one_contact_one_wins(world: World, contact: dict[str, str]) -> None:
    body = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": PASSWORD, **contact}

    answers = together([lambda: world.call("POST", "/users/auth/registration/", body)] * MANY)

    (field,) = contact
    assert _statuses(answers) == [201] + [400] * (MANY - 1)
    assert {answer.text for answer in answers if answer.status == 400} == {
        f'{{"{field}":["user with this {field} already exists."]}}'
    }
    assert len([item for item in world.items().values() if item.get("kind") == {"S": "user"}]) == 1


def test_of_users_who_change_to_one_email_one_wins(scene: Scene) -> None:
    users = [scene.staff.user() for _ in range(MANY)]
    askers = [asker(scene.world, user) for user in users]
    calls = [
        lambda me=me, user=user: me.patch(f"/users/user/{user.id}/", {"email": "one@example.com", **OLD})
        for me, user in zip(askers, users, strict=True)
    ]

    answers = together(calls)

    assert _statuses(answers) == [200] + [400] * (MANY - 1)


def test_of_organizations_with_one_name_one_wins(scene: Scene) -> None:
    askers = [asker(scene.world, scene.staff.user()) for _ in range(MANY)]

    answers = together(
        [lambda me=me: me.post("/organizations/organization-lc/", {"name": "One"}) for me in askers]
    )

    assert _statuses(answers) == [201] + [400] * (MANY - 1)
    assert {answer.text for answer in answers if answer.status == 400} == {
        '{"name":["organization with this name already exists."]}'
    }


def test_of_roles_with_one_name_one_wins(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    body = {"organization": scene.organization.id, "name": "One", "permissions": []}

    answers = together([lambda: me.post("/organizations/role-c/", body)] * MANY)

    assert _statuses(answers) == [201] + [400] * (MANY - 1)
    listed = me.get(f"/organizations/role-l/{scene.organization.id}/").json
    assert [role["name"] for role in listed].count("One") == 1


def test_a_user_becomes_a_member_once(scene: Scene) -> None:
    me, user, role = (
        asker(scene.world, scene.creator),
        scene.staff.user(),
        scene.staff.role(scene.organization, []),
    )
    body = {"organization": scene.organization.id, "user": user.id, "role": role.id}

    answers = together([lambda: me.post("/organizations/member-c/", body)] * MANY)

    assert _statuses(answers) == [201] + [400] * (MANY - 1)
    assert _counts(scene)[role.id] == 1


def _roles(scene: Scene) -> dict[int, Role]:
    key = keys.roles(scene.organization.id)
    return read([key], scene.world.runtime).get(ROLES, key) or {}


def _counts(scene: Scene) -> dict[int, int]:
    return {role.id: role.member_count for role in _roles(scene).values()}


def _members(scene: Scene) -> list[Member]:
    listed = asker(scene.world, scene.creator).get(f"/organizations/member-l/{scene.organization.id}/").json
    found = read([keys.member(scene.organization.id, entry["user"]) for entry in listed], scene.world.runtime)
    return [
        member
        for entry in listed
        if (member := found.get(MEMBER, keys.member(scene.organization.id, entry["user"])))
    ]


def test_no_member_is_left_with_a_role_that_was_deleted_at_the_same_time(scene: Scene) -> None:
    me, organization = asker(scene.world, scene.creator), scene.organization.id
    for _ in range(5):
        role, users = scene.staff.role(scene.organization, []), [scene.staff.user() for _ in range(2)]
        changing = membership(scene)
        give = [
            lambda user=user, role=role: me.post(
                "/organizations/member-c/", {"organization": organization, "user": user.id, "role": role.id}
            )
            for user in users
        ]
        change = lambda member=changing, role=role: me.patch(  # noqa: E731
            f"/organizations/member-ud/{member.id}/", {"organization": organization, "role": role.id}
        )
        delete = lambda role=role: me.delete(  # noqa: E731
            f"/organizations/role-ud/{role.id}/", {"organization": organization}
        )

        answers = together([*give, change, delete])

        deleted = answers[-1].status == 204
        assert [answer.status for answer in answers[:-1]] == ([400] * 3 if deleted else [201, 201, 200])
        held = [member.role for member in _members(scene)]
        assert set(held) <= set(_roles(scene))
        assert _counts(scene) == {number: held.count(number) for number in _roles(scene)}


def test_whoever_loses_a_right_meanwhile_does_not_grant_it(scene: Scene) -> None:
    giver = scene.member("role_guru", "order_guru")
    me, creator, organization = (
        asker(scene.world, giver),
        asker(scene.world, scene.creator),
        scene.organization.id,
    )
    own = max(_roles(scene))
    grant = {"organization": organization, "name": "Granted", "permissions": [26, 27, 28, 29, 30]}

    taken, granted = together(
        [
            lambda: creator.patch(
                f"/organizations/role-ud/{own}/", {"organization": organization, "permissions": [11]}
            ),
            lambda: me.post("/organizations/role-c/", grant),
        ]
    )

    assert taken.status == 200
    written = sorted(role.updated_at for role in _roles(scene).values() if role.name == "Granted")
    assert granted.status in (201, 403)
    assert len(written) == (granted.status == 201)


def test_a_code_is_tried_five_times_however_many_try_together(scene: Scene) -> None:
    user = scene.staff.user(confirmed=False)
    mail_code(scene, user.id, CODE)
    me = asker(scene.world, user)
    body = {"type_code": "email", "code": 111111}

    together([lambda: me.post("/verify-info/accept-user-info/", body)] * 2 * MANY)

    (stored,) = [item for item in scene.world.items().values() if item.get("kind") == {"S": "mailed-code"}]
    assert stored["code_failures"] == {"N": "5"}
    assert me.post("/verify-info/accept-user-info/", {**body, "code": CODE}).status == 400


def test_of_wrong_passwords_that_are_tried_at_once_five_are_looked_at_and_counted(scene: Scene) -> None:
    body = {"email": scene.creator.email, "password": "wrong"}

    answers = together([lambda: scene.world.call("POST", "/users/auth/token/", body)] * 2 * MANY)

    counts = [
        int(item["failures"]["N"])
        for item in scene.world.items().values()
        if item.get("kind") == {"S": "failed-attempts"}
    ]
    assert _statuses(answers) == [401] * 5 + [429] * (2 * MANY - 5)
    assert counts == [5, 5, 5]
    assert scene.world.call("POST", "/users/auth/token/", {**body, "password": PASSWORD}).status == 429


def test_containers_that_start_at_the_same_time_share_no_service_id(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    body = {"organization": scene.organization.id, "name": "S", "address": "A", "phone": "+79130000001"}

    def first_service_of_a_container() -> Answer:
        table_engine.connect(scene.world.runtime.settings)  # forgets the ids at hand
        return me.post("/organizations/service-c/", body)

    answers = together([first_service_of_a_container] * MANY)

    assert _statuses(answers) == [201] * MANY
    listed = me.get(f"/organizations/service-l/{scene.organization.id}/").json
    assert len(listed) == MANY + 1
    assert {answer.json["id"] for answer in answers} | {scene.service.id} == {shown["id"] for shown in listed}


def test_nobody_leaves_with_an_organization_that_is_founded_at_the_same_time(scene: Scene) -> None:
    for number in range(5):
        user = scene.staff.user()
        me = asker(scene.world, user)

        founded, left = together(
            [
                lambda me=me, number=number: me.post(
                    "/organizations/organization-lc/", {"name": f"N{number}"}
                ),
                lambda me=me, user=user: me.delete(f"/users/user/{user.id}/", OLD),
            ]
        )

        assert (founded.status, left.status) in {(201, 409), (403, 204)}
