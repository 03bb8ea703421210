"""The functions in the template: one per endpoint, with what the endpoint and the stage say."""

from dataclasses import replace
from typing import Any

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops.deploy.package import names
from ops.deploy.package.roles import access_of
from tests.ops.templates import STAGES, Templates, every_endpoint, expanded


@every_endpoint
def test_an_endpoint_has_its_own_function(production: Any, endpoint: Endpoint) -> None:
    function = production[names.function(endpoint)]["Properties"]

    assert (function["MemorySize"], function["Timeout"]) == (endpoint.memory, endpoint.timeout)
    assert function["Role"] == {"Fn::GetAtt": [access_of(endpoint).role, "Arn"]}
    assert function["Environment"]["Variables"] == {"ENDPOINT": endpoint.reference}
    assert function["LoggingConfig"] == {"LogGroup": {"Ref": names.log(endpoint)}}
    assert production[names.log(endpoint)]["Properties"]["RetentionInDays"] == 90
    assert len(f"orders-and-shop-production-{endpoint.name}") <= 64


def test_every_function_is_traced_and_runs_on_arm64(templates: Templates) -> None:
    resources = expanded(templates.of("production"))["Resources"].values()
    functions = [found["Properties"] for found in resources if found["Type"] == "AWS::Lambda::Function"]

    assert len(functions) == len(load_all())
    assert {
        (*made["Architectures"], made["TracingConfig"]["Mode"], made["Runtime"]) for made in functions
    } == {("arm64", "Active", "python3.13")}


def test_there_is_no_function_besides(production: Any) -> None:
    functions = [name for name, found in production.items() if found["Type"] == "AWS::Serverless::Function"]

    assert sorted(functions) == sorted(names.function(endpoint) for endpoint in load_all())


def test_no_function_lets_itself_be_called_by_others(templates: Templates) -> None:
    resources = expanded(templates.of("production"))["Resources"]

    assert not [name for name, found in resources.items() if found["Type"] == "AWS::Lambda::Permission"]


def test_the_settings_of_a_stage_reach_its_functions(templates: Templates) -> None:
    settings = {"ACCOUNT_TRIES": "9", "LOG_LEVEL": "WARNING"}

    tuned = templates.make(replace(STAGES["dev"], settings=settings))

    variables = tuned["Globals"]["Function"]["Environment"]["Variables"]
    assert settings.items() <= variables.items()
    assert variables["TABLE_NAME"] == {"Ref": "TableName"}
