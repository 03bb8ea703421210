import subprocess
import sys
from pathlib import Path

import pytest

from ops import CommandError
from ops.admin import organizations, users
from tests.support.asking import asker
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_shows_an_account_without_its_password(scene: Scene) -> None:
    user = scene.staff.user(phone="+79130000001")
    home = scene.staff.organization(user)
    scene.world.clock.advance(seconds=1)
    scene.member("order_view", user=user)
    inviting = scene.another().organization
    invitation = scene.staff.invitation(inviting, user=user)
    asker(scene.world, user)

    shown = users.show(str(user.email).upper(), scene.world.runtime)

    role = next(role for role in _roles(scene) if role["permissions"] == [27])["id"]
    assert shown.splitlines() == [
        f"user {user.id}",
        f"  name            {user.surname} {user.name} {user.patronymic}",
        f"  email           {user.email} (confirmed)",
        "  phone           +79130000001 (not confirmed)",
        "  administrator   no",
        f"  created         {user.created_at}",
        f"  updated         {user.updated_at}",
        "  sessions        1",
        "  organizations",
        f"    {home.id} {home.name} (creator)",
        f"    {scene.organization.id} {scene.organization.name} (member with role {role})",
        "  invitations",
        f"    {inviting.id} {inviting.name} (invited with role {invitation.role})",
    ]
    assert users.show("+7 (0) 913 000-00-01", scene.world.runtime) == shown
    assert users.show(str(user.id), scene.world.runtime) == shown


def _roles(scene: Scene) -> list[dict[str, object]]:
    me = asker(scene.world, scene.creator)
    listed: list[dict[str, object]] = me.get(f"/organizations/role-l/{scene.organization.id}/").json
    return listed


@pytest.mark.parametrize("named", ["7", "nobody@example.com", "+79130000009", "nobody", ""])
def test_an_account_that_is_not_there_is_an_error(scene: Scene, named: str) -> None:
    with pytest.raises(CommandError, match="there is no staff account"):
        users.show(named, scene.world.runtime)


def test_confirms_an_email_or_a_phone(scene: Scene) -> None:
    user = scene.staff.user(confirmed=False, phone="+79130000001")
    me, runtime = asker(scene.world, user), scene.world.runtime
    assert me.get("/users/user/executor/").status == 403

    assert users.confirm(str(user.id), True, runtime) == f"+79130000001 of user {user.id} is confirmed."
    assert me.get("/users/user/executor/").status == 200
    assert users.confirm(str(user.id), False, runtime) == f"{user.email} of user {user.id} is confirmed."
    again = users.confirm(str(user.id), False, runtime)
    assert again == f"{user.email} of user {user.id} is confirmed already."

    with pytest.raises(CommandError, match="has no phone"):
        users.confirm(str(scene.creator.id), True, runtime)


def test_reopens_a_closed_organization_only_when_agreed(scene: Scene) -> None:
    home, runtime, me = scene.organization, scene.world.runtime, asker(scene.world, scene.creator)
    path = f"/organizations/organization-rud/{home.id}/"
    assert organizations.reopen(str(home.id), None, False, runtime).endswith("is open.")
    me.delete(path)
    before = scene.world.items()

    with pytest.raises(CommandError, match="--yes"):
        organizations.reopen(str(home.id), None, False, runtime)
    assert scene.world.items() == before
    organizations.reopen(str(home.id), None, True, runtime)

    assert me.get(path).json["name"] == home.name
    assert me.delete(f"/users/user/{scene.creator.id}/", {"old_password": PASSWORD}).status == 409


def test_a_name_that_is_taken_by_now_needs_another(scene: Scene) -> None:
    home, runtime, me = scene.organization, scene.world.runtime, asker(scene.world, scene.creator)
    me.delete(f"/organizations/organization-rud/{home.id}/")
    asker(scene.world, scene.executor).post("/organizations/organization-lc/", {"name": home.name})

    with pytest.raises(CommandError, match="--name"):
        organizations.reopen(str(home.id), None, True, runtime)
    organizations.reopen(str(home.id), "Another", True, runtime)

    assert me.get(f"/organizations/organization-rud/{home.id}/").json["name"] == "Another"


def test_an_organization_whose_creator_left_stays_closed(scene: Scene) -> None:
    home, me = scene.organization, asker(scene.world, scene.creator)
    me.delete(f"/organizations/organization-rud/{home.id}/")
    me.delete(f"/users/user/{scene.creator.id}/", {"old_password": PASSWORD})

    with pytest.raises(CommandError, match="has closed the account"):
        organizations.reopen(str(home.id), None, True, scene.world.runtime)
    with pytest.raises(CommandError, match="there is no organization 7"):
        organizations.reopen("7", None, True, scene.world.runtime)


@pytest.mark.parametrize("command", ["show-user", "confirm-user", "reopen-organization"])
def test_a_command_tells_about_itself(command: str) -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert f"usage: manage.py {command}" in told.stdout
