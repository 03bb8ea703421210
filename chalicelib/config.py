"""Settings: the only reader of the environment; read once, when they are first needed."""

import os
from collections.abc import Mapping, Sequence

from chalicelib.frozen import frozen
from chalicelib.integrations import signing_keys
from chalicelib.integrations.signing_keys import SigningKey as SigningKey  # re-exported as part of Settings

MINIMUM_ITERATIONS = 600_000


def served_endpoint() -> str | None:
    """Return the reference of the endpoint that this function alone serves; None if it serves all.

    Read when the application is created: imports belong in Lambda's init phase, which gets a full CPU.
    """
    return os.environ.get("ENDPOINT") or None


class SettingsError(Exception):
    """The environment is incomplete or wrong; the message names every variable at fault."""


@frozen
class Settings:
    """What a deployment decides.

    Attributes:
        table_name: the DynamoDB table.
        signing_keys: the first signs, all verify.
        access_token_seconds: an access token's lifetime.
        refresh_token_seconds: a refresh token's lifetime, and how long an unused session lives.
        session_seconds: how long a session lives at most, however often it is refreshed.
        password_iterations: PBKDF2 rounds of new password hashes.
        dynamodb_retries: how often a call of DynamoDB is repeated after a network error or throttling.
        log_level: the least severe level that is logged.
        allowed_origin: the web origin whose pages may call (CORS), `*` for any; without one, browsers block
            the answers.
        mail_sender: the address that mail comes from, verified at SES; without one mail goes to the log.
        account_tries: consecutive failures at an account from one network after which that network waits.
        address_tries: counted attempts within an hour after which a network waits.
        longest_wait_seconds: the longest wait; the first is one second, and each is twice the one before.
    """

    table_name: str
    signing_keys: Sequence[SigningKey]
    access_token_seconds: int = 15 * 60
    refresh_token_seconds: int = 14 * 24 * 3600
    session_seconds: int = 90 * 24 * 3600
    password_iterations: int = MINIMUM_ITERATIONS
    dynamodb_retries: int = 2
    log_level: str = "INFO"
    allowed_origin: str | None = None
    mail_sender: str | None = None
    account_tries: int = 5
    address_tries: int = 300
    longest_wait_seconds: int = 3600

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings.

        Args:
            environment: the variables to read, the process's own by default.

        Raises:
            SettingsError: variables are missing or wrong; all of them are named.
        """
        reader = _Reader(os.environ if environment is None else environment)
        settings = cls(
            table_name=reader.text("TABLE_NAME"),
            signing_keys=reader.signing_keys("SIGNING_KEYS", "SIGNING_KEYS_SECRET"),
            access_token_seconds=reader.whole_number("ACCESS_TOKEN_SECONDS", cls.access_token_seconds, 1),
            refresh_token_seconds=reader.whole_number("REFRESH_TOKEN_SECONDS", cls.refresh_token_seconds, 1),
            session_seconds=reader.whole_number("SESSION_SECONDS", cls.session_seconds, 1),
            password_iterations=reader.whole_number(
                "PASSWORD_ITERATIONS", cls.password_iterations, MINIMUM_ITERATIONS
            ),
            dynamodb_retries=reader.whole_number("DYNAMODB_RETRIES", cls.dynamodb_retries, 0),
            log_level=reader.log_level("LOG_LEVEL", cls.log_level),
            allowed_origin=reader.optional_text("ALLOWED_ORIGIN"),
            mail_sender=reader.optional_text("MAIL_SENDER"),
            account_tries=reader.whole_number("ACCOUNT_TRIES", cls.account_tries, 1),
            address_tries=reader.whole_number("ADDRESS_TRIES", cls.address_tries, 1),
            longest_wait_seconds=reader.whole_number("LONGEST_WAIT_SECONDS", cls.longest_wait_seconds, 1),
        )
        reader.raise_if_wrong()
        return settings


class _Reader:
    """Reads variables one by one and collects what is wrong, so that all of it is reported at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._wrong: list[str] = []

    def text(self, name: str) -> str:
        value = self._environment.get(name, "")
        if not value:
            self._wrong.append(f"{name} is not set")
        return value

    def optional_text(self, name: str) -> str | None:
        return self._environment.get(name) or None

    def whole_number(self, name: str, default: int, least: int) -> int:
        value = self._environment.get(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit()) or int(value) < least:
            self._wrong.append(f"{name} is not a whole number of at least {least}")
            return default
        return int(value)

    def log_level(self, name: str, default: str) -> str:
        value = self._environment.get(name, default).upper()
        if value not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
            self._wrong.append(f"{name} is not DEBUG, INFO, WARNING, ERROR or CRITICAL")
        return value

    def endpoint_url(self, service: str) -> str | None:
        """Return a service's endpoint if it is not AWS's, from the variables that botocore reads as well."""
        return self.optional_text(f"AWS_ENDPOINT_URL_{service}") or self.optional_text("AWS_ENDPOINT_URL")

    def signing_keys(self, name: str, secret_name: str) -> Sequence[SigningKey]:
        """Return the keys, from the variable or, in deployed functions, from the secret that one names."""
        secret = self._environment.get(secret_name)
        if secret:
            return signing_keys.in_secrets_manager(secret, self.endpoint_url("SECRETS_MANAGER"))
        value = self.text(name)
        try:
            return signing_keys.parse(value) if value else ()
        except ValueError as error:
            self._wrong.append(f"{name} {error}")
            return ()

    def raise_if_wrong(self) -> None:
        if self._wrong:
            raise SettingsError("; ".join(self._wrong))
