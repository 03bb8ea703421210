"""A function per row: its own memory, timeout, role, log and right to be called."""

import re
from typing import Any

from chalicelib.contract import Route
from ops.packaging import names
from ops.packaging.archive import LAMBDA_PYTHON
from ops.packaging.roles import access_of
from ops.packaging.stages import Stage

ARCHIVE = "archive.zip"
_PARAMETER = re.compile(r"\{[^}]+\}")


def common(stage: Stage) -> dict[str, Any]:
    """Return what all functions have in common, for the template's `Globals`."""
    variables = {
        "ALLOWED_ORIGIN": stage.allowed_origin,
        "LOG_LEVEL": "INFO",
        "MAIL_SENDER": stage.mail_sender,
        **stage.settings,
    }
    return {
        "Runtime": f"python{LAMBDA_PYTHON}",
        "Handler": "app.app",
        "Architectures": ["arm64"],  # a fifth cheaper; the archive is pure Python
        "Tracing": "Active",
        "Tags": {"Application": stage.app_name, "Stage": stage.name},
        "Environment": {"Variables": {name: value for name, value in variables.items() if value is not None}},
    }


def resources(route: Route, stage: Stage) -> dict[str, Any]:
    """Return a row's function, its log group and API Gateway's permission to call it, by logical id."""
    name = names.function(route)
    return {
        name: {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "FunctionName": names.physical(route),
                "Description": f"{route.method} {route.path}",
                "CodeUri": ARCHIVE,
                "MemorySize": route.memory,
                "Timeout": route.timeout,
                "Role": {"Fn::GetAtt": [access_of(route).role, "Arn"]},
                "LoggingConfig": {"LogGroup": {"Ref": names.log(route)}},
                "Environment": {"Variables": {"ENDPOINT": route.handler}},
            },
        },
        names.log(route): {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {
                "LogGroupName": {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}-{route.name}"},
                "RetentionInDays": stage.log_days,
            },
        },
        f"{names.logical(route)}Call": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": name},
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": {"Fn::Sub": _source(route, stage)},
            },
        },
    }


def _source(route: Route, stage: Stage) -> str:
    """Return the ARN of a method: this stage, this verb and this path, with `*` where it has a parameter."""
    path = _PARAMETER.sub("*", route.path)
    api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestAPI}"
    return f"{api}/{stage.api_stage}/{route.method}{path}"


def integration_uri(route: Route) -> dict[str, str]:
    """Return where API Gateway finds a row's function."""
    function = f"${{{names.function(route)}.Arn}}"
    path = f"lambda:path/2015-03-31/functions/{function}/invocations"
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:{path}"}
