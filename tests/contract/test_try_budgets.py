"""Whoever tries a password, a refresh token or a code costs at most three DynamoDB calls in sequence, whether
the try is right or wrong: counting the wrong ones is no way to make the table work more.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from tests.support.companion_samples import CODE, mail_code
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.staff import PASSWORD, Staff
from tests.support.world import World

READ, PUT, MOVE, WORK = "BatchGetItem", "PutItem", "UpdateItem", "TransactWriteItems"
MOST = 3

Body = Callable[[World, User], dict[str, Any]]
SIGN_IN, REFRESH = "/users/auth/token/", "/users/auth/token/refresh/"


@dataclass(frozen=True)
class Try:
    """A try: where it is sent, what it says, what it is answered, and the calls that it makes."""

    target: str
    body: Body
    status: int
    calls: list[str]


def _sign_in(password: str) -> Body:
    return lambda _, user: {"email": user.email, "password": password}


def _log_in(password: str) -> Body:
    return lambda world, _: {"username": Shop(world).customer().username, "password": password}


def _with_an_old_hash(world: World, user: User) -> dict[str, Any]:
    digest = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"saltsalt", 10)
    old = f"pbkdf2_sha256$10$saltsalt${base64.b64encode(digest).decode()}"
    users.replace(user, replace(user, password=old, version=user.version + 1), world.runtime)
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


def _wrong_code(world: World, user: User) -> dict[str, Any]:
    mail_code(Scene(world, Staff(world.runtime)), user.id, CODE)
    return {"type_code": "email", "code": int(CODE) + 1}


TRIES = {
    "right password": Try(SIGN_IN, _sign_in(PASSWORD), 200, [READ, READ, WORK]),
    "right password, an old hash": Try(SIGN_IN, _with_an_old_hash, 200, [READ, READ, WORK]),
    "wrong password": Try(SIGN_IN, _sign_in("wrong"), 401, [READ, READ, WORK]),
    "right customer's password": Try("/api/login", _log_in(PASSWORD), 200, [READ, READ, WORK]),
    "wrong customer's password": Try("/api/login", _log_in("wrong"), 404, [READ, READ, WORK]),
    "good refresh token": Try(REFRESH, _refresh_token, 200, [READ, PUT]),
    "good refresh token after a used one": Try(
        REFRESH, _good_refresh_token_after_a_used_one, 200, [READ, PUT, WORK]
    ),
    "used refresh token": Try(REFRESH, _used_refresh_token, 401, [READ, "DeleteItem", WORK]),
    "no refresh token": Try(REFRESH, lambda _, __: {"refresh": "none"}, 401, [READ, MOVE]),
    "wrong code": Try("/verify-info/accept-user-info/", _wrong_code, 400, [READ, MOVE, MOVE]),
}


@pytest.mark.parametrize("sent", TRIES.values(), ids=TRIES)
def test_a_try_keeps_the_budget_right_or_wrong(world: World, sent: Try) -> None:
    user = Staff(world.runtime).user(confirmed=False)
    body, token = sent.body(world, user), world.token(user.id)

    with world.count_calls() as counter:
        answer = world.call("POST", sent.target, body, token=token)

    assert (answer.status, counter.calls) == (sent.status, sent.calls)
    assert len(counter.calls) <= MOST
