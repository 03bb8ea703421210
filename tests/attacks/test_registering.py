"""Registrations by the dozen, and registering to learn who is there."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.engines.engine import Engine
from tests.races.together import together, waiting_world
from tests.support.scene import Scene
from tests.support.shop import PASSWORD, Shop
from tests.support.world import Answer, World

pytestmark = [pytest.mark.engine, pytest.mark.attacks]

MOST = 12  # that a network may try in an hour, in these worlds

Register = Callable[[World, int], Answer]


@pytest.fixture
def world(concurrent_engine: Engine) -> Iterator[World]:
    with waiting_world(concurrent_engine, address_tries=MOST) as made:
        yield made


def _staff(world: World, number: int, **fields: str) -> Answer:
    body = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": PASSWORD}
    contact = {"email": f"new{number}@example.com"}
    return world.call("POST", "/users/auth/registration/", {**body, **contact, **fields})


def _customer(world: World, number: int, **fields: str) -> Answer:
    contact = {"username": f"new{number}", "email": f"new{number}@example.com"}
    return world.call("POST", "/api/register", {**contact, "password": PASSWORD, **fields})


@pytest.mark.parametrize("register", [_staff, _customer])
def test_of_forty_registrations_at_the_same_moment_a_network_gets_no_more_than_one_by_one(
    world: World, register: Register
) -> None:
    answers = together([lambda number=number: register(world, number) for number in range(40)])

    told = Counter(answer.status for answer in answers)
    assert told[201] <= MOST
    assert set(told) <= {201, 429, 503}
    accounts = [item for item in world.items().values() if item["kind"]["S"] in ("user", "customer")]
    assert len(accounts) == told[201]
    assert [register(world, 100 + number).status for number in range(MOST - told[201] + 1)][-1] == 429


def test_harvesting_contacts_by_registering_ends_with_the_network_s_attempts(world: World) -> None:
    scene, shop = Scene(world), Shop(world)
    users, customers = [scene.staff.user() for _ in range(20)], [shop.customer() for _ in range(20)]
    asked = [
        *(lambda user=user: _staff(world, 0, email=str(user.email), password="x") for user in users),
        *(lambda one=one: _customer(world, 0, username=one.username, password="x") for one in customers),
        *(lambda user=user: _staff(world, 0, email=str(user.email)) for user in users),
        *(lambda one=one: _customer(world, 0, email=one.email) for one in customers),
    ]

    answers = together(asked)

    told = Counter(answer.status for answer in answers)
    assert told[400] + told[409] == MOST
    assert set(told) <= {400, 409, 429}
