"""Wherever a secret is compared, an account's existence told, or mail sent: it is known, and throttled."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.contract import Use
from chalicelib.endpoints import load_all
from chalicelib.errors import Throttled
from chalicelib.web.endpoint import Endpoint, no_limits
from chalicelib.web.fields import MailedCode, Secret, declared
from tests.contract.access.callers import Visit
from tests.contract.access.people import entitled
from tests.support.endpoints import ENDPOINTS
from tests.support.sample import Sample
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import Answer, World

PACKAGE = Path(__file__).parents[2] / "chalicelib"

# What each of these endpoints compares: the field, and a wrong value of it.
GUESSED: dict[Endpoint, tuple[str, Any]] = {
    ENDPOINTS["sign-in-user"]: ("password", "wrong"),
    ENDPOINTS["log-in-customer"]: ("password", "wrong"),
    ENDPOINTS["replace-user"]: ("old_password", "wrong"),
    ENDPOINTS["change-user"]: ("old_password", "wrong"),
    ENDPOINTS["close-user"]: ("old_password", "wrong"),
    ENDPOINTS["set-password"]: ("old_password", "wrong"),
    ENDPOINTS["remove-profile"]: ("password", "wrong"),
    ENDPOINTS["accept-code"]: ("code", 111111),
    ENDPOINTS["reset-password"]: ("code", 111111),
    ENDPOINTS["reset-customer-password"]: ("code", 111111),
}
# Where only some changes want the secret.
CHANGES: dict[Endpoint, dict[str, Any]] = {
    ENDPOINTS["replace-user"]: {"old_password": PASSWORD, "password": "another good one"},
    ENDPOINTS["change-user"]: {"old_password": PASSWORD, "email": "new@example.com"},
}
# A refresh token is too long to be guessed.
SIGNED = {ENDPOINTS["refresh-user"], ENDPOINTS["refresh-customer"]}

# All calls that compare a secret, by file and function: an endpoint in `GUESSED` or `SIGNED` leads to each.
COMPARED = {
    ("accounts/confirmation/service.py", "accept_code", "matches"),
    ("accounts/service.py", "ensure_password", "password_matches"),
    ("accounts/sessions/service.py", "sign_in", "password_matches"),
    ("auth/authentication.py", "claims_of", "read"),  # access tokens: signed like refresh tokens
    ("auth/mailed_codes.py", "matches", "compare_digest"),
    ("auth/passwords.py", "matches", "compare_digest"),
    ("auth/refreshing.py", "_claims", "read"),
    ("auth/resetting.py", "redeem_code", "matches"),
    ("shop/customers/closing/service.py", "close", "password_matches"),
    ("shop/customers/service.py", "log_in", "password_matches"),
    ("shop/customers/service.py", "set_password", "password_matches"),
    ("web/call.py", "password_matches", "matches"),
    ("web/paging.py", "_position", "compare_digest"),  # cursors: signed, and good for nothing but a list
}


def _secrets_of(endpoint: Endpoint) -> set[str]:
    if endpoint.takes is None:
        return set()
    return {
        name
        for name, (field, _) in declared(endpoint.takes).items()
        if isinstance(field, Secret | MailedCode)
    }


def _calls() -> set[tuple[str, str, str]]:
    """Return where something is called that compares a secret."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                names = {_name(call) for call in ast.walk(function) if isinstance(call, ast.Call)}
                found |= {(path.relative_to(PACKAGE).as_posix(), function.name, name) for name in names}
    comparing = {"compare_digest", "password_matches", "matches"}
    return {
        (path, function, name.rpartition(".")[2])
        for path, function, name in found
        if name == "tokens.read" or name.rpartition(".")[2] in comparing
    }


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def test_the_list_of_comparisons_is_complete() -> None:
    assert _calls() == COMPARED


def test_the_list_of_endpoints_that_take_a_secret_is_complete() -> None:
    assert {endpoint for endpoint in load_all() if _secrets_of(endpoint)} == {*GUESSED, *SIGNED}
    assert {endpoint: {field} for endpoint, (field, _) in GUESSED.items()} == {
        endpoint: _secrets_of(endpoint) for endpoint in GUESSED
    }


def _throttles(endpoint: Endpoint) -> bool:
    return endpoint.throttle is not no_limits and Throttled in endpoint.errors


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_what_compares_a_secret_tells_who_exists_or_sends_mail_is_throttled(endpoint: Endpoint) -> None:
    about_people = "/users/" in endpoint.path or endpoint.path.startswith(("/api/register", "/api/profile"))
    tells_who_exists = endpoint.taken is not None and about_people
    sends_mail = Use.SEND_MAIL in endpoint.uses

    assert _throttles(endpoint) or not (_secrets_of(endpoint) or tells_who_exists or sends_mail)


def _right(endpoint: Endpoint, visit: Visit) -> Sample:
    sample = SAMPLES[endpoint](visit.scene, visit.who)
    return replace(sample, body=sample.body | CHANGES.get(endpoint, {}))


def _ask(world: World, endpoint: Endpoint, visit: Visit, sample: Sample) -> Answer:
    return world.call(endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers)


@pytest.mark.parametrize("endpoint", GUESSED, ids=lambda endpoint: endpoint.name)
def test_after_wrong_guesses_a_right_one_is_answered_as_a_wrong_one(world: World, endpoint: Endpoint) -> None:
    scene, (field, value) = Scene(world), GUESSED[endpoint]
    visit = entitled(scene, endpoint)
    right = _right(endpoint, visit)
    wrong = replace(right, body={**right.body, field: value})
    first = [_ask(world, endpoint, visit, wrong) for _ in range(5)]
    before = world.records()

    answers = [_ask(world, endpoint, visit, guess) for guess in (wrong, right)]

    assert len({answer.text for answer in first}) == 1
    assert {answer.status for answer in first} <= {400, 401, 404}
    assert answers[0] == answers[1]
    assert answers[0].status in (400, 404, 429)
    assert world.records() == before


@pytest.mark.parametrize("endpoint", GUESSED, ids=lambda endpoint: endpoint.name)
def test_a_right_guess_after_fewer_wrong_ones_is_right(world: World, endpoint: Endpoint) -> None:
    scene, (field, value) = Scene(world), GUESSED[endpoint]
    visit = entitled(scene, endpoint)
    right = _right(endpoint, visit)
    for _ in range(4):
        _ask(world, endpoint, visit, replace(right, body={**right.body, field: value}))

    assert _ask(world, endpoint, visit, right).status == endpoint.status
