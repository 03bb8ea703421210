"""The roles in the template: nothing in them is wider than it has to be."""

import inspect
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.contract import Surface, Use
from chalicelib.endpoints import MODULES, load_all
from chalicelib.table import keys
from ops.deploy.package import names
from ops.deploy.package.key_families import FAMILIES
from ops.deploy.package.roles import Access, access_of
from ops.deploy.package.stages import ROOT
from tests.ops.templates import GATEWAY_ROLES, STAGES, Templates
from tests.support.declared import Declared
from tests.support.endpoints import ENDPOINTS


def _statements(resources: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in resources.items():
        if resource["Type"] == "AWS::IAM::Role":
            for policy in resource["Properties"]["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    yield name, statement


ACTIONS = {
    Use.GET: "dynamodb:BatchGetItem",
    Use.QUERY: "dynamodb:Query",
    Use.PUT: "dynamodb:PutItem",
    Use.UPDATE: "dynamodb:UpdateItem",
    Use.DELETE: "dynamodb:DeleteItem",
    Use.CHECK: "dynamodb:ConditionCheckItem",
}


@pytest.mark.parametrize("name", STAGES)
def test_no_role_has_a_wildcard_but_for_what_aws_has_no_name_for(templates: Templates, name: str) -> None:
    for _, statement in _statements(templates.of(name)["Resources"]):
        assert not [action for action in statement["Action"] if "*" in action]
        wild = [resource for resource in statement["Resource"] if "*" in json.dumps(resource)]
        assert not wild or statement["Sid"] == "XRayHasNoResources"


def test_a_role_has_the_actions_of_its_kind(production: Any) -> None:
    given: dict[str, set[str]] = {}
    for name, statement in _statements(production):
        if statement["Sid"] in ("Reads", "Writes"):
            given.setdefault(name, set()).update(statement["Action"])

    expected = {
        access_of(endpoint).role: {ACTIONS[access] for access in access_of(endpoint).table}
        for endpoint in load_all()
        if access_of(endpoint).table
    }
    assert given == expected


def test_the_one_function_of_chalice_deploy_may_do_what_any_endpoint_does() -> None:
    policy = json.loads((ROOT / ".chalice/policy-dev.json").read_text(encoding="utf-8"))
    allowed = set(policy["Statement"][0]["Action"])

    assert allowed == {ACTIONS[use] for endpoint in load_all() for use in access_of(endpoint).table}


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


def test_only_what_signs_or_verifies_tokens_may_read_the_signing_keys(production: Any) -> None:
    may_read = {name for name, found in _statements(production) if found["Sid"] == "SigningKeys"}

    without = {found.name for found in load_all() if access_of(found).role not in may_read}
    assert without == {
        "list-products",
        "register-customer",
        "register-user",
        "show-default-image",
        "show-product",
    }


KINDS = sorted({access_of(endpoint) for endpoint in load_all()}, key=lambda kind: kind.role)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.role)
def test_a_role_reads_and_writes_the_keys_of_its_module_and_no_others(production: Any, kind: Access) -> None:
    families = FAMILIES[kind.module]
    of_table = [
        (found["Sid"], found["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
        for name, found in _statements(production)
        if name == kind.role and json.dumps(found["Action"]).count("dynamodb:")
    ]

    expected = {
        "Reads": list(families.reads),
        "Indexes": list(families.reads),
        "Writes": list(families.writes),
    }
    assert [keys for _, keys in of_table] == [expected[sid] for sid, _ in of_table]
    assert all(keys for _, keys in of_table)


@pytest.mark.parametrize(
    ("endpoint", "key"),
    [
        ("show-product", "USER#1"),
        ("show-product", "CUSTOMER#1#ORDERS"),
        ("list-products", "SESSIONS#staff#1"),
        ("list-bucket", "USER#1"),
        ("list-orders", "CUSTOMER#1"),
        ("list-orders", "EMAIL#staff#a@example.com"),
        ("register-customer", "EMAIL#staff#a@example.com"),
        ("show-role", "ORDER#1"),
    ],
)
def test_no_function_reads_what_is_none_of_its_business(production: Any, endpoint: str, key: str) -> None:
    role = access_of(ENDPOINTS[endpoint]).role
    read = [
        family
        for name, found in _statements(production)
        if name == role and found["Sid"] in ("Reads", "Indexes")
        for family in found["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    ]

    assert read
    assert not [family for family in read if fnmatchcase(key, family)]


def test_every_module_with_endpoints_says_its_keys() -> None:
    assert set(MODULES) == set(FAMILIES)


_USER = {"pk": {"S": "USER#1"}, "sk": {"S": "USER"}}


@pytest.mark.parametrize(
    ("operation", "sent"),
    [
        ("BatchGetItem", {"RequestItems": {"table": {"Keys": [_USER]}}}),
        (
            "Query",
            {"KeyConditionExpression": "#0 = :0", "ExpressionAttributeValues": {":0": {"S": "USER#1#ORGS"}}},
        ),
        ("PutItem", {"Item": _USER}),
        ("TransactWriteItems", {"TransactItems": [{"Delete": {"Key": _USER}}]}),
    ],
)
def test_every_test_of_an_endpoint_is_held_to_the_keys_of_its_role(operation: str, sent: Any) -> None:
    declared, call = Declared(), {"body": json.dumps(sent).encode()}

    with (
        pytest.raises(AssertionError, match=r"does not declare .* USER#1"),
        declared.serving("DELETE", "/api/bucket/x"),
    ):
        declared.on_call(SimpleNamespace(name=operation), call)


def test_each_family_is_one_that_keys_belong_to() -> None:
    made = set(re.findall(r'"([A-Z]{2,})"', inspect.getsource(keys)))
    named = {key.partition("#")[0] for families in FAMILIES.values() for one in families for key in one}

    assert named <= made
