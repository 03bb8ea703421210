"""What differs between stages: the `deployment` part of each stage in `.chalice/config.json`."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from chalicelib.config import Settings, SettingsError
from ops import CommandError

ROOT = Path(__file__).resolve().parents[3]
CONFIG = ROOT / ".chalice" / "config.json"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,15}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
_BY_THE_STACK = frozenset({"TABLE_NAME", "SIGNING_KEYS_SECRET"})
_TUNABLE = frozenset(
    {
        "ACCESS_TOKEN_SECONDS",
        "REFRESH_TOKEN_SECONDS",
        "SESSION_SECONDS",
        "PASSWORD_ITERATIONS",
        "DYNAMODB_RETRIES",
        "LOG_LEVEL",
        "ACCOUNT_TRIES",
        "ADDRESS_TRIES",
        "LONGEST_WAIT_SECONDS",
    }
)
_LIMITS = (
    "requests_per_second",
    "burst",
    "hashing_per_second",
    "hashing_burst",
    "search_per_second",
    "search_burst",
)
# What CloudWatch Logs takes as a retention.
_LOG_DAYS = frozenset(
    {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922}
)


@dataclass(frozen=True)
class Stage:
    """One stage's settings."""

    name: str  # as in `dev`
    app_name: str  # of the application; with the stage's name it names the stacks
    api_stage: str  # the first part of each path at API Gateway's own address
    production: bool  # whether the data is protected from deletion
    log_days: int  # how long logs are kept
    alarm_per_function: bool  # whether each function has its own, beside those of the API and the table
    requests_per_second: int  # beyond it, API Gateway answers 429
    burst: int  # how many requests may come at once
    hashing_per_second: int  # the same for each endpoint that hashes passwords
    hashing_burst: int
    search_per_second: int  # the same for each search that everybody may make
    search_burst: int
    slow_milliseconds: int  # the p99 latency of the API that raises the alarm
    allowed_origin: str | None = None  # that may call (CORS), `*` for every one, None for no browser
    alarm_email: str | None = None  # who gets the alarms; more can subscribe to the topic
    mail_sender: str | None = None  # of a domain verified at Amazon SES; without one mail goes to the log
    domain_name: str | None = None  # of one's own
    certificate_arn: str | None = None  # the domain's, in the stack's region
    docs: bool = False  # whether the API reference is put up beside it
    settings: Mapping[str, str] = field(default_factory=dict)  # of the functions, as environment variables

    @property
    def stack_name(self) -> str:
        """The stack of the API: functions, gateway, roles, alarms."""
        return f"{self.app_name}-{self.name}"

    @property
    def data_stack_name(self) -> str:
        """The stack of what outlives the API: table, signing keys, archives."""
        return f"{self.stack_name}-data"

    @property
    def docs_stack_name(self) -> str:
        """The stack of the API reference, where there is one."""
        return f"{self.stack_name}-docs"


def load(name: str, path: Path = CONFIG) -> Stage:
    """Return a stage's settings."""
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        stages = config["stages"]
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{path.name} can't be read: {error!r}.") from error
    if name not in stages:
        deployable = ", ".join(sorted(known for known in stages if "deployment" in stages[known]))
        raise CommandError(f"there is no stage {name!r} in {path.name}, only {deployable}.")
    if not _NAME.fullmatch(name):
        raise CommandError(f"{name!r} can't name a stage: small letters, digits and hyphens, at most 16.")
    if "deployment" not in stages[name]:
        raise CommandError(f"stage {name} can't be deployed: it has no deployment part in {path.name}.")
    given = stages[name]["deployment"]
    ours = sorted(set(stages[name].get("environment_variables", {})) - _BY_THE_STACK)
    if ours:
        raise CommandError(f"stage {name}: {', '.join(ours)} belong in the deployment's settings.")
    unknown = sorted(set(given) - {field.name for field in fields(Stage)})
    if unknown:
        raise CommandError(f"stage {name} has unknown settings: {', '.join(unknown)}.")
    api_stage = stages[name].get("api_gateway_stage", config["api_gateway_stage"])
    try:
        stage = Stage(name=name, app_name=config["app_name"], api_stage=api_stage, **given)
    except TypeError as error:
        missing = str(error).partition("missing")[2]
        raise CommandError(f"stage {name} is missing settings:{missing.partition(':')[2]}.") from error
    wrong = next(_wrong_in(stage), None)
    if wrong is not None:
        raise CommandError(f"stage {name}: {wrong}.")
    return stage


def ensure_can_be_packaged(stage: Stage) -> None:
    """Refuse a production stage without a mail sender: its codes would be readable in the logs."""
    if stage.production and stage.mail_sender is None:
        raise CommandError(
            f"stage {stage.name}: production needs a mail_sender; without one, codes are written to the log."
        )


def _wrong_in(stage: Stage) -> Iterator[str]:
    """Tell what a stage can't be deployed with."""
    yield from _wrong_values(stage)
    if (stage.domain_name is None) != (stage.certificate_arn is None):
        yield "domain_name and certificate_arn belong together"
    unknown = sorted(set(stage.settings) - _TUNABLE)
    if unknown:
        yield f"settings has {', '.join(unknown)}; it may have {', '.join(sorted(_TUNABLE))}"
    try:
        Settings.from_environment({"TABLE_NAME": "-", "SIGNING_KEYS": f"-:{64 * '-'}", **stage.settings})
    except (SettingsError, TypeError, AttributeError) as error:
        yield f"settings: {error}"


def _wrong_values(stage: Stage) -> Iterator[str]:
    for name in ("production", "alarm_per_function", "docs"):
        if not isinstance(getattr(stage, name), bool):
            yield f"{name} must be true or false"
    for name in (*_LIMITS, "slow_milliseconds"):
        value = getattr(stage, name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            yield f"{name} must be a whole number from 1 on"
    if stage.log_days not in _LOG_DAYS or isinstance(stage.log_days, bool):
        yield f"log_days must be one of {', '.join(map(str, sorted(_LOG_DAYS)))}"
    for name in ("alarm_email", "mail_sender"):
        value = getattr(stage, name)
        if value is not None and not (isinstance(value, str) and _ADDRESS.fullmatch(value)):
            yield f"{name} must be a mail address"
