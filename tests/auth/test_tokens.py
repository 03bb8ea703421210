"""Tokens: what they carry, and everything that makes one invalid."""

import base64
import json
import string
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from chalicelib.auth import tokens
from chalicelib.auth.model import CUSTOMER_AUDIENCE, STAFF_AUDIENCE, Session
from chalicelib.auth.tokens import ACCESS, REFRESH, Claims, TokenPair
from chalicelib.config import Settings, SigningKey
from chalicelib.errors import TokenNotValid
from chalicelib.runtime import Runtime
from tests.support.world import Clock

NEWEST, OLDER = SigningKey("newest", "n" * 64), SigningKey("older", "o" * 64)
BEGAN = int(datetime(2026, 1, 15, 12, tzinfo=UTC).timestamp())
CUSTOMER_UUID = "8f4b3a52-5f3e-4d5e-9c1a-2b7d6e5f4a3b"
REFRESH_ID = "0b8f6f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runtime(clock: Clock) -> Runtime:
    return Runtime(Settings("table", (NEWEST, OLDER)), clock=clock)


def _session(audience: str = STAFF_AUDIENCE, owner: str = "5") -> Session:
    return Session(
        id=77,
        audience=audience,
        owner=owner,
        device="tests",
        created_at="2026-01-15T12:00:00.000000Z",
        expires_at=BEGAN + 3600,
        refresh_id=REFRESH_ID,
    )


def _pair(runtime: Runtime, audience: str = STAFF_AUDIENCE, owner: str = "5") -> TokenPair:
    return tokens.issue_pair(_session(audience, owner), runtime)


def _part(token: str, number: int) -> dict[str, Any]:
    text = token.split(".")[number]
    part: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return part


def _resigned(token: str, claims: Mapping[str, Any] | None = None, key: SigningKey = NEWEST) -> str:
    """Return the token with some claims changed, or with None left out, and signed again."""
    changed = {
        name: value for name, value in {**_part(token, 1), **(claims or {})}.items() if value is not None
    }
    return jwt.encode(changed, key.secret, algorithm="HS256", headers={"kid": key.id})


def _refused(token: str, runtime: Runtime, kind: str = ACCESS, audience: str = STAFF_AUDIENCE) -> bool:
    try:
        tokens.read(token, kind, audience, runtime)
    except TokenNotValid:
        return True
    return False


def test_an_access_token_begins_like_the_documented_sample(runtime: Runtime) -> None:
    access = _pair(runtime).access

    claims = _part(access, 1)
    assert _part(access, 0) == {"alg": "HS256", "kid": "newest", "typ": "JWT"}
    assert list(claims) == ["token_type", "exp", "iat", "jti", "user_id", "aud", "sid"]
    assert len(claims.pop("jti")) == 32
    assert claims == {
        "token_type": "access",
        "exp": BEGAN + 15 * 60,
        "iat": BEGAN,
        "user_id": 5,
        "aud": "staff",
        "sid": 77,
    }


def test_a_refresh_token_has_the_id_that_the_session_allows(runtime: Runtime) -> None:
    pair = _pair(runtime, CUSTOMER_AUDIENCE, CUSTOMER_UUID)

    assert _part(pair.refresh, 1) == {
        "token_type": "refresh",
        "exp": BEGAN + 14 * 24 * 3600,
        "iat": BEGAN,
        "jti": REFRESH_ID.replace("-", ""),
        "user_id": CUSTOMER_UUID,
        "aud": "customer",
        "sid": 77,
    }
    assert pair.expires_in == 15 * 60


def test_two_access_tokens_of_a_session_differ(runtime: Runtime) -> None:
    assert _pair(runtime).access != _pair(runtime).access


@pytest.mark.parametrize(("audience", "owner"), [(STAFF_AUDIENCE, "5"), (CUSTOMER_AUDIENCE, CUSTOMER_UUID)])
def test_reads_what_it_issued(runtime: Runtime, audience: str, owner: str) -> None:
    pair = _pair(runtime, audience, owner)

    access = tokens.read(pair.access, ACCESS, audience, runtime)
    refresh = tokens.read(pair.refresh, REFRESH, audience, runtime)

    assert access == Claims(audience, owner, 77, _part(pair.access, 1)["jti"])
    assert refresh == Claims(audience, owner, 77, REFRESH_ID.replace("-", ""))


