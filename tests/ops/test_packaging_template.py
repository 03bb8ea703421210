"""The template of each stage: a function per row, and nothing in it that is wider than it has to be."""

import json
import re
import uuid
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import cfnlint.api
import pytest
from samtranslator.translator.transform import transform

from chalicelib import routes
from chalicelib.contract import Route, Surface, Table
from ops import CommandError
from ops.packaging import names, stages
from ops.packaging.api import GATEWAY_RESPONSES
from ops.packaging.build import Build, Template, chalice_package
from ops.packaging.data import data_template
from ops.packaging.package import split, text_of
from ops.packaging.roles import access_of
from ops.packaging.stages import ROOT, Stage

ENDPOINTS = 130  # that a later release may have
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
FULL = {
    "alarm_email": "operator@example.com",
    "mail_sender": "orders@example.com",
    "domain_name": "api.example.com",
    "certificate_arn": f"arn:aws:acm:eu-central-1:123456789012:certificate/{uuid.UUID(int=0)}",
    "allowed_origin": "https://shop.example",
}
STAGES = {
    "dev": stages.load("dev"),
    "production": stages.load("production"),
    "production with everything": replace(stages.load("production"), **FULL),
}
GATEWAY_ROLES = {
    Surface.STAFF: "GatewayStaffRole",
    Surface.CUSTOMER: "GatewayCustomerRole",
    Surface.ADMINISTRATION: "GatewayAdministrationRole",
}
every_row = pytest.mark.parametrize("route", routes.ALL, ids=lambda route: route.name)


class Templates:
    """The templates of stages, each made once; without dependencies, which are in none of them."""

    def __init__(self, checkout: Path) -> None:
        self._checkout = checkout
        self._builds: dict[str, Build] = {}
        self._made: dict[tuple[str, int], Template] = {}

    def of(self, name: str, endpoints: int = len(routes.ALL)) -> Template:
        """Return the template of a stage; with more endpoints than there are, some of them several times."""
        key = (name, endpoints)
        if key not in self._made:
            stage = STAGES[name]
            build, copies = self._build(stage.name), list(_copies(endpoints - len(routes.ALL)))
            paths = build.template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
            for original, copy in copies:
                method = original.method.lower()
                paths[copy.path] = {method: deepcopy(paths[original.path][method])}
            self._made[key] = split(build, stage, (*routes.ALL, *(copy for _, copy in copies)))
        return self._made[key]

    def _build(self, stage: str) -> Build:
        """Return what Chalice makes, for the caller to change."""
        if stage not in self._builds:
            self._builds[stage] = chalice_package(stage, self._checkout)
        return deepcopy(self._builds[stage])


