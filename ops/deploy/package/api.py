"""The REST API: Chalice's definition with each path and method pointed at its own function."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.contract import Use
from chalicelib.web.endpoint import HASHING, Endpoint
from chalicelib.web.responses import HTTPS_ONLY
from ops.deploy.package import functions, names
from ops.deploy.package.stages import Stage
from ops.gateway_answers import (
    BAD_REQUEST,
    FAILED,
    NOT_FOUND,
    TOO_LARGE,
    body_of,
    error_headers,
    preflight_headers,
)

_LOGGED = {
    "time": "$context.requestTime",
    "request_id": "$context.requestId",
    "address": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "error": "$context.error.responseType",
    "bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "function_milliseconds": "$context.integrationLatency",
    "function_request_id": "$context.integration.requestId",
}
"""Of each request; the path as it was called is left out: it may hold what nobody should read in a log."""

_ANSWERS = {
    "MISSING_AUTHENTICATION_TOKEN": NOT_FOUND,  # no such path, or no such method there
    "RESOURCE_NOT_FOUND": NOT_FOUND,
    "REQUEST_TOO_LARGE": TOO_LARGE,
    "THROTTLED": (429, "Too many requests."),
    "QUOTA_EXCEEDED": (429, "Too many requests."),
    "INTEGRATION_TIMEOUT": (504, "Gateway timeout."),
    "INTEGRATION_FAILURE": (502, "Bad gateway."),
    "DEFAULT_4XX": (None, BAD_REQUEST[1]),
    "DEFAULT_5XX": (None, FAILED[1]),
}
"""What API Gateway answers by itself: status (None as it comes) and text, by its kind of answer."""

GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"
_WAIT_SECONDS = "1"
_TLS = {"SecurityPolicy": "SecurityPolicy_TLS13_1_2_2021_06", "EndpointAccessMode": "STRICT"}
"""TLS 1.2 or 1.3, and only for the name that the connection was made to."""
_REQUEST_ID = {"X-Request-Id": "context.requestId"}
"""The one header that API Gateway fills in."""


def resources(definition: dict[str, Any], endpoints: Sequence[Endpoint], stage: Stage) -> dict[str, Any]:
    """Return the API with its deployment, stage, own answers and domain, by logical id."""
    described = _definition(definition, endpoints, stage)
    api = {
        "Type": "AWS::ApiGateway::RestApi",
        "Properties": {
            "Name": {"Ref": "AWS::StackName"},
            "Body": described,
            "BinaryMediaTypes": ["*/*"],  # so that pictures load in every client (decision 24)
            "EndpointConfiguration": {"Types": ["REGIONAL"]},
            **_TLS,  # also what connections to a domain of one's own are made with
            "DisableExecuteApiEndpoint": stage.domain_name is not None,
        },
    }
    deployment = f"Deployment{_digest(api)}"  # API Gateway serves a change only in a new deployment
    return {
        "RestAPI": api,
        deployment: {
            "Type": "AWS::ApiGateway::Deployment",
            "Properties": {"RestApiId": {"Ref": "RestAPI"}},
        },
        "Stage": _stage(deployment, endpoints, stage),
        **_domain(stage),
    }


def outputs(stage: Stage) -> dict[str, Any]:
    """Return the API's address, and with a domain of one's own what its DNS entry has to name."""
    if stage.domain_name is None:
        host = "${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}"
        return {"Address": {"Value": {"Fn::Sub": f"https://{host}/{stage.api_stage}"}}}
    target = {"Fn::GetAtt": ["Domain", "RegionalDomainName"]}
    return {"Address": {"Value": f"https://{stage.domain_name}"}, "DomainTarget": {"Value": target}}


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:10]


def _definition(definition: dict[str, Any], endpoints: Sequence[Endpoint], stage: Stage) -> dict[str, Any]:
    paths: dict[str, Any] = definition["paths"]
    for endpoint in endpoints:
        integration = paths[endpoint.path][endpoint.method.lower()]["x-amazon-apigateway-integration"]
        integration["uri"] = functions.integration_uri(endpoint)
        integration["credentials"] = {"Fn::GetAtt": [names.gateway_role(endpoint.surface), "Arn"]}
    if stage.allowed_origin is not None:
        for path in paths.values():
            path["options"] = _preflight(stage.allowed_origin)
    described = {**definition, "info": {"title": stage.stack_name, "version": "1"}}
    described.pop("x-amazon-apigateway-binary-media-types", None)  # a property of the resource says it
    # Here and not in resources of their own, which a later import of this definition would silently undo.
    described[GATEWAY_RESPONSES] = {kind: _answer(kind, stage) for kind in _ANSWERS}
    return described


def _preflight(origin: str) -> dict[str, Any]:
    """Answer CORS preflights with a mock integration, so that no function runs for them."""
    values = _mapped("method.response", preflight_headers(origin))
    headers = {name.removeprefix("method.response.header."): {"type": "string"} for name in values}
    return {
        "consumes": ["application/json"],
        "responses": {"204": {"description": "What a browser may send", "headers": headers}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 204}'},
            # The request's body is binary to this API, whatever it is; the template above wants text.
            "contentHandling": "CONVERT_TO_TEXT",
            "responses": {"default": {"statusCode": "204", "responseParameters": values}},
        },
    }


def _answer(kind: str, stage: Stage) -> dict[str, Any]:
    status, text = _ANSWERS[kind]
    headers = error_headers(stage.allowed_origin)
    if status == 429:
        headers["Retry-After"] = _WAIT_SECONDS
    answer: dict[str, Any] = {
        "responseParameters": _mapped("gatewayresponse", headers),
        "responseTemplates": {"application/json": json.dumps(body_of(text))},
    }
    if status is not None:
        answer["statusCode"] = status
    return answer


def _mapped(response: str, headers: dict[str, str]) -> dict[str, str]:
    """Return headers as parameters of a response, with those that all answers over HTTPS have."""
    literal = {name: f"'{value}'" for name, value in (headers | HTTPS_ONLY).items()}
    return {f"{response}.header.{name}": value for name, value in (literal | _REQUEST_ID).items()}


def _stage(deployment: str, endpoints: Sequence[Endpoint], stage: Stage) -> dict[str, Any]:
    return {
        "Type": "AWS::ApiGateway::Stage",
        "Properties": {
            "RestApiId": {"Ref": "RestAPI"},
            "DeploymentId": {"Ref": deployment},
            "StageName": stage.api_stage,
            "TracingEnabled": True,
            "AccessLogSetting": {
                "DestinationArn": {"Fn::Sub": f"{_LOG_GROUP}/${{AWS::StackName}}"},
                "Format": json.dumps(_LOGGED),
            },
            "MethodSettings": [
                _limited("/*", "*", stage.requests_per_second, stage.burst),
                *(setting for endpoint in endpoints for setting in _own_limit(endpoint, stage)),
            ],
        },
        "DependsOn": ["AccessLog"],
    }


def _own_limit(endpoint: Endpoint, stage: Stage) -> Iterator[dict[str, Any]]:
    """Give the limit of an endpoint where one request, from anybody, costs what many of others do."""
    path = "/" + endpoint.path.replace("/", "~1")
    if endpoint.memory == HASHING:
        yield _limited(path, endpoint.method, stage.hashing_per_second, stage.hashing_burst)
    elif endpoint.public_get and Use.QUERY in endpoint.uses:
        yield _limited(path, endpoint.method, stage.search_per_second, stage.search_burst)


def _limited(path: str, method: str, per_second: int, burst: int) -> dict[str, Any]:
    return {
        "ResourcePath": path,
        "HttpMethod": method,
        "ThrottlingRateLimit": per_second,
        "ThrottlingBurstLimit": burst,
        "DataTraceEnabled": False,  # would write bodies and tokens into a log
        "MetricsEnabled": False,  # by method: each function has its own metrics already
    }


# Without the `:*` that the log group's own ARN ends in: API Gateway refuses that.
_LOG_GROUP = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/apigateway"


def _domain(stage: Stage) -> dict[str, Any]:
    if stage.domain_name is None:
        return {}
    return {
        "Domain": {
            "Type": "AWS::ApiGateway::DomainName",
            "Properties": {
                "DomainName": stage.domain_name,
                "RegionalCertificateArn": stage.certificate_arn,
                "EndpointConfiguration": {"Types": ["REGIONAL"]},
                **_TLS,
            },
        },
        "DomainMapping": {
            "Type": "AWS::ApiGateway::BasePathMapping",
            "Properties": {
                "DomainName": {"Ref": "Domain"},
                "RestApiId": {"Ref": "RestAPI"},
                "Stage": {"Ref": "Stage"},
            },
        },
    }