@pytest.mark.parametrize(
    ("issued", "asked"),
    [
        ((STAFF_AUDIENCE, ACCESS), (STAFF_AUDIENCE, REFRESH)),
        ((STAFF_AUDIENCE, REFRESH), (STAFF_AUDIENCE, ACCESS)),
    ]
    + [((STAFF_AUDIENCE, kind), (CUSTOMER_AUDIENCE, kind)) for kind in (ACCESS, REFRESH)]
    + [((CUSTOMER_AUDIENCE, kind), (STAFF_AUDIENCE, kind)) for kind in (ACCESS, REFRESH)],
)
def test_refuses_another_type_or_audience(
    runtime: Runtime, issued: tuple[str, str], asked: tuple[str, str]
) -> None:
    pair = _pair(runtime, issued[0])
    token = pair.access if issued[1] == ACCESS else pair.refresh

    assert not _refused(token, runtime, issued[1], issued[0])
    assert _refused(token, runtime, asked[1], asked[0])


@pytest.mark.parametrize(("kind", "lifetime"), [(ACCESS, 15 * 60), (REFRESH, 14 * 24 * 3600)])
def test_ends_with_its_last_second(runtime: Runtime, clock: Clock, kind: str, lifetime: int) -> None:
    pair = _pair(runtime)
    token = pair.access if kind == ACCESS else pair.refresh

    clock.advance(seconds=lifetime - 1)
    before = _refused(token, runtime, kind)
    clock.advance(seconds=1)

    assert (before, _refused(token, runtime, kind)) == (False, True)


@pytest.mark.parametrize("claim", ["token_type", "exp", "iat", "jti", "aud", "user_id", "sid"])
def test_every_claim_is_required(runtime: Runtime, claim: str) -> None:
    access = _pair(runtime).access

    assert not _refused(_resigned(access), runtime)
    assert _refused(_resigned(access, {claim: None}), runtime)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": "soon"},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"sid": float("inf")},
        {"sid": "x"},
        {"sid": [77]},
        {"token_type": "refresh"},
        {"aud": ["customer"]},
        {"aud": 5},
    ],
)
def test_a_claim_of_another_kind_is_refused(runtime: Runtime, claims: dict[str, Any]) -> None:
    assert _refused(_resigned(_pair(runtime).access, claims), runtime)


def test_every_configured_key_verifies_and_the_newest_signs(runtime: Runtime) -> None:
    before = replace(runtime, settings=replace(runtime.settings, signing_keys=(OLDER,)))
    after = replace(runtime, settings=replace(runtime.settings, signing_keys=(NEWEST,)))
    old = _pair(before).access

    assert _part(_pair(runtime).access, 0)["kid"] == "newest"
    assert (_refused(old, runtime), _refused(old, after)) == (False, True)


@pytest.mark.parametrize(
    "key",
    [
        SigningKey("newest", "x" * 64),
        SigningKey("dropped", NEWEST.secret),
        SigningKey("older", NEWEST.secret),
        SigningKey("", NEWEST.secret),
    ],
    ids=["another secret", "an unknown name", "the name of another key", "no name"],
)
def test_refuses_what_no_configured_key_signed(runtime: Runtime, key: SigningKey) -> None:
    assert _refused(_resigned(_pair(runtime).access, key=key), runtime)


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_refuses_every_other_algorithm(runtime: Runtime, algorithm: str) -> None:
    claims = _part(_pair(runtime).access, 1)
    secret = "" if algorithm == "none" else NEWEST.secret
    token = jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": NEWEST.id})

    assert _refused(token, runtime)


def test_refuses_a_changed_part(runtime: Runtime) -> None:
    head, claims, signature = _pair(runtime).access.split(".")
    other_head, other_claims, other_signature = _pair(runtime, owner="6").access.split(".")

    assert other_head == head
    assert _refused(f"{head}.{other_claims}.{signature}", runtime)
    assert _refused(f"{head}.{claims}.{other_signature}", runtime)
    assert _refused(f"{head}.{claims}.", runtime)


def test_a_token_is_good_in_the_one_spelling_in_which_it_was_given_out(runtime: Runtime) -> None:
    token = _pair(runtime).access
    letters = string.ascii_letters + string.digits + "-_"
    alike = [token[:-1] + letter for letter in letters if letter != token[-1]]
    padded = [
        f"{token}=",
        f"{token}==",
        f"{token}!",
        f"{token[:-3]}\n{token[-3:]}",
        f" {token}",
        f"{token}\n",
    ]

    assert not _refused(token, runtime)
    assert all(_refused(other, runtime) for other in [*alike, *padded])


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "Bearer", "é.é.é", "\ud800", "a" * 10_000, "eyJhbGciOiJub25lIn0.e30."]
)
def test_refuses_what_is_no_token(runtime: Runtime, text: str) -> None:
    assert _refused(text, runtime)
