"""A function per endpoint: its own memory, timeout, role and log."""

from typing import Any

from chalicelib.web.endpoint import Endpoint
from ops.deploy.package import names
from ops.deploy.package.archive import LAMBDA_PYTHON
from ops.deploy.package.package import ARCHIVE
from ops.deploy.package.roles import access_of
from ops.deploy.package.stages import Stage


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


def resources(endpoint: Endpoint, stage: Stage) -> dict[str, Any]:
    """Return an endpoint's function and its log group, by logical id."""
    return {
        names.function(endpoint): {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "FunctionName": names.physical(endpoint),
                "Description": f"{endpoint.method} {endpoint.path}",
                "CodeUri": ARCHIVE,
                "MemorySize": endpoint.memory,
                "Timeout": endpoint.timeout,
                "Role": {"Fn::GetAtt": [access_of(endpoint).role, "Arn"]},
                "LoggingConfig": {"LogGroup": {"Ref": names.log(endpoint)}},
                "Environment": {"Variables": {"ENDPOINT": endpoint.reference}},
            },
        },
        names.log(endpoint): {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {
                "LogGroupName": {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}-{endpoint.name}"},
                "RetentionInDays": stage.log_days,
            },
        },
    }


def integration_uri(endpoint: Endpoint) -> dict[str, str]:
    """Return where API Gateway finds an endpoint's function."""
    function = f"${{{names.function(endpoint)}.Arn}}"
    path = f"lambda:path/2015-03-31/functions/{function}/invocations"
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:{path}"}
