"""Requests in the name of somebody, for tests that are about what comes back."""

from dataclasses import dataclass
from typing import Any

from chalicelib.accounts.model import User
from tests.support.world import NOTHING, Answer, World


@dataclass(frozen=True)
class Asker:
    """A signed-in user who sends requests."""

    world: World
    token: str

    def get(self, target: str) -> Answer:
        return self.world.call("GET", target, token=self.token)

    def post(self, target: str, body: Any = NOTHING) -> Answer:
        return self.world.call("POST", target, body, token=self.token)

    def put(self, target: str, body: Any) -> Answer:
        return self.world.call("PUT", target, body, token=self.token)

    def patch(self, target: str, body: Any) -> Answer:
        return self.world.call("PATCH", target, body, token=self.token)

    def delete(self, target: str, body: Any = NOTHING) -> Answer:
        return self.world.call("DELETE", target, body, token=self.token)


def asker(world: World, user: User) -> Asker:
    """Sign a user in."""
    return Asker(world, world.token(user.id))
