"""The stacks as CloudFormation sees them: their content, a second deployment, and what outlives them."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from ops import CommandError
from ops.deploy.cloud import Cloud
from ops.deploy.package import data
from ops.deploy.package.package import Package
from ops.deploy.stack.cloudformation import Stacks
from ops.deploy.stack.deploy import delete_stacks, deploy_package
from tests.deployed.stack import DeployedWorld, Deployment


def _table(cloud: Cloud, name: str) -> Any:
    return cloud.client("dynamodb").describe_table(TableName=name)["Table"]


def test_the_table_is_safe(deployment: Deployment) -> None:
    # Encryption, recovery and expiry are in the template too; the emulator makes nothing of them.
    name = deployment.runtime.settings.table_name

    table = _table(deployment.cloud, name)

    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"] is True
    assert "StreamSpecification" not in table


def test_an_unchanged_package_changes_nothing(deployment: Deployment) -> None:
    said: list[str] = []

    address = deploy_package(deployment.package, Stacks(deployment.cloud, said.append, pause=0.1), yes=False)

    name = deployment.package.stage.stack_name
    assert said == [f"{name}-data: nothing to change", f"{name}: nothing to change"]
    assert address is not None


def test_no_function_knows_a_key(deployment: Deployment) -> None:
    keys = [key.secret for key in deployment.runtime.settings.signing_keys]
    client = deployment.cloud.client("cloudformation")

    texts = [
        json.dumps(client.get_template(StackName=name)["TemplateBody"])
        for name in (deployment.package.stage.stack_name, deployment.package.stage.data_stack_name)
    ]
    functions = deployment.cloud.client("lambda").get_paginator("list_functions").paginate()
    configured = json.dumps([page["Functions"] for page in functions], default=str)

    assert [len(key) for key in keys] == [64]
    assert not [key for key in keys for text in (*texts, configured) if key in text]


def test_no_log_has_a_key_or_a_token(deployed_world: DeployedWorld) -> None:
    deployed_world.start_over()
    token = deployed_world.token(5)
    secrets = [token, *(key.secret for key in deployed_world.runtime.settings.signing_keys)]
    deployed_world.call("GET", "/orders/order-l/1/", token=token)
    logs = deployed_world.deployment.cloud.client("logs")

    groups = [group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]]
    lines = [
        event["message"] for group in groups for event in logs.filter_log_events(logGroupName=group)["events"]
    ]

    assert lines
    assert not [secret for secret in secrets for line in lines if secret in line]


@pytest.fixture
def another(deployment: Deployment) -> Package:
    """A small stage of the same package: the API without its functions, the data as production has it."""
    stage = replace(deployment.package.stage, name="other")
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Parameters": deployment.package.api["Parameters"],
        "Outputs": {"Address": {"Value": "nowhere"}},
    }
    return Package(stage, b"archive", template, data.data_template(stage))


def test_the_data_of_production_outlives_its_stacks(deployment: Deployment, another: Package) -> None:
    stacks = Stacks(deployment.cloud, pause=0.1)
    deploy_package(another, stacks, yes=True)

    delete_stacks(another.stage, stacks)

    assert stacks.describe(another.stage.stack_name) is None
    assert stacks.describe(another.stage.data_stack_name) is not None
    assert _table(deployment.cloud, another.stage.stack_name)["TableStatus"] == "ACTIVE"
    # Even somebody who deletes the data stack by hand keeps the table and the keys.
    stacks.delete(another.stage.data_stack_name)
    assert _table(deployment.cloud, another.stage.stack_name)["TableStatus"] == "ACTIVE"
    secret = f"{another.stage.stack_name}/signing-keys"
    assert deployment.cloud.client("secretsmanager").describe_secret(SecretId=secret)["Name"] == secret


def test_the_data_of_another_stage_goes_with_it(deployment: Deployment, another: Package) -> None:
    stage = replace(another.stage, name="passing", production=False)
    stacks = Stacks(deployment.cloud, pause=0.1)
    deploy_package(another._replace(stage=stage, data=data.data_template(stage)), stacks, yes=True)

    delete_stacks(stage, stacks)

    assert stacks.describe(stage.data_stack_name) is None
    assert stage.stack_name not in deployment.cloud.client("dynamodb").list_tables()["TableNames"]


def test_a_failure_is_told_with_its_reason(deployment: Deployment, another: Package) -> None:
    said: list[str] = []
    broken = {"Resources": {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"MetricName": "M"}}}}
    stacks = Stacks(deployment.cloud, said.append, pause=0.1)
    change_set = stacks.prepare("broken", {"TemplateBody": json.dumps(broken)}, {}, {})
    assert change_set is not None

    with pytest.raises(CommandError, match="broken ended as ROLLBACK_COMPLETE"):
        stacks.execute(change_set)

    assert any(line.startswith("failed: Alarm: ") and "required" in line for line in said), said
    with pytest.raises(CommandError, match="the first deployment of broken failed"):
        stacks.prepare("broken", {"TemplateBody": json.dumps(broken)}, {}, {})


def test_nothing_is_changed_without_consent(
    deployment: Deployment, another: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal("n\n"))
    unwanted = _named(another, "unwanted")

    address = deploy_package(unwanted, Stacks(deployment.cloud, pause=0.1), yes=False)

    assert address is None
    tables = deployment.cloud.client("dynamodb").list_tables()["TableNames"]
    assert unwanted.stage.stack_name not in tables


def test_a_change_set_that_nobody_answers_for_is_dropped(
    deployment: Deployment, another: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal(""))
    unanswered, stacks = _named(another, "unanswered"), Stacks(deployment.cloud, pause=0.1)

    with pytest.raises(EOFError):
        deploy_package(unanswered, stacks, yes=False)

    assert stacks.describe(unanswered.stage.data_stack_name) is None


def _named(package: Package, name: str) -> Package:
    """Return the package as if it were of another stage, whose data may go."""
    stage = replace(package.stage, name=name, production=False)
    return package._replace(stage=stage, data=data.data_template(stage))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True
