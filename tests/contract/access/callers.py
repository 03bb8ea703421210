"""The callers of the access matrix, and what is expected of an endpoint that they call."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.accounts.model import User
from chalicelib.auth.staff import StaffPrincipal
from chalicelib.organizations.members.store import MEMBER
from chalicelib.table import keys
from chalicelib.table.preloaded import read
from chalicelib.web.endpoint import Endpoint
from tests.support.refusals import REFUSALS, Credentials, Refusal
from tests.support.scene import Scene

_RIGHT = re.compile(r"right (\w+)")


@dataclass(frozen=True)
class Visit:
    """One call: where, by whom, with which headers, and the principal that the permission is asked about."""

    scene: Scene
    who: int | str
    credentials: Credentials
    headers: dict[str, str] = field(default_factory=dict)
    principal: Any = None


@dataclass(frozen=True)
class Caller:
    """A kind of caller. `suits` tells for which endpoints it is of interest."""

    name: str
    arrive: Callable[[Scene, Endpoint], Visit]
    suits: Callable[[Endpoint], bool] = lambda endpoint: True


def rights_named_by(endpoint: Endpoint) -> set[str]:
    """Return the rights that an endpoint's permission names."""
    return set(_RIGHT.findall(endpoint.who.name))


def guru_rights_for(endpoint: Endpoint) -> set[str]:
    """Return the guru rights that imply the rights of an endpoint; `perm_view` has none."""
    things = {right.rpartition("_")[0] for right in rights_named_by(endpoint) - {"perm_view"}}
    return {f"{thing}_guru" for thing in things}


def needs_a_right(endpoint: Endpoint) -> bool:
    """Tell whether an endpoint's permission names a right."""
    return bool(rights_named_by(endpoint))


def bearer(token: str) -> dict[str, str]:
    """Return the headers that carry a token."""
    return {"Authorization": f"Bearer {token}"}


def stranger(scene: Scene, credentials: Credentials, headers: dict[str, str]) -> Visit:
    """Return somebody whose credentials are not good; were they, the creator would be calling."""
    return Visit(scene, scene.creator.id, credentials, headers)


def signed_in(scene: Scene, user: User, rights: Iterable[str] = (), *, is_member: bool = False) -> Visit:
    """Return a signed-in user who holds these rights, with what they imply, in the scene's organization."""
    key = keys.member(scene.organization.id, user.id)
    own = None if scene.organization.closed else read([key], scene.world.runtime).get(MEMBER, key)
    principal = StaffPrincipal(user, 0, scene.organization, frozenset(rights), is_member, own)
    return Visit(scene, user.id, Credentials.GOOD, bearer(scene.world.token(user.id)), principal)


def expected_refusal(endpoint: Endpoint, visit: Visit) -> Refusal | None:
    """Return how an endpoint refuses a visit, None when it lets it in."""
    if endpoint.who.public:
        return None
    if visit.credentials is Credentials.GOOD and endpoint.who.allows(visit.principal):
        return None
    return REFUSALS[endpoint.surface][visit.credentials]
