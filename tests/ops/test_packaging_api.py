"""The API in the template: where each path and method leads, and what API Gateway answers by itself."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import HASHING, Endpoint
from ops.deploy.package import names
from ops.deploy.package.api import GATEWAY_RESPONSES
from tests.ops.templates import GATEWAY_ROLES, STAGES, Templates, every_endpoint


@every_endpoint
def test_only_the_path_and_method_of_an_endpoint_lead_to_its_function(
    production: Any, endpoint: Endpoint
) -> None:
    integrated = {
        (path, method): operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        for path, operations in production["RestAPI"]["Properties"]["Body"]["paths"].items()
        for method, operation in operations.items()
    }

    target = f"functions/${{{names.function(endpoint)}.Arn}}/invocations"
    assert [place for place, uri in integrated.items() if uri.endswith(target)] == [
        (endpoint.path, endpoint.method.lower())
    ]


@every_endpoint
def test_api_gateway_calls_a_function_in_the_role_for_its_surface(
    production: Any, endpoint: Endpoint
) -> None:
    operation = production["RestAPI"]["Properties"]["Body"]["paths"][endpoint.path][endpoint.method.lower()]

    credentials = operation["x-amazon-apigateway-integration"]["credentials"]
    assert credentials == {"Fn::GetAtt": [GATEWAY_ROLES[endpoint.surface], "Arn"]}


def test_every_path_and_method_of_the_api_belongs_to_an_endpoint(production: Any) -> None:
    paths = production["RestAPI"]["Properties"]["Body"]["paths"]

    assert {(path, method) for path in paths for method in paths[path]} == {
        (endpoint.path, endpoint.method.lower()) for endpoint in load_all()
    }


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
def test_what_the_gateway_answers_itself_suits_both_surfaces(
    production: Any, kind: str, status: int | None, text: dict[str, str]
) -> None:
    answer = production["RestAPI"]["Properties"]["Body"][GATEWAY_RESPONSES][kind]

    assert (answer.get("statusCode"), json.loads(answer["responseTemplates"]["application/json"])) == (
        status,
        text,
    )


@pytest.mark.parametrize("name", STAGES)
def test_what_the_gateway_answers_itself_carries_what_every_answer_carries(
    templates: Templates, name: str
) -> None:
    answers = templates.of(name)["Resources"]["RestAPI"]["Properties"]["Body"][GATEWAY_RESPONSES]

    for kind, answer in answers.items():
        headers = answer["responseParameters"]
        assert headers["gatewayresponse.header.X-Request-Id"] == "context.requestId", kind
        assert headers["gatewayresponse.header.X-Content-Type-Options"] == "'nosniff'", kind
        assert headers["gatewayresponse.header.Cache-Control"] == "'no-store'", kind
        assert headers["gatewayresponse.header.Strict-Transport-Security"] == "'max-age=31536000'", kind


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


def _own_limits(template: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the limits of single endpoints: requests a second, and at once."""
    settings = template["Resources"]["Stage"]["Properties"]["MethodSettings"]
    assert (settings[0]["ResourcePath"], settings[0]["HttpMethod"]) == ("/*", "*")
    assert not [setting for setting in settings if setting["DataTraceEnabled"] or setting["MetricsEnabled"]]
    return {
        (setting["HttpMethod"], setting["ResourcePath"][1:].replace("~1", "/")): (
            setting["ThrottlingRateLimit"],
            setting["ThrottlingBurstLimit"],
        )
        for setting in settings[1:]
    }


def test_whatever_hashes_passwords_has_a_limit_of_its_own(templates: Templates) -> None:
    stage = replace(STAGES["production"], hashing_per_second=3, hashing_burst=7)

    limits = _own_limits(templates.make(stage))

    hashing = {(found.method, found.path) for found in load_all() if found.memory == HASHING}
    assert {place for place, limit in limits.items() if limit == (3, 7)} == hashing
    assert {("POST", "/users/auth/token"), ("POST", "/api/register"), ("POST", "/api/login")} <= hashing


def test_a_search_that_everybody_may_make_has_a_limit_of_its_own(templates: Templates) -> None:
    stage = replace(STAGES["production"], search_per_second=2, search_burst=5)

    limits = _own_limits(templates.make(stage))

    assert [place for place, limit in limits.items() if limit == (2, 5)] == [("GET", "/api/products")]


@pytest.mark.parametrize("name", STAGES)
def test_no_address_of_the_api_takes_a_tls_older_than_1_2(templates: Templates, name: str) -> None:
    reached = [
        found["Properties"]
        for found in templates.of(name)["Resources"].values()
        if found["Type"] in ("AWS::ApiGateway::RestApi", "AWS::ApiGateway::DomainName")
    ]

    assert len(reached) == 1 + (STAGES[name].domain_name is not None)
    for properties in reached:
        assert properties["SecurityPolicy"] == "SecurityPolicy_TLS13_1_2_2021_06"
        assert properties["EndpointAccessMode"] == "STRICT"


def test_a_custom_domain_replaces_the_default_address_of_the_gateway(templates: Templates) -> None:
    template = templates.of("production with everything")

    assert template["Outputs"]["Address"]["Value"] == "https://api.example.com"
    assert template["Resources"]["RestAPI"]["Properties"]["DisableExecuteApiEndpoint"] is True
