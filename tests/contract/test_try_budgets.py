"""Whoever tries a password, a refresh token or a code costs at most three DynamoDB calls in sequence, whether
the try is right or wrong: counting the wrong ones is no way to make the table work more. Once in an account's
life a sign-in makes a fourth, when it is over: to replace a hash of too few iterations.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.accounts.model import User
from tests.support.companion_samples import CODE, mail_code
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.staff import PASSWORD, Staff, rewrite
from tests.support.world import World

Body = Callable[[World, User], dict[str, Any]]
SIGN_IN, REFRESH = "/users/auth/token/", "/users/auth/token/refresh/"


@dataclass(frozen=True)
class Try:
    """A try: where it is sent, what it says, what it is answered, and how many calls it may make."""

    target: str
    body: Body
    status: int
    most: int


def _sign_in(password: str) -> Body:
    return lambda _, user: {"email": user.email, "password": password}


def _log_in(password: str) -> Body:
    return lambda world, _: {"username": Shop(world).customer().username, "password": password}


def _with_an_old_hash(world: World, user: User) -> dict[str, Any]:
    digest = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"saltsalt", 10)
    old = f"pbkdf2_sha256$10$saltsalt${base64.b64encode(digest).decode()}"
    rewrite(world.runtime, user, password_hash=old)
    return _sign_in(PASSWORD)(world, user)


def _refresh_token(world: World, user: User) -> dict[str, Any]:
    return {"refresh": world.token(user.id, refresh=True)}


def _used_refresh_token(world: World, user: User) -> dict[str, Any]:
    body = _refresh_token(world, user)
    assert world.call("POST", REFRESH, body).status == 200
    return body


def _good_refresh_token_after_a_used_one(world: World, user: User) -> dict[str, Any]:
    assert world.call("POST", REFRESH, _used_refresh_token(world, user)).status == 401
    return _refresh_token(world, user)


def _code(code: str) -> Body:
    def body(world: World, user: User) -> dict[str, Any]:
        mail_code(Scene(world, Staff(world.runtime)), user.id, CODE)
        return {"type_code": "email", "code": code}

    return body


TRIES = {
    "right password": Try(SIGN_IN, _sign_in(PASSWORD), 200, 3),
    "right password, an old hash": Try(SIGN_IN, _with_an_old_hash, 200, 4),
    "wrong password": Try(SIGN_IN, _sign_in("wrong"), 401, 3),
    "right customer's password": Try("/api/login", _log_in(PASSWORD), 200, 3),
    "wrong customer's password": Try("/api/login", _log_in("wrong"), 404, 3),
    "good refresh token": Try(REFRESH, _refresh_token, 200, 2),
    "good refresh token after a used one": Try(REFRESH, _good_refresh_token_after_a_used_one, 200, 2),
    "used refresh token": Try(REFRESH, _used_refresh_token, 401, 2),
    "no refresh token": Try(REFRESH, lambda _, __: {"refresh": "none"}, 401, 2),
    "right code": Try("/verify-info/accept-user-info/", _code(CODE), 200, 3),
    "wrong code": Try("/verify-info/accept-user-info/", _code(str(int(CODE) + 1)), 400, 3),
}


@pytest.mark.parametrize("sent", TRIES.values(), ids=TRIES)
def test_a_try_keeps_the_budget_right_or_wrong(world: World, sent: Try) -> None:
    user = Staff(world.runtime).user(confirmed=False)
    body, token = sent.body(world, user), world.token(user.id)

    with world.count_calls() as counter:
        answer = world.call("POST", sent.target, body, token=token)

    assert answer.status == sent.status
    assert len(counter.calls) <= sent.most
