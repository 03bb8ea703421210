"""The workflows are what their service takes, and say what they have to."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ops.deploy.package.stages import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def _read(name: str) -> Any:
    # The key `on` is a truth value to YAML 1.1.
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def _steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


def _installed(job: Any) -> list[str]:
    return re.findall(r"pip install --require-hashes -r (\S+)$", "\n".join(_commands(job)), re.MULTILINE)


def _commands(job: Any) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def _fits(schema: str, path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_there_are_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["audit.yml", "deploy.yml", "fuzz.yml", "test.yml"]


@every_workflow
def test_a_workflow_fits_the_schema_that_comes_with_check_jsonschema(path: Path) -> None:
    _fits("github-workflows", path)


def test_a_wrong_workflow_does_not_fit(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs: {test: {steps: [{runs: make}]}}\n", encoding="utf-8")

    with pytest.raises(AssertionError, match=r"runs-on|is not valid"):
        _fits("github-workflows", wrong)


def test_every_push_is_tested_before_it_is_deployed() -> None:
    test, deploy = _read("test.yml"), _read("deploy.yml")

    assert test[True]["push"] == {"branches-ignore": ["main"]}
    assert deploy[True] == {"push": {"branches": ["main"], "tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    assert deploy["jobs"]["test"]["uses"] == "./.github/workflows/test.yml"
    assert deploy["jobs"]["package"]["needs"] == "test"
    assert deploy["jobs"]["deploy"]["needs"] == "package"


@every_workflow
def test_an_action_is_named_by_its_commit_and_its_version_stands_beside(path: Path) -> None:
    used = re.findall(r"uses: (?!\./)(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    for action in used:
        assert re.match(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action), action


@every_workflow
def test_no_token_of_the_repository_stays_where_installed_packages_run(path: Path) -> None:
    workflow = _read(path.name)
    checkouts = [step for step in _steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]

    assert workflow["permissions"] == {"contents": "read"}
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert "secrets." not in path.read_text(encoding="utf-8")
    assert "aws-access-key-id" not in path.read_text(encoding="utf-8")


def test_only_the_deploying_job_may_ask_for_a_token_of_the_account() -> None:
    permissions = {
        (path.name, name): job["permissions"]
        for path in WORKFLOWS
        for name, job in _read(path.name)["jobs"].items()
        if "permissions" in job
    }

    assert permissions == {("deploy.yml", "deploy"): {"contents": "read", "id-token": "write"}}


def test_the_deploying_job_installs_the_client_of_aws_and_deploys_what_another_job_packaged() -> None:
    jobs = _read("deploy.yml")["jobs"]

    assert _installed(jobs["package"]) == ["requirements-package.txt"]
    assert _installed(jobs["deploy"]) == ["requirements-deploy.txt"]
    assert _commands(jobs["package"])[-1] == 'python manage.py package --stage "$STAGE" package'
    assert _commands(jobs["deploy"])[-1] == 'python manage.py deploy --stage "$STAGE" --package package --yes'
    assert len(_commands(jobs["deploy"])) == 2


def test_only_a_commit_of_main_is_packaged() -> None:
    package = _read("deploy.yml")["jobs"]["package"]

    assert _commands(package)[0] == 'git merge-base --is-ancestor "$GITHUB_SHA" origin/main'
    assert package["steps"][0]["with"]["fetch-depth"] == 0


def test_what_is_locked_is_looked_up_among_known_vulnerabilities_every_week() -> None:
    audit = _read("audit.yml")
    recipe = subprocess.run(
        ["make", "--dry-run", "--always-make", "audit"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert [found["cron"].split()[2:4] for found in audit[True]["schedule"]] == [["*", "*"]]
    assert audit[True]["schedule"][0]["cron"].split()[4] == "1"
    assert _commands(audit["jobs"]["audit"]) == ["make audit PYTHON=python"]
    for lock in ("requirements-dev.txt", "requirements-emulator.txt"):
        assert f"-m pip_audit --require-hashes --disable-pip -r {lock}" in recipe


def test_actions_and_packages_are_kept_up_to_date() -> None:
    path = ROOT / ".github" / "dependabot.yml"
    _fits("dependabot", path)
    updates = yaml.safe_load(path.read_text(encoding="utf-8"))["updates"]

    assert [(found["package-ecosystem"], found["directory"]) for found in updates] == [
        ("github-actions", "/"),
        ("uv", "/"),
    ]
