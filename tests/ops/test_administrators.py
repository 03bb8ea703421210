import pytest

from chalicelib.accounts import store as users
from ops import CommandError
from ops.admin import administrators
from ops.admin import users as operators
from tests.support.staff import Staff
from tests.support.world import World


def test_registers_an_administrator_who_can_sign_in_and_administer(world: World) -> None:
    said = administrators.create("boss@example.com", "long enough", world.runtime)

    body = {"email": "boss@example.com", "password": "long enough"}
    token = world.call("POST", "/users/auth/token/", body).json["access"]
    assert said == "boss@example.com (user 1) was registered and is a shop administrator."
    assert world.call("GET", "/api/admin/products", token=token).status == 200


def test_makes_an_administrator_of_an_account_that_exists_and_leaves_its_password(world: World) -> None:
    user = Staff(world.runtime).user(confirmed=False)
    assert world.call("GET", "/api/admin/products", token=world.token(user.id)).status == 403

    said = administrators.create(user.email or "", None, world.runtime)

    changed = users.find_by_contact(user.email, None, world.runtime)
    assert said == f"{user.email} (user {user.id}) is now a shop administrator."
    assert changed is not None
    assert (changed.is_staff, changed.confirmed_email, changed.password_hash) == (
        True,
        True,
        user.password_hash,
    )
    assert world.call("GET", "/api/admin/products", token=world.token(user.id)).status == 200


def test_an_administrator_stays_one(world: World) -> None:
    administrators.create("boss@example.com", "long enough", world.runtime)
    before = world.items()

    said = administrators.create("BOSS@example.com", None, world.runtime)

    assert said == "BOSS@example.com (user 1) is a shop administrator already."
    assert world.items() == before


@pytest.mark.parametrize(
    ("email", "password", "problem"),
    [
        ("boss@example.com", "short", "password: Ensure this field has at least 8 characters."),
        ("boss", "long enough", "email: Enter a valid email address."),
    ],
)
def test_what_can_not_be_taken_is_said_and_changes_nothing(
    world: World, email: str, password: str, problem: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        administrators.create(email, password, world.runtime)

    assert str(refusal.value) == problem
    assert world.items() == {}


def test_nobody_becomes_administrator_by_an_address_that_looks_like_the_one_named(world: World) -> None:
    lookalike = Staff(world.runtime).user(email="\uff42oss@example.com", confirmed=False)
    before = world.items()

    with pytest.raises(CommandError, match=f"user {lookalike.id} has {lookalike.email}, which is not boss@"):
        administrators.create("boss@example.com", "long enough", world.runtime)
    with pytest.raises(CommandError, match="to the letter"):
        operators.confirm("boss@example.com", False, world.runtime)

    assert world.items() == before
