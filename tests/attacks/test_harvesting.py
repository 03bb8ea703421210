"""Strangers who collect what staff accounts have entered about themselves."""

import itertools

import pytest

from chalicelib.accounts.model import User
from tests.support.asking import Asker, asker
from tests.support.scene import Scene
from tests.support.world import Answer

pytestmark = [pytest.mark.engine, pytest.mark.attacks]


class Stranger:
    """Somebody with an account and an organization of their own, which is all that it takes to invite."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        user = scene.staff.user()
        self.me = asker(scene.world, user)
        self.organization: int = self._create("organizations/organization-lc", name="Harvest")
        self.client = self._create("clients/client-c", name="C", phone="+79130000001")
        self.service = self._create("organizations/service-c", name="S", address="A", phone="+79130000001")
        self.role = self._create("organizations/role-c", name="R", permissions=[])
        self.seen: list[str] = []

    def _create(self, path: str, **fields: object) -> int:
        known = {"organization": self.organization} if hasattr(self, "organization") else {}
        answer = self.me.post(f"/{path}/", {**fields, **known})
        assert answer.status == 201, answer.text
        number: int = answer.json["id"]
        return number

    def invite(self, user_id: int) -> Answer:
        body = {"organization": self.organization, "user": user_id, "role": self.role}
        return self._noted(self.me.post("/organizations/member-c/", body))

    def order(self, creator: int, executor: int) -> Answer:
        body = {"organization": self.organization, "client": self.client, "service": self.service}
        people = {"description": "Call this number", "creator": creator, "executor": executor}
        return self._noted(self.me.post("/orders/order-c/", body | people))

    def look_around(self) -> None:
        for path in ("orders/order-l", "organizations/member-l", "orders/order-creator-l"):
            self._noted(self.me.get(f"/{path}/{self.organization}/"))

    def _noted(self, answer: Answer) -> Answer:
        self.seen.append(answer.text)
        return answer


def _personal(user: User) -> list[str]:
    return [str(user.email), str(user.phone), user.address, user.surname, user.patronymic]


def test_who_invites_everybody_and_names_them_in_orders_learns_and_places_nothing(scene: Scene) -> None:
    numbers = itertools.count(79130000100)
    victims = [scene.staff.user(phone=f"+{next(numbers)}") for _ in range(5)]
    stranger = Stranger(scene)

    for number in range(min(user.id for user in victims), max(user.id for user in victims) + 1):
        assert stranger.invite(number).status == 201
        for creator, executor in itertools.permutations((number, victims[0].id), 2):
            assert stranger.order(creator, executor).status == 400
        assert stranger.order(number, number).status == 400
    stranger.look_around()

    told = "\n".join(stranger.seen)
    assert [text for user in victims for text in _personal(user) if text in told] == []
    for user in victims:
        them = asker(scene.world, user)
        assert them.get("/users/user/executor/").json == []
        assert them.get("/organizations/organization-lc/").json == []


def test_who_declines_or_leaves_takes_everything_along(scene: Scene) -> None:
    declining, leaving = (scene.staff.user(phone=f"+7913000010{number}") for number in range(2))
    stranger = Stranger(scene)
    invitations = {user.id: stranger.invite(user.id).json["id"] for user in (declining, leaving)}
    them = asker(scene.world, leaving)
    them.post(f"/organizations/invitation-a/{invitations[leaving.id]}/")
    assert stranger.order(leaving.id, leaving.id).status == 201
    stranger.look_around()
    assert str(leaving.email) in "\n".join(stranger.seen)

    for user in (declining, leaving):
        path, body = (
            f"/organizations/member-ud/{invitations[user.id]}/",
            {"organization": stranger.organization},
        )
        assert asker(scene.world, user).delete(path, body).status == 204
    moved = {"address": "9 New Street"}
    assert them.patch(f"/users/user/{leaving.id}/", moved).status == 200

    stranger.seen.clear()
    stranger.look_around()
    assert stranger.order(leaving.id, leaving.id).status == 400
    assert stranger.invite(leaving.id).status == 201
    assert stranger.order(leaving.id, leaving.id).status == 400
    stranger.look_around()
    told = "\n".join(stranger.seen)
    assert [text for text in (str(leaving.email), str(leaving.phone), "9 New Street") if text in told] == []
    assert them.get("/users/user/executor/").json == []


def test_many_invitations_are_turned_page_by_page_and_leave_everything_else_as_it_is(scene: Scene) -> None:
    user = scene.member("order_view")
    order, them = scene.order(executor=user), asker(scene.world, user)
    for _ in range(40):
        scene.staff.invitation(scene.staff.organization(scene.creator), user=user)

    with scene.world.count_calls() as counter:
        first = them.get("/organizations/invitation-l/")
        mine = them.get("/organizations/organization-lc/")
        to_execute = them.get("/users/user/executor/")

    assert len(counter.calls) <= 9
    assert 0 < len(first.json) < 40
    assert "link" in first.headers
    assert [entry["id"] for entry in mine.json] == [scene.organization.id]
    assert [entry["id"] for entry in to_execute.json] == [order.id]
    _decline_all(them)
    assert them.get("/organizations/invitation-l/").json == []


def _decline_all(them: Asker) -> None:
    while listed := them.get("/organizations/invitation-l/").json:
        for entry in listed:
            body = {"organization": entry["organization"]["id"]}
            assert them.delete(f"/organizations/member-ud/{entry['id']}/", body).status == 204
