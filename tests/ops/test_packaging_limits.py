"""What CloudFormation and IAM accept at most, today and with the endpoints that are to come."""

import json
import re
from typing import Any

import cfnlint.api
import pytest

from chalicelib.endpoints import load_all
from ops.deploy.package.data import data_template
from ops.deploy.package.package import text_of
from tests.ops.templates import ENDPOINTS_TO_COME, STAGES, Templates, expanded

RESOURCES_PER_ENDPOINT = 3
RESOURCE_LIMIT, TEMPLATE_LIMIT = 500, 1_000_000
POLICY_LIMIT = 10_240  # characters of all policies in a role
NAMES = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "ap-northeast-1",  # as long as they come
    "AWS::StackName": "orders-and-shop-production",
    "SigningKeysSecret": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:"
    "orders-and-shop-production/signing-keys-a1b2c3",
    "TableName": "orders-and-shop-production",
}


@pytest.mark.parametrize("name", STAGES)
def test_a_stack_stays_within_the_limits_of_cloudformation(
    templates: Templates, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    template = expanded(templates.of(name))

    with capsys.disabled():
        print(f"\n{name}: {len(template['Resources'])} resources of 500")  # noqa: T201 - to be seen in every run
    assert len(template["Resources"]) <= RESOURCE_LIMIT
    assert len(text_of(template).encode()) <= TEMPLATE_LIMIT
    assert len(template["Outputs"]) <= 200


def test_an_endpoint_takes_three_resources_at_most_so_that_130_fit(templates: Templates) -> None:
    largest = max(STAGES, key=lambda name: len(templates.of(name)["Resources"]))
    today, later = (
        len(expanded(templates.of(largest, endpoints))["Resources"])
        for endpoints in (len(load_all()), ENDPOINTS_TO_COME)
    )

    per_endpoint = (later - today) / (ENDPOINTS_TO_COME - len(load_all()))
    fixed = today - per_endpoint * len(load_all())
    assert per_endpoint <= RESOURCES_PER_ENDPOINT
    assert fixed + ENDPOINTS_TO_COME * per_endpoint == later < RESOURCE_LIMIT


@pytest.mark.parametrize("name", STAGES)
def test_130_endpoints_stay_within_the_other_limits(templates: Templates, name: str) -> None:
    template = expanded(templates.of(name, ENDPOINTS_TO_COME))

    assert len(text_of(template).encode()) <= TEMPLATE_LIMIT
    sizes = {
        logical: sum(
            len(json.dumps(_resolved(policy["PolicyDocument"], template["Resources"]), separators=(",", ":")))
            for policy in role["Properties"]["Policies"]
        )
        for logical, role in template["Resources"].items()
        if role["Type"] == "AWS::IAM::Role"
    }
    assert max(sizes.values()) <= POLICY_LIMIT, sizes


def _resolved(value: Any, resources: Any) -> Any:
    """Return part of a template with the names in it that AWS would put there."""
    match value:
        case list():
            return [_resolved(part, resources) for part in value]
        case {"Ref": name}:
            return NAMES[name]
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{([\w:]+)\}", lambda found: NAMES[found[1]], text)
        case {"Fn::GetAtt": [name, "Arn"]}:
            return _arn(resources[name]["Properties"], resources)
        case dict():
            return {key: _resolved(part, resources) for key, part in value.items()}
    return value


def _arn(properties: Any, resources: Any) -> str:
    """Return the ARN of a function or a log group."""
    if "FunctionName" in properties:
        kind, name = "lambda", f"function:{_resolved(properties['FunctionName'], resources)}"
    else:
        kind, name = "logs", f"log-group:{_resolved(properties['LogGroupName'], resources)}:*"
    return f"arn:aws:{kind}:{NAMES['AWS::Region']}:{NAMES['AWS::AccountId']}:{name}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dev", "production with everything"])  # between them, all that there can be
def test_cfn_lint_finds_nothing_in_the_expanded_template(templates: Templates, name: str) -> None:
    found = [
        match
        for template in (expanded(templates.of(name)), data_template(STAGES[name]))
        for match in cfnlint.api.lint(text_of(template), regions=["eu-central-1"])
    ]

    assert [str(match) for match in found] == []
