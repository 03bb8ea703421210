"""Password hashes in Django's form (spec, Customer API)."""

import base64
import hashlib
import random
import re
from dataclasses import replace

import pytest

from chalicelib.auth import passwords
from chalicelib.config import MINIMUM_ITERATIONS, Settings, SigningKey
from chalicelib.runtime import Runtime

PASSWORD = "correct horse battery"


@pytest.fixture
def runtime() -> Runtime:
    settings = Settings("table", (SigningKey("k", "s" * 40),), password_iterations=1_000)
    return Runtime(settings, rng=random.Random(1))


def as_django_makes_it(password: str, salt: str, iterations: int) -> str:
    """Return a hash by the recipe of `django.contrib.auth.hashers.PBKDF2PasswordHasher.encode`."""
    raw = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), iterations, None)
    digest = base64.b64encode(raw).decode("ascii").strip()
    return f"pbkdf2_sha256${iterations}${salt}${digest}"


def test_a_hash_has_the_form_of_django(runtime: Runtime) -> None:
    encoded = passwords.hash_password(PASSWORD, runtime)

    salt = encoded.split("$")[2]
    assert re.fullmatch(r"pbkdf2_sha256\$1000\$[A-Za-z0-9]{22}\$[A-Za-z0-9+/]{43}=", encoded)
    assert encoded == as_django_makes_it(PASSWORD, salt, 1_000)


def test_the_same_password_has_another_salt_each_time(runtime: Runtime) -> None:
    hashes = {passwords.hash_password(PASSWORD, runtime) for _ in range(20)}

    assert len({encoded.split("$")[2] for encoded in hashes}) == 20


@pytest.mark.parametrize("iterations", [1, 1_000, 2_000])
@pytest.mark.parametrize("password", [PASSWORD, "пароль", " blanks ", "$", ""])
def test_a_hash_that_django_made_is_matched_by_its_password_only(
    runtime: Runtime, password: str, iterations: int
) -> None:
    encoded = as_django_makes_it(password, "seasalt", iterations)

    assert passwords.matches(password, encoded, runtime)
    assert not passwords.matches(f"{password}x", encoded, runtime)
    assert not passwords.matches(password.upper() + " ", encoded, runtime)


def test_a_hash_that_a_django_database_had_keeps_working(runtime: Runtime) -> None:
    # Django's own tests expect this of PBKDF2PasswordHasher for "lètmein", salt "seasalt".
    encoded = "pbkdf2_sha256$1000000$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps="

    assert passwords.matches("lètmein", encoded, runtime)
    assert not passwords.matches("letmein", encoded, runtime)


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        "",
        "!",
        "!unusable",
        "pbkdf2_sha256",
        "pbkdf2_sha256$1000$salt",
        "pbkdf2_sha256$many$salt$hash",
        "pbkdf2_sha256$1000$salt$hash$more",
        "pbkdf2_sha1$1000$salt$hash",
        "argon2$argon2id$v=19$m=102400",
        PASSWORD,
    ],
)
def test_nothing_matches_what_is_no_such_hash(runtime: Runtime, encoded: str | None) -> None:
    assert not passwords.matches(PASSWORD, encoded, runtime)
    assert not passwords.matches(encoded or "", encoded, runtime)


@pytest.mark.parametrize(
    ("iterations", "outdated"), [(1, True), (999, True), (1_000, False), (1_001, False), (1_000_000, False)]
)
def test_a_hash_of_fewer_rounds_is_outdated(runtime: Runtime, iterations: int, outdated: bool) -> None:
    assert passwords.is_outdated(f"pbkdf2_sha256${iterations}$salt$hash", runtime) is outdated


def test_hashes_of_a_deployment_have_at_least_600000_rounds(runtime: Runtime) -> None:
    deployed = replace(runtime, settings=Settings("table", runtime.settings.signing_keys))

    encoded = passwords.hash_password(PASSWORD, deployed)

    assert MINIMUM_ITERATIONS == 600_000
    assert encoded.startswith("pbkdf2_sha256$600000$")
    assert not passwords.is_outdated(encoded, deployed)


def test_a_masked_hash_shows_four_characters_of_salt_and_digest() -> None:
    masked = passwords.masked("pbkdf2_sha256$600000$seasaltseasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoD=")

    assert masked == "pbkdf2_sha256$600000$seas**********$YlZ2*****************************"


def test_a_masked_hash_matches_nothing(runtime: Runtime) -> None:
    masked = passwords.masked(passwords.hash_password(PASSWORD, runtime))

    assert not passwords.matches(PASSWORD, masked, runtime)
