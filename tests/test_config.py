"""Settings: every variable that is missing or wrong is named at once, and no secret is ever shown."""

import pytest

from chalicelib.config import MINIMUM_ITERATIONS, Settings, SettingsError, SigningKey

SECRET = "s" * 40
COMPLETE = {"TABLE_NAME": "orders", "SIGNING_KEYS": f"new:{SECRET}"}
NUMBERS = {
    "ACCESS_TOKEN_SECONDS": ("access_token_seconds", 1),
    "REFRESH_TOKEN_SECONDS": ("refresh_token_seconds", 1),
    "SESSION_SECONDS": ("session_seconds", 1),
    "PASSWORD_ITERATIONS": ("password_iterations", MINIMUM_ITERATIONS),
    "DYNAMODB_RETRIES": ("dynamodb_retries", 0),
    "ACCOUNT_TRIES": ("account_tries", 1),
    "ADDRESS_TRIES": ("address_tries", 1),
    "LONGEST_WAIT_SECONDS": ("longest_wait_seconds", 1),
}


def _complaint(environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment)
    return str(caught.value)


def test_two_variables_are_enough() -> None:
    assert Settings.from_environment(COMPLETE) == Settings("orders", (SigningKey("new", SECRET),))


def test_everything_that_is_missing_or_wrong_is_named_at_once() -> None:
    wrong = {**dict.fromkeys(NUMBERS, "many"), "LOG_LEVEL": "LOUD", "SIGNING_KEYS": "short:secret"}

    complaint = _complaint(wrong)

    assert [name for name in ("TABLE_NAME", *wrong) if name not in complaint] == []


@pytest.mark.parametrize("name", COMPLETE)
@pytest.mark.parametrize("value", [None, ""])
def test_a_required_variable_is_named_when_it_is_not_set(name: str, value: str | None) -> None:
    environment = {
        key: text for key, text in (COMPLETE | {name: value or ""}).items() if value or key != name
    }

    assert _complaint(environment) == f"{name} is not set"


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["", " ", "-1", "1.5", "1e6", "many", "٣", "+600001", "0x10"])
def test_what_is_no_whole_number_is_named(name: str, value: str) -> None:
    assert _complaint({**COMPLETE, name: value}).startswith(f"{name} is not a whole number of at least ")


@pytest.mark.parametrize(("name", "field", "least"), [(name, *rule) for name, rule in NUMBERS.items()])
def test_a_number_has_a_least_value(name: str, field: str, least: int) -> None:
    settings = Settings.from_environment({**COMPLETE, name: str(least)})

    assert getattr(settings, field) == least
    if least > 0:
        assert (
            _complaint({**COMPLETE, name: str(least - 1)})
            == f"{name} is not a whole number of at least {least}"
        )


@pytest.mark.parametrize("value", ["debug", "INFO", "Warning", "ERROR", "critical"])
def test_a_log_level_is_taken_in_any_case(value: str) -> None:
    assert Settings.from_environment({**COMPLETE, "LOG_LEVEL": value}).log_level == value.upper()


@pytest.mark.parametrize(
    "value",
    [
        "new",
        "new:",
        f":{SECRET}",
        f"new:{'s' * 31}",
        f"a name:{SECRET}",
        f"new:{SECRET},new:{'t' * 40}",
        f"new:{SECRET},older:short",
        f"{'n' * 33}:{SECRET}",
        ",",
        "{}",
        '{"new": "short"}',
        '{"new": ',
    ],
)
def test_unusable_signing_keys_are_named_and_not_shown(value: str) -> None:
    complaint = _complaint({**COMPLETE, "SIGNING_KEYS": value})

    assert complaint.startswith("SIGNING_KEYS is not a list like ")
    assert SECRET not in complaint
    assert "s" * 31 not in complaint


def test_signing_keys_keep_their_order() -> None:
    keys = Settings.from_environment({**COMPLETE, "SIGNING_KEYS": f"b:{SECRET}, a:{SECRET}x ,"}).signing_keys

    assert [key.id for key in keys] == ["b", "a"]


def test_a_secret_is_never_shown() -> None:
    settings = Settings.from_environment(COMPLETE)

    assert SECRET not in f"{settings!r}{settings}{settings.signing_keys!r}{settings.signing_keys[0]}"
