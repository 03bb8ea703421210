"""Callers whose credentials are missing, wrong or over: the same list for every surface."""

from collections.abc import Callable
from functools import lru_cache

from chalicelib.auth.model import CUSTOMER_AUDIENCE, STAFF_AUDIENCE
from chalicelib.contract import Surface
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.callers import Caller, Visit, bearer, stranger
from tests.support import forgery, shoppers
from tests.support.refusals import Credentials
from tests.support.scene import Scene

Minted = Callable[[Scene, int | str, str], str]


def _without(headers: dict[str, str]) -> Callable[[Scene, Endpoint], Visit]:
    return lambda scene, endpoint: stranger(scene, Credentials.NONE, headers)


def _with(credentials: Credentials, mint: Minted) -> Callable[[Scene, Endpoint], Visit]:
    """Return a caller with a token that is minted for who would be let in, and for the endpoint's surface."""

    def arrive(scene: Scene, endpoint: Endpoint) -> Visit:
        audience = CUSTOMER_AUDIENCE if endpoint.surface is Surface.CUSTOMER else STAFF_AUDIENCE
        return stranger(scene, credentials, bearer(mint(scene, _entitled(scene, endpoint.surface), audience)))

    return arrive


@lru_cache(maxsize=1)
def _entitled(scene: Scene, surface: Surface) -> int | str:
    """Return somebody whom endpoints of a surface let in: one of them serves all callers of an endpoint."""
    if surface is Surface.CUSTOMER:
        return shoppers.customer(scene).uuid
    return scene.staff.user(is_staff=True).id if surface is Surface.ADMINISTRATION else scene.creator.id


def _expired(scene: Scene, owner: int | str, audience: str) -> str:
    token = scene.world.token(owner, audience=audience)
    return forgery.changed(scene.world, token, exp=scene.world.runtime.epoch())


def _of_another_audience(scene: Scene, owner: int | str, audience: str) -> str:
    token = scene.world.token(owner, audience=audience)
    return forgery.changed(
        scene.world, token, aud=STAFF_AUDIENCE if audience == CUSTOMER_AUDIENCE else CUSTOMER_AUDIENCE
    )


def _with_claims(**claims: object) -> Minted:
    return lambda scene, owner, audience: forgery.changed(
        scene.world, scene.world.token(owner, audience=audience), **claims
    )


def _signed_by_a_stranger(scene: Scene, owner: int | str, audience: str) -> str:
    claims = forgery.claims_of(scene.world.token(owner, audience=audience))
    return forgery.signed(scene.world, claims, key=forgery.STRANGER)


def _unsigned(scene: Scene, owner: int | str, audience: str) -> str:
    claims = forgery.claims_of(scene.world.token(owner, audience=audience))
    return forgery.signed(scene.world, claims, algorithm="none")


def _under_a_dropped_key(scene: Scene, owner: int | str, audience: str) -> str:
    return forgery.under_a_dropped_key(scene.world, scene.world.token(owner, audience=audience))


def _cut(scene: Scene, owner: int | str, audience: str) -> str:
    return scene.world.token(owner, audience=audience)[:-2]


NO_CREDENTIALS = (
    Caller("no token", _without({})),
    Caller("an empty header", _without({"Authorization": ""})),
    Caller("another scheme", _without({"Authorization": "Basic YTphYWFhYWFhYQ=="})),
)
INVALID_TOKENS = (
    Caller("no token behind the scheme", _with(Credentials.INVALID, lambda *_: "")),
    Caller("a broken token", _with(Credentials.INVALID, lambda *_: "not.a.token")),
    Caller("a cut token", _with(Credentials.INVALID, _cut)),
    Caller("a wrongly signed token", _with(Credentials.INVALID, _signed_by_a_stranger)),
    Caller("a token of an unknown key", _with(Credentials.INVALID, _under_a_dropped_key)),
    Caller("an unsigned token (alg none)", _with(Credentials.INVALID, _unsigned)),
    Caller("an expired token", _with(Credentials.INVALID, _expired)),
    Caller(
        "a refresh token",
        _with(
            Credentials.INVALID,
            lambda scene, owner, audience: scene.world.token(owner, audience=audience, refresh=True),
        ),
    ),
    Caller("a token of the other audience", _with(Credentials.INVALID, _of_another_audience)),
    Caller("a token without a session", _with(Credentials.INVALID, _with_claims(sid=None))),
    Caller("a token without an expiry", _with(Credentials.INVALID, _with_claims(exp=None))),
)
SESSIONS_THAT_ARE_OVER = (
    Caller(
        "a deleted session",
        _with(
            Credentials.OVER,
            lambda scene, owner, audience: forgery.of_ended_session(scene.world, owner, audience),
        ),
    ),
    Caller(
        "an expired session",
        _with(
            Credentials.OVER,
            lambda scene, owner, audience: forgery.of_expired_session(scene.world, owner, audience),
        ),
    ),
    Caller(
        "a session that never was",
        _with(
            Credentials.OVER,
            lambda scene, owner, audience: forgery.of_no_session(scene.world, owner, audience),
        ),
    ),
)
EVERYWHERE = NO_CREDENTIALS + INVALID_TOKENS + SESSIONS_THAT_ARE_OVER
