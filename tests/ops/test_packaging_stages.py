"""A stage is its settings, and wrong ones are named."""

import json
from pathlib import Path
from typing import Any

import pytest

from ops import CommandError
from ops.packaging import stages
from ops.packaging.stages import Stage
from tests.ops.templates import STAGES


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        ({"deployment": {"colour": "blue"}}, "unknown settings: colour"),
        ({"deployment": {}}, "misses settings: .*'log_days'"),
        ({"deployment": {**vars(STAGES["dev"]), "domain_name": "a.example"}}, "belong together"),
        ({"deployment": {**vars(STAGES["dev"]), "log_days": 8}}, "log_days must be one of 1, 3, 5, 7"),
        ({"deployment": {**vars(STAGES["dev"]), "production": "false"}}, "production must be true or false"),
        ({"deployment": {**vars(STAGES["dev"]), "burst": 0}}, "burst must be a whole number from 1"),
        ({"deployment": {**vars(STAGES["dev"]), "mail_sender": "me"}}, "mail_sender must be a mail address"),
        ({"deployment": {**vars(STAGES["dev"]), "settings": {"TABLE_NAME": "t"}}}, "settings has TABLE_NAME"),
        ({"deployment": {**vars(STAGES["dev"]), "settings": {"ACCOUNT_TRIES": "x"}}}, "ACCOUNT_TRIES"),
        ({"deployment": {**vars(STAGES["dev"]), "settings": {"ACCOUNT_TRIES": 9}}}, "settings: "),
        (
            {"deployment": dict(vars(STAGES["dev"])), "environment_variables": {"ACCOUNT_TRIES": "9"}},
            "ACCOUNT_TRIES belong into the deployment's settings",
        ),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, stage: dict[str, Any], reason: str) -> None:
    for own in ("name", "app_name", "api_stage"):
        stage["deployment"].pop(own, None)
    config = {"app_name": "a", "api_gateway_stage": "v1", "stages": {"dev": stage}}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")

    with pytest.raises(CommandError, match=reason):
        stages.load("dev", tmp_path / "config.json")


def test_a_configuration_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")

    with pytest.raises(CommandError, match=r"config\.json can't be read"):
        stages.load("dev", tmp_path / "config.json")


def test_an_unknown_stage_is_named() -> None:
    with pytest.raises(CommandError, match=r"no stage 'moon' in config\.json, only dev, production"):
        stages.load("moon")


def test_stages_differ_in_data_only() -> None:
    assert [type(stage) for stage in STAGES.values()] == [Stage] * len(STAGES)
