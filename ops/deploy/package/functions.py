"""A function per row: its own memory, timeout, role and log."""

from typing import Any

from chalicelib.contract import Route
from ops.deploy.package import names
from ops.deploy.package.archive import LAMBDA_PYTHON
from ops.deploy.package.roles import access_of
from ops.deploy.package.stages import Stage

ARCHIVE = "archive.zip"


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
    """Return a row's function and its log group, by logical id."""
    return {
        names.function(route): {
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
    }


def integration_uri(route: Route) -> dict[str, str]:
    """Return where API Gateway finds a row's function."""
    function = f"${{{names.function(route)}.Arn}}"
    path = f"lambda:path/2015-03-31/functions/{function}/invocations"
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:{path}"}
