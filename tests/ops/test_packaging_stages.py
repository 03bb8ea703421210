"""A stage is its settings, and wrong ones are named."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ops import CommandError
from ops.deploy.package import packaging, stages
from ops.deploy.package.data import data_template
from ops.deploy.package.package import Template, text_of
from ops.deploy.package.stages import Stage
from tests.ops.templates import STAGES, Templates


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        ({"deployment": {"colour": "blue"}}, "unknown settings: colour"),
        ({"deployment": {}}, "is missing settings: .*'log_days'"),
        ({"deployment": {**vars(STAGES["dev"]), "domain_name": "a.example"}}, "belong together"),
        ({"deployment": {**vars(STAGES["dev"]), "log_days": 8}}, "log_days must be one of 1, 3, 5, 7"),
        ({"deployment": {**vars(STAGES["dev"]), "production": "false"}}, "production must be true or false"),
        ({"deployment": {**vars(STAGES["dev"]), "docs": "yes"}}, "docs must be true or false"),
        ({"deployment": {**vars(STAGES["dev"]), "burst": 0}}, "burst must be a whole number from 1"),
        ({"deployment": {**vars(STAGES["dev"]), "hashing_burst": 0}}, "hashing_burst must be a whole number"),
        (
            {"deployment": {**vars(STAGES["dev"]), "search_per_second": "9"}},
            "search_per_second must be",
        ),
        ({"deployment": {**vars(STAGES["dev"]), "mail_sender": "me"}}, "mail_sender must be a mail address"),
        ({"deployment": {**vars(STAGES["dev"]), "settings": {"TABLE_NAME": "t"}}}, "settings has TABLE_NAME"),
        ({"deployment": {**vars(STAGES["dev"]), "settings": {"ACCOUNT_TRIES": "x"}}}, "ACCOUNT_TRIES"),
        ({"deployment": {**vars(STAGES["dev"]), "settings": {"ACCOUNT_TRIES": 9}}}, "settings: "),
        (
            {"deployment": dict(vars(STAGES["dev"])), "environment_variables": {"ACCOUNT_TRIES": "9"}},
            "ACCOUNT_TRIES belong in the deployment's settings",
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


@pytest.mark.parametrize("name", ["production", "live"])
def test_production_is_not_packaged_while_its_mail_would_go_to_the_log(name: str) -> None:
    stage = replace(STAGES["production"], name=name, mail_sender=None)

    with pytest.raises(CommandError, match=f"stage {name}: production needs a mail_sender"):
        packaging.make(stage, None)


def test_what_a_stage_gets_depends_on_its_settings_and_not_on_its_name(templates: Templates) -> None:
    production = STAGES["production with everything"]
    namesake = replace(production, name="dev")

    made = [
        _without_name(stage, template)
        for stage in (production, namesake)
        for template in (templates.make(stage), data_template(stage))
    ]

    assert made[:2] == made[2:]


def _without_name(stage: Stage, template: Template) -> Template:
    """Return a template without the stage's name, and without the digest that hangs on it."""
    text = re.sub(r"Deployment[0-9a-f]{10}", "Deployment", text_of(template))
    text = text.replace(stage.stack_name, "NAME").replace(f'"Stage": "{stage.name}"', '"Stage": "NAME"')
    nameless: Template = json.loads(text)
    return nameless
