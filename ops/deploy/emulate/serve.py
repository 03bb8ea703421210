"""The `emulate` command: this very stack, on this machine, with the demo data in it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ops.deploy.cloud import Cloud, aws_errors_as_command_errors
from ops.deploy.emulate import ministack
from ops.deploy.emulate.launcher import HOST
from ops.deploy.emulate.ministack import Emulator
from ops.deploy.package import packaging, stages
from ops.deploy.package.api import GATEWAY_RESPONSES
from ops.deploy.package.package import Package
from ops.deploy.package.roles import MAIL, POLICY
from ops.deploy.stack.cloudformation import Stacks
from ops.deploy.stack.deploy import deploy_package
from ops.process import environment, until_interrupted

_PAUSE = 0.2


def run(stage_name: str, port: int, demo: bool) -> int:
    """Deploy a stage into an emulator, serve it until Ctrl-C, and return the exit code."""
    stage = stages.load(stage_name)
    with until_interrupted():
        print("Starting the emulator (the first time it is installed) …", flush=True)
        with ministack.running(port=port) as emulator:
            print(f"Packaging and deploying {stage.stack_name} …", flush=True)
            # With the emulator's own Python: its functions run on that, whatever the template says.
            made = packaging.make(stage, emulator.python)
            with aws_errors_as_command_errors():
                address = deployed(made, emulator)
                token = sample_token(made, emulator) if demo else None
            _introduce(address, emulator, made, token)
            threading.Event().wait()
    return 0


def deployed(made: Package, emulator: Emulator) -> str:
    """Deploy a package into the emulator and return the API's address there."""
    cloud = cloud_of(emulator)
    stacks = Stacks(cloud, say=_silent, pause=_PAUSE)
    deploy_package(made, stacks, yes=True)
    api_id = stacks.outputs(made.stage.stack_name)["RestApiId"]
    add_gateway_responses(made, cloud, api_id)
    if made.stage.mail_sender is not None:
        relax_mail_policy(made, cloud)
    return add_address(made, cloud, emulator, api_id)


def cloud_of(emulator: Emulator) -> Cloud:
    """Return the emulator's account, as its root user."""
    return Cloud(ministack.REGION, emulator.url, ministack.CREDENTIALS)


def add_gateway_responses(made: Package, cloud: Cloud, api_id: str) -> None:
    """Give the API its own answers, which API Gateway reads from its definition and the emulator does not."""
    gateway = cloud.client("apigateway")
    definition = made.api["Resources"]["RestAPI"]["Properties"]["Body"]
    for kind, answer in definition[GATEWAY_RESPONSES].items():
        status = {"statusCode": str(answer["statusCode"])} if "statusCode" in answer else {}
        gateway.put_gateway_response(
            restApiId=api_id,
            responseType=kind,
            responseParameters=answer.get("responseParameters", {}),
            responseTemplates=answer["responseTemplates"],
            **status,
        )
    gateway.create_deployment(restApiId=api_id, stageName=made.stage.api_stage)


def add_address(made: Package, cloud: Cloud, emulator: Emulator, api_id: str) -> str:
    """Give the API an address that every client reaches and that its own links begin with, and return it.

    Only browsers and curl know that the emulator's `<id>.execute-api.localhost` is this machine, and the
    functions learn nothing of its path-style addresses, so that links would lead nowhere. So 127.0.0.1
    becomes a domain of the API, with the stage as its base path.
    """
    gateway, stage = cloud.client("apigateway"), made.stage.api_stage
    gateway.create_domain_name(domainName=HOST)
    gateway.create_base_path_mapping(domainName=HOST, basePath=stage, restApiId=api_id, stage=stage)
    return f"{emulator.url}/{stage}"


def relax_mail_policy(made: Package, cloud: Cloud) -> None:
    """Verify the sender, and remove the restriction to one sender from the roles' mail statements.

    AWS checks the sender's identity; the emulator requires the right to send as anybody, and refuses a role
    that may send only as one identity. Which roles may send mail stays as it was deployed.
    """
    cloud.client("ses").verify_domain_identity(Domain=str(made.stage.mail_sender).rpartition("@")[2])
    iam, resources = cloud.client("iam"), made.api["Resources"]
    for role in (name for name, resource in resources.items() if resource["Type"] == "AWS::IAM::Role"):
        found = cloud.client("cloudformation").describe_stack_resource(
            StackName=made.stage.stack_name, LogicalResourceId=role
        )
        named = {"RoleName": found["StackResourceDetail"]["PhysicalResourceId"], "PolicyName": POLICY}
        document = iam.get_role_policy(**named)["PolicyDocument"]
        for statement in document["Statement"]:
            if statement["Sid"] == MAIL:
                del statement["Condition"]
                statement["Resource"] = "*"
        iam.put_role_policy(**named, PolicyDocument=json.dumps(document))


@contextmanager
def table_access(made: Package, emulator: Emulator) -> Iterator[Any]:
    """Connect this process to the deployed table and keys, and yield its runtime."""
    from chalicelib.runtime import Runtime
    from chalicelib.table import engine

    key, secret = ministack.CREDENTIALS
    outputs = Stacks(cloud_of(emulator)).outputs(made.stage.data_stack_name)
    variables = {
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_ENDPOINT_URL_DYNAMODB": emulator.url,
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_DEFAULT_REGION": ministack.REGION,
        "TABLE_NAME": outputs["TableName"],
        "SIGNING_KEYS_SECRET": outputs["SigningKeysSecret"],
    }
    with environment(variables):
        runtime = Runtime.from_environment()
        engine.connect(runtime.settings)
        yield runtime


def sample_token(made: Package, emulator: Emulator) -> str:
    """Load the demo data and return an access token of its user 5."""
    from ops.demo import data

    with table_access(made, emulator) as runtime:
        data.load(runtime)
        return data.sample_token(runtime)


def _silent(_: str) -> None:
    """Say nothing: in an emulator a deployment takes seconds."""


def _introduce(address: str, emulator: Emulator, made: Package, token: str | None) -> None:
    key, secret = ministack.CREDENTIALS
    print(f"The API is at {address} (Ctrl-C stops it)")
    print(f"AWS is at {emulator.url}; for commands that work on its table:")
    print(
        f"  export AWS_ENDPOINT_URL={emulator.url} AWS_DEFAULT_REGION={ministack.REGION} "
        f"AWS_ACCESS_KEY_ID={key} AWS_SECRET_ACCESS_KEY={secret} TABLE_NAME={made.stage.stack_name}"
    )
    if made.stage.mail_sender is not None:
        print(f"Mail arrives at {emulator.mails_url}")
    print()
    print("Try:")
    if token is None:
        print(f"  curl {address}/api/products/", flush=True)
        return
    print(f"  curl -H 'Authorization: Bearer {token}' {address}/orders/order-l/1/", flush=True)
