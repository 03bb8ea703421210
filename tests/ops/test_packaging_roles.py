"""The roles in the template: nothing in them is wider than it has to be."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.contract import Surface, Use
from chalicelib.endpoints import load_all
from ops.deploy.package import names
from ops.deploy.package.roles import access_of
from tests.ops.templates import GATEWAY_ROLES, STAGES, Templates


def _statements(resources: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in resources.items():
        if resource["Type"] == "AWS::IAM::Role":
            for policy in resource["Properties"]["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    yield name, statement


@pytest.mark.parametrize("name", STAGES)
def test_no_role_has_a_wildcard_but_for_what_aws_has_no_name_for(templates: Templates, name: str) -> None:
    for _, statement in _statements(templates.of(name)["Resources"]):
        assert not [action for action in statement["Action"] if "*" in action]
        wild = [resource for resource in statement["Resource"] if "*" in json.dumps(resource)]
        assert not wild or statement["Sid"] == "XRayHasNoResources"


def test_a_role_has_the_actions_of_its_kind(production: Any) -> None:
    actions = {
        Use.GET: "dynamodb:BatchGetItem",
        Use.QUERY: "dynamodb:Query",
        Use.PUT: "dynamodb:PutItem",
        Use.UPDATE: "dynamodb:UpdateItem",
        Use.DELETE: "dynamodb:DeleteItem",
        Use.CHECK: "dynamodb:ConditionCheckItem",
    }
    given = {
        name: {action for action in statement["Action"]}
        for name, statement in _statements(production)
        if statement["Sid"] == "Table"
    }

    expected = {
        access_of(endpoint).role: {actions[access] for access in access_of(endpoint).table}
        for endpoint in load_all()
        if access_of(endpoint).table
    }
    assert given == expected


def test_mail_may_leave_from_the_configured_address_only(templates: Templates) -> None:
    resources = templates.of("production with everything")["Resources"]
    mail = {name: statement for name, statement in _statements(resources) if statement["Sid"] == "Mail"}

    assert set(mail) == {
        access_of(endpoint).role for endpoint in load_all() if Use.SEND_MAIL in endpoint.uses
    }
    for statement in mail.values():
        assert statement["Action"] == ["ses:SendEmail"]
        assert statement["Resource"][0]["Fn::Sub"].endswith(":identity/example.com")
        assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "orders@example.com"}}


@pytest.mark.parametrize("surface", Surface)
def test_api_gateway_may_call_the_functions_of_a_surface_and_nothing_else(
    production: Any, surface: Surface
) -> None:
    statements = [found for role, found in _statements(production) if role == GATEWAY_ROLES[surface]]

    [(actions, resources)] = [(found["Action"], found["Resource"]) for found in statements]
    assert actions == ["lambda:InvokeFunction"]
    assert resources == [
        {"Fn::GetAtt": [names.function(endpoint), "Arn"]}
        for endpoint in load_all()
        if endpoint.surface is surface
    ]


def test_a_role_trusts_the_one_service_that_works_in_it(production: Any) -> None:
    trusted = {
        name: found["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        for name, found in production.items()
        if found["Type"] == "AWS::IAM::Role"
    }

    services = dict.fromkeys(trusted, "lambda.amazonaws.com") | dict.fromkeys(
        GATEWAY_ROLES.values(), "apigateway.amazonaws.com"
    )
    assert trusted == {
        name: [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]
        for name, service in services.items()
    }
