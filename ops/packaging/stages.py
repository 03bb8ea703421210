"""What differs between stages: the `deployment` part of each stage in `.chalice/config.json`."""

import json
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ops import CommandError

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".chalice" / "config.json"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,15}")


@dataclass(frozen=True)
class Stage:
    """One stage's settings.

    Attributes:
        name: of the stage, as in `dev`.
        app_name: of the application; with the stage's name it names the stacks.
        api_stage: the first part of each path at API Gateway's own address.
        production: whether the data must survive every mistake.
        log_days: how long logs are kept.
        alarm_per_function: whether each function has its own alarm, beside those of the API and the table.
        requests_per_second: beyond it, API Gateway answers 429.
        burst: how many requests may come at once.
        slow_milliseconds: the p99 latency of the API that raises the alarm.
        allowed_origin: the web origin that may call (CORS), `*` for every one, None for no browser.
        alarm_email: who gets the alarms; more can subscribe to the topic.
        mail_sender: the address that mail comes from, of a domain verified at Amazon SES; None: mail goes
            to the log.
        domain_name: a domain of one's own.
        certificate_arn: its certificate, in the stack's region.
    """

    name: str
    app_name: str
    api_stage: str
    production: bool
    log_days: int
    alarm_per_function: bool
    requests_per_second: int
    burst: int
    slow_milliseconds: int
    allowed_origin: str | None = None
    alarm_email: str | None = None
    mail_sender: str | None = None
    domain_name: str | None = None
    certificate_arn: str | None = None

    @property
    def stack_name(self) -> str:
        """The stack of the API: functions, gateway, roles, alarms."""
        return f"{self.app_name}-{self.name}"

    @property
    def data_stack_name(self) -> str:
        """The stack of what outlives the API: table, signing keys, archives."""
        return f"{self.stack_name}-data"


def load(name: str, path: Path = CONFIG) -> Stage:
    """Return a stage's settings.

    Raises:
        CommandError: there is no such stage, or its settings are wrong.
    """
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    stages = config["stages"]
    if name not in stages or not _NAME.fullmatch(name):
        raise CommandError(f"there is no stage {name!r} in {path.name}, only {', '.join(sorted(stages))}.")
    given = stages[name].get("deployment", {})
    unknown = sorted(set(given) - {field.name for field in fields(Stage)})
    if unknown:
        raise CommandError(f"stage {name} has unknown settings: {', '.join(unknown)}.")
    api_stage = stages[name].get("api_gateway_stage", config["api_gateway_stage"])
    try:
        stage = Stage(name=name, app_name=config["app_name"], api_stage=api_stage, **given)
    except TypeError as error:
        missing = str(error).partition("missing")[2]
        raise CommandError(f"stage {name} misses settings:{missing.partition(':')[2]}.") from error
    if (stage.domain_name is None) != (stage.certificate_arn is None):
        raise CommandError(f"stage {name}: domain_name and certificate_arn belong together.")
    return stage