def _copies(count: int) -> Iterator[tuple[Route, Route]]:
    """Give that many routes, spread over all there are, each with a copy under another name and path."""
    for number in range(count):
        route = routes.ALL[number * len(routes.ALL) // count % len(routes.ALL)]
        yield route, replace(route, handler=f"{route.handler}_{number}", path=f"{route.path}/{number}")


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Templates made of a checkout that requires no package, so that none is fetched."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("app.py", "chalicelib", ".chalice"):
        (checkout / name).symlink_to(ROOT / name)
    (checkout / "requirements.txt").touch()
    return Templates(checkout)


@pytest.fixture(scope="module")
def production(templates: Templates) -> Any:
    """The resources of production."""
    return templates.of("production")["Resources"]


def expanded(template: Template, monkeypatch: pytest.MonkeyPatch) -> Template:
    """Return the template as CloudFormation sees it, after SAM's transformation."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    placed = json.loads(text_of(template).replace('"archive.zip"', '"s3://archives/archive.zip"'))
    transformed: Template = transform(placed, {}, _NoManagedPolicies())
    return transformed


class _NoManagedPolicies:
    def load(self) -> dict[str, str]:
        return {}


@pytest.mark.parametrize("name", STAGES)
def test_a_stack_stays_within_cloudformation_s_limits(
    templates: Templates, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    template = expanded(templates.of(name), monkeypatch)

    with capsys.disabled():
        print(f"\n{name}: {len(template['Resources'])} resources of 500")  # noqa: T201 - to be seen in every run
    assert len(template["Resources"]) <= RESOURCE_LIMIT
    assert len(text_of(template).encode()) <= TEMPLATE_LIMIT
    assert len(template["Outputs"]) <= 200


def test_an_endpoint_takes_three_resources_at_most_so_that_130_fit(
    templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> None:
    largest = max(STAGES, key=lambda name: len(templates.of(name)["Resources"]))
    today, later = (
        len(expanded(templates.of(largest, endpoints), monkeypatch)["Resources"])
        for endpoints in (len(routes.ALL), ENDPOINTS)
    )

    per_endpoint = (later - today) / (ENDPOINTS - len(routes.ALL))
    fixed = today - per_endpoint * len(routes.ALL)
    assert per_endpoint <= RESOURCES_PER_ENDPOINT
    assert fixed + ENDPOINTS * per_endpoint == later < RESOURCE_LIMIT


@pytest.mark.parametrize("name", STAGES)
def test_130_endpoints_stay_within_the_other_limits(
    templates: Templates, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = expanded(templates.of(name, ENDPOINTS), monkeypatch)

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


@pytest.mark.parametrize("name", ["dev", "production with everything"])  # between them, all that there can be
def test_cfn_lint_finds_nothing_in_the_expanded_template(
    templates: Templates, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        match
        for template in (expanded(templates.of(name), monkeypatch), data_template(STAGES[name]))
        for match in cfnlint.api.lint(text_of(template), regions=["eu-central-1"])
    ]

    assert [str(match) for match in found] == []


@every_row
def test_a_row_has_its_own_function(production: Any, route: Route) -> None:
    function = production[names.function(route)]["Properties"]

    assert (function["MemorySize"], function["Timeout"]) == (route.memory, route.timeout)
    assert function["Role"] == {"Fn::GetAtt": [access_of(route).role, "Arn"]}
    assert function["Environment"]["Variables"] == {"ENDPOINT": route.handler}
    assert function["LoggingConfig"] == {"LogGroup": {"Ref": names.log(route)}}
    assert production[names.log(route)]["Properties"]["RetentionInDays"] == 90
    assert len(f"orders-and-shop-production-{route.name}") <= 64


def test_every_function_is_traced_and_runs_on_arm64(
    templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = expanded(templates.of("production"), monkeypatch)["Resources"].values()
    functions = [found["Properties"] for found in resources if found["Type"] == "AWS::Lambda::Function"]

    assert len(functions) == len(routes.ALL)
    assert {
        (*made["Architectures"], made["TracingConfig"]["Mode"], made["Runtime"]) for made in functions
    } == {("arm64", "Active", "python3.13")}


@every_row
def test_only_a_row_s_path_and_method_lead_to_its_function(production: Any, route: Route) -> None:
    integrated = {
        (path, method): operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        for path, operations in production["RestAPI"]["Properties"]["Body"]["paths"].items()
        for method, operation in operations.items()
    }

    target = f"functions/${{{names.function(route)}.Arn}}/invocations"
    assert [place for place, uri in integrated.items() if uri.endswith(target)] == [
        (route.path, route.method.lower())
    ]


@every_row
def test_api_gateway_calls_a_function_in_the_role_for_its_surface(production: Any, route: Route) -> None:
    operation = production["RestAPI"]["Properties"]["Body"]["paths"][route.path][route.method.lower()]

    credentials = operation["x-amazon-apigateway-integration"]["credentials"]
    assert credentials == {"Fn::GetAtt": [GATEWAY_ROLES[route.surface], "Arn"]}


@pytest.mark.parametrize("surface", Surface)
def test_api_gateway_may_call_a_surface_s_functions_and_nothing_else(
    production: Any, surface: Surface
) -> None:
    statements = [found for role, found in _statements(production) if role == GATEWAY_ROLES[surface]]

    [(actions, resources)] = [(found["Action"], found["Resource"]) for found in statements]
    assert actions == ["lambda:InvokeFunction"]
    assert resources == [
        {"Fn::GetAtt": [names.function(row), "Arn"]} for row in routes.ALL if row.surface is surface
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


def test_no_function_lets_itself_be_called_by_others(
    templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = expanded(templates.of("production"), monkeypatch)["Resources"]

    assert not [name for name, found in resources.items() if found["Type"] == "AWS::Lambda::Permission"]


def test_every_path_and_method_of_the_api_is_a_row_s(production: Any) -> None:
    paths = production["RestAPI"]["Properties"]["Body"]["paths"]

    assert {(path, method) for path in paths for method in paths[path]} == {
        (row.path, row.method.lower()) for row in routes.ALL
    }


def test_there_is_no_function_besides(production: Any) -> None:
    functions = [name for name, found in production.items() if found["Type"] == "AWS::Serverless::Function"]

    assert sorted(functions) == sorted(names.function(row) for row in routes.ALL)


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
        Table.GET: "dynamodb:BatchGetItem",
        Table.QUERY: "dynamodb:Query",
        Table.PUT: "dynamodb:PutItem",
        Table.UPDATE: "dynamodb:UpdateItem",
        Table.DELETE: "dynamodb:DeleteItem",
    }
    given = {
        name: {action for action in statement["Action"]}
        for name, statement in _statements(production)
        if statement["Sid"] == "Table"
    }

    expected = {
        access_of(row).role: {actions[access] for access in row.table} for row in routes.ALL if row.table
    }
    assert given == expected


def test_mail_may_leave_from_the_configured_address_only(templates: Templates) -> None:
    resources = templates.of("production with everything")["Resources"]
    mail = {name: statement for name, statement in _statements(resources) if statement["Sid"] == "Mail"}

    assert set(mail) == {access_of(row).role for row in routes.ALL if row.sends_mail}
    for statement in mail.values():
        assert statement["Action"] == ["ses:SendEmail"]
        assert statement["Resource"][0]["Fn::Sub"].endswith(":identity/example.com")
        assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "orders@example.com"}}


@pytest.mark.parametrize(
    ("kind", "status", "text"),
    [
        ("MISSING_AUTHENTICATION_TOKEN", 404, {"detail": "Not found.", "message": "not found"}),
        ("RESOURCE_NOT_FOUND", 404, {"detail": "Not found.", "message": "not found"}),
        (
            "REQUEST_TOO_LARGE",
            413,
            {"detail": "Request entity too large.", "message": "request entity too large"},
        ),
        ("THROTTLED", 429, {"detail": "Too many requests.", "message": "too many requests"}),
        ("DEFAULT_5XX", None, {"detail": "Internal server error.", "message": "internal server error"}),
    ],
)
def test_the_gateway_s_own_answers_suit_both_surfaces(
    production: Any, kind: str, status: int | None, text: dict[str, str]
) -> None:
    answer = production["RestAPI"]["Properties"]["Body"][GATEWAY_RESPONSES][kind]

    assert (answer.get("statusCode"), json.loads(answer["responseTemplates"]["application/json"])) == (
        status,
        text,
    )


def test_the_api_is_throttled_logged_traced_and_regional(production: Any) -> None:
    stage, api = production["Stage"]["Properties"], production["RestAPI"]["Properties"]
    settings = stage["MethodSettings"][0]

    assert (settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]) == (1000, 2000)
    assert settings["DataTraceEnabled"] is False
    assert json.loads(stage["AccessLogSetting"]["Format"])["status"] == "$context.status"
    assert stage["TracingEnabled"] is True
    assert api["EndpointConfiguration"] == {"Types": ["REGIONAL"]}
    assert api["BinaryMediaTypes"] == ["*/*"]


def test_browsers_ask_the_gateway_and_no_function(templates: Templates) -> None:
    everywhere = templates.of("production with everything")["Resources"]["RestAPI"]["Properties"]["Body"][
        "paths"
    ]
    nowhere = templates.of("production")["Resources"]["RestAPI"]["Properties"]["Body"]["paths"]

    origins = {
        path["options"]["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"][
            "method.response.header.Access-Control-Allow-Origin"
        ]
        for path in everywhere.values()
    }
    assert origins == {"'https://shop.example'"}
    assert not [path for path in nowhere.values() if "options" in path]


def test_a_change_of_the_api_makes_a_new_deployment(templates: Templates) -> None:
    deployments = {
        logical
        for name in STAGES
        for logical, found in templates.of(name)["Resources"].items()
        if found["Type"] == "AWS::ApiGateway::Deployment"
    }

    assert len(deployments) == len(STAGES)


def test_every_alarm_reaches_the_one_topic(production: Any) -> None:
    alarms = {name: found["Properties"] for name, found in production.items() if "Alarm" in found["Type"]}

    assert {json.dumps(alarm["AlarmActions"]) for alarm in alarms.values()} == {'[{"Ref": "AlarmTopic"}]'}
    assert {f"{names.logical(row)}Errors" for row in routes.ALL} <= set(alarms)
    assert {alarm["MetricName"] for alarm in alarms.values()} == {
        "5XXError",
        "Errors",
        "Latency",
        "ReadThrottleEvents",
        "SystemErrors",
        "Throttles",
        "WriteThrottleEvents",
    }


def test_latency_is_judged_by_its_99th_percentile(production: Any) -> None:
    alarms = [
        found["Properties"] for found in production.values() if found["Type"] == "AWS::CloudWatch::Alarm"
    ]
    slow = [alarm for alarm in alarms if alarm["MetricName"] == "Latency"]

    assert [(alarm["ExtendedStatistic"], alarm["Threshold"]) for alarm in slow] == [("p99", 1500)]


def test_whoever_is_named_gets_the_alarms_by_mail(templates: Templates) -> None:
    mails = [
        found["Properties"]
        for found in templates.of("production with everything")["Resources"].values()
        if found["Type"] == "AWS::SNS::Subscription"
    ]

    to_operator = {"Protocol": "email", "Endpoint": "operator@example.com"}
    assert mails == [{"TopicArn": {"Ref": "AlarmTopic"}, **to_operator}]


def test_the_dashboard_shows_the_api_the_functions_and_the_table(production: Any) -> None:
    [dashboard] = [
        found["Properties"] for found in production.values() if found["Type"] == "AWS::CloudWatch::Dashboard"
    ]
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    shown = json.dumps([widget["properties"]["metrics"] for widget in widgets])

    assert dashboard["DashboardName"] == {"Ref": "AWS::StackName"}
    assert len({(widget["x"], widget["y"]) for widget in widgets}) == len(widgets)
    for metric in ("5XXError", "Latency", "Errors", "Duration", "Throttles", "ReadThrottleEvents"):
        assert metric in shown
    for service in ("AWS/ApiGateway", "AWS/Lambda", "AWS/DynamoDB"):
        assert service in shown


def test_production_s_data_is_kept_and_another_s_goes() -> None:
    kept, passing = (data_template(STAGES[name])["Resources"] for name in ("production", "dev"))

    for name in ("Table", "SigningKeys", "Archives"):
        assert kept[name]["DeletionPolicy"] == kept[name]["UpdateReplacePolicy"] == "Retain"
        assert passing[name]["DeletionPolicy"] == "Delete"
    assert kept["Table"]["Properties"]["DeletionProtectionEnabled"] is True
    assert kept["Table"]["Properties"]["SSESpecification"] == {"SSEEnabled": True}
    backups = kept["Table"]["Properties"]["PointInTimeRecoverySpecification"]
    assert backups == {"PointInTimeRecoveryEnabled": True}
    expiry = kept["Table"]["Properties"]["TimeToLiveSpecification"]
    assert expiry == {"AttributeName": "expires_at", "Enabled": True}
    assert kept["Table"]["Properties"]["BillingMode"] == "PAY_PER_REQUEST"
    assert kept["Table"]["Properties"]["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert "SecretString" not in kept["SigningKeys"]["Properties"]


def test_a_custom_domain_replaces_the_gateway_s_own_address(templates: Templates) -> None:
    template = templates.of("production with everything")

    assert template["Outputs"]["Address"]["Value"] == "https://api.example.com"
    assert template["Resources"]["RestAPI"]["Properties"]["DisableExecuteApiEndpoint"] is True


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


def test_a_stage_s_settings_reach_its_functions(
    templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"ACCOUNT_TRIES": "9", "LOG_LEVEL": "WARNING"}
    monkeypatch.setitem(STAGES, "tuned", replace(STAGES["dev"], settings=settings))

    tuned = templates.of("tuned")["Globals"]["Function"]["Environment"]["Variables"]

    assert settings.items() <= tuned.items()
    assert tuned["TABLE_NAME"] == {"Ref": "TableName"}


def test_an_unknown_stage_is_named() -> None:
    with pytest.raises(CommandError, match=r"no stage 'moon' in config\.json, only dev, production"):
        stages.load("moon")


def test_stages_differ_in_data_only() -> None:
    assert [type(stage) for stage in STAGES.values()] == [Stage] * len(STAGES)
