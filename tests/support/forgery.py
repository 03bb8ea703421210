"""Tokens that are almost right: minted by the application, then changed and signed again."""

import base64
import json
from dataclasses import replace
from typing import Any

import jwt

from chalicelib.auth import sessions
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.config import SigningKey
from chalicelib.table import keys
from chalicelib.table.unit_of_work import UnitOfWork
from tests.support.world import World

STRANGER = SigningKey("newest", "x" * 40)  # the name of a configured key, and another secret


def claims_of(token: str) -> dict[str, Any]:
    """Return what a token says, unverified."""
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def signed(
    world: World, claims: dict[str, Any], *, key: SigningKey | None = None, algorithm: str = "HS256"
) -> str:
    """Return a token of these claims, signed as the application would unless told otherwise."""
    key = key or world.runtime.settings.signing_keys[0]
    secret = "" if algorithm == "none" else key.secret
    return jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": key.id})


def changed(world: World, token: str, **claims: Any) -> str:
    """Return the token with some claims changed, well signed; a claim of None is left out."""
    new = claims_of(token) | claims
    return signed(world, {name: value for name, value in new.items() if value is not None})


def of_ended_session(world: World, owner: int | str, audience: str = STAFF_AUDIENCE) -> str:
    """Return a good access token whose session was deleted."""
    token = world.token(owner, audience=audience)
    work = UnitOfWork(world.runtime)
    sessions.end(work, keys.session(audience, str(owner), claims_of(token)["sid"]))
    work.commit()
    return token


def of_expired_session(world: World, owner: int | str, audience: str = STAFF_AUDIENCE) -> str:
    """Return a good access token whose session ran out this very second."""
    settings = replace(world.runtime.settings, refresh_token_seconds=0)
    runtime = replace(world.runtime, settings=settings)
    work = UnitOfWork(runtime)
    pair = sessions.begin(work, audience, str(owner), device="tests", session_epoch=0, runtime=runtime)
    work.commit()
    return pair.access


def of_no_session(world: World, owner: int | str, audience: str = STAFF_AUDIENCE) -> str:
    """Return a good access token whose session never existed."""
    token = world.token(owner, audience=audience)
    return changed(world, token, sid=claims_of(token)["sid"] + 1)


def under_the_older_key(world: World, token: str) -> str:
    """Return the token as a deployment would have signed it before its keys were rotated."""
    return signed(world, claims_of(token), key=world.runtime.settings.signing_keys[-1])


def under_a_dropped_key(world: World, token: str) -> str:
    """Return the token signed by a key that is not configured, under that key's own name."""
    return signed(world, claims_of(token), key=replace(STRANGER, id="dropped"))
