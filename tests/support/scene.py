"""One organization with everything that a request can name in it, and the people around it."""

from collections.abc import Hashable
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from chalicelib.accounts.model import User
from chalicelib.orders.model import Order
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.model import Organization
from chalicelib.organizations.services.model import Service
from chalicelib.organizations.store import item_of
from tests.engines.engine import Engine
from tests.support.furnishing import furnished
from tests.support.staff import Staff
from tests.support.world import World


class Scene:
    """An organization with its creator, a member who executes orders, a client and a service.

    Args:
        world: where it is.
        staff: what makes people in that world, where another scene made some already.
    """

    def __init__(self, world: World, staff: Staff | None = None) -> None:
        self.world = world
        self.staff = staff or Staff(world.runtime)
        made = self._made() if staff else furnished(world, "a scene", self._made)
        self.creator, self.organization, self.executor, self.client, self.service, self.staff.last_id = made

    def _made(self) -> tuple[User, Organization, User, Client, Service, int]:
        creator = self.staff.user()
        organization = self.staff.organization(creator)
        executor = self.staff.member(organization)
        client, service = self.staff.client(organization), self.staff.service(organization)
        return creator, organization, executor, client, service, self.staff.last_id

    def another(self) -> "Scene":
        """Make a second organization with people and things of its own in the same world."""
        return Scene(self.world, self.staff)

    def member(self, *rights: str, user: User | None = None) -> User:
        """Make a user a member with just these rights."""
        return self.staff.member(self.organization, *rights, user=user)

    def order(self, **fields: Any) -> Order:
        """Make an order that the creator created for the executor; `fields` may say otherwise."""
        given: dict[str, Any] = {
            "creator": self.creator,
            "executor": self.executor,
            "client": self.client,
            "service": self.service,
            **fields,
        }
        return self.staff.order(self.organization, **given)

    def draft(self, **fields: Any) -> dict[str, Any]:
        """Return a body that creates an order; `fields` may say otherwise."""
        return {
            "description": "New order",
            "organization": self.organization.id,
            "creator": self.creator.id,
            "executor": self.executor.id,
            "client": self.client.id,
            "service": self.service.id,
            **fields,
        }

    def close(self) -> Organization:
        """Close the organization, as deleting it does."""
        self.organization = replace(self.organization, closed=True, version=self.organization.version + 1)
        item_of(self.organization).save()
        return self.organization


class Scenes:
    """One scene in a world of its own for each run of tests about one subject: a world takes a while."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._world = ExitStack()
        self._subject: Hashable = None
        self._scene: Scene | None = None

    def of(self, subject: Hashable) -> Scene:
        """Return the scene of a subject; that of the subject before is gone with its world."""
        if self._scene is None or subject != self._subject:
            self._world.close()
            self._scene = Scene(self._world.enter_context(World(self.engine)))
            self._subject = subject
        return self._scene

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._world.close()
