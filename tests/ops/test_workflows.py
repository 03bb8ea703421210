"""The workflows are what their service takes, and say what they have to."""

import subprocess
import sys
from typing import Any

import pytest
import yaml

from ops.deploy.package.stages import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _read(name: str) -> Any:
    # The key `on` is a truth value to YAML 1.1.
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def test_there_are_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["deploy.yml", "fuzz.yml", "test.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_fits_the_schema_that_comes_with_check_jsonschema(path: Any) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_wrong_workflow_does_not_fit(tmp_path: Any) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs: {test: {steps: [{runs: make}]}}\n", encoding="utf-8")

    with pytest.raises(AssertionError, match=r"runs-on|is not valid"):
        test_a_workflow_fits_the_schema_that_comes_with_check_jsonschema(wrong)


def test_every_push_is_tested_before_it_is_deployed() -> None:
    test, deploy = _read("test.yml"), _read("deploy.yml")

    assert test[True]["push"] == {"branches-ignore": ["main"]}
    assert deploy[True] == {"push": {"branches": ["main"], "tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    assert deploy["jobs"]["test"]["uses"] == "./.github/workflows/test.yml"
    assert deploy["jobs"]["deploy"]["needs"] == "test"


def test_a_deployment_has_a_token_and_no_key() -> None:
    deploy = _read("deploy.yml")
    text = (ROOT / ".github" / "workflows" / "deploy.yml").read_text(encoding="utf-8")

    assert deploy["permissions"] == {"contents": "read", "id-token": "write"}
    assert "secrets." not in text
    assert "aws-access-key-id" not in text
