"""A role allows what its endpoints declare (the other tests need it), and nothing else (proven here)."""

import io
import json
import textwrap
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from ops.deploy.cloud import Cloud
from ops.deploy.emulate.ministack import REGION
from ops.deploy.package import names
from ops.deploy.package.roles import Access, access_of
from ops.deploy.stack.cloudformation import Stacks
from tests.deployed.conftest import SENDER
from tests.deployed.stack import Deployment
from tests.support.endpoints import ENDPOINTS

KINDS = sorted({access_of(endpoint) for endpoint in load_all()}, key=lambda kind: kind.role)

PROBE = textwrap.dedent('''
    """Tries everything and tells what was not denied."""
    from botocore.config import Config
    from botocore.exceptions import ClientError
    from botocore.session import Session

    KEY = {"pk": {"S": "PROBE"}, "sk": {"S": "PROBE"}}

    def attempts(table, secret, sender, function):
        named = {"TableName": table}
        asked = {"KeyConditionExpression": "#p = :p", "ExpressionAttributeValues": {":p": {"S": "PROBE"}}}
        check = {"ConditionCheck": {**named, "Key": KEY, "ConditionExpression": "attribute_not_exists(pk)"}}
        yield "get", "dynamodb", "batch_get_item", {"RequestItems": {table: {"Keys": [KEY]}}}
        yield "query", "dynamodb", "query", {**named, **asked, "ExpressionAttributeNames": {"#p": "pk"}}
        yield "query", "dynamodb", "query", {
            **named, **asked, "ExpressionAttributeNames": {"#p": "gsi1pk"}, "IndexName": "gsi1"}
        yield "put", "dynamodb", "put_item", {**named, "Item": KEY}
        yield "put", "dynamodb", "transact_write_items", {"TransactItems": [{"Put": {**named, "Item": KEY}}]}
        yield "update", "dynamodb", "update_item", {**named, "Key": KEY}
        yield "delete", "dynamodb", "delete_item", {**named, "Key": KEY}
        yield "item", "dynamodb", "get_item", {**named, "Key": KEY}
        yield "scan", "dynamodb", "scan", named
        yield "batch", "dynamodb", "batch_write_item", {"RequestItems": {table: [{"DeleteRequest": {"Key":
        KEY}}]}}
        yield "check", "dynamodb", "transact_write_items", {"TransactItems": [check]}
        yield "describe", "dynamodb", "describe_table", named
        yield "other table", "dynamodb", "batch_get_item", {"RequestItems": {"another": {"Keys": [KEY]}}}
        yield "keys", "secretsmanager", "get_secret_value", {"SecretId": secret}
        yield "new keys", "secretsmanager", "put_secret_value", {"SecretId": secret, "SecretString": "x"}
        yield "mail", "ses", "send_email", {
            "Source": sender, "Destination": {"ToAddresses": ["b@example.com"]},
            "Message": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}}
        yield "archives", "s3", "list_buckets", {}
        yield "functions", "lambda", "list_functions", {}
        yield "call", "lambda", "invoke", {"FunctionName": function}
        yield "drop", "dynamodb", "delete_table", named

    def handler(event, context):
        session, done = Session(), []
        for name, service, operation, arguments in attempts(**event):
            client = session.create_client(service, config=Config(retries={"total_max_attempts": 1}))
            try:
                getattr(client, operation)(**arguments)
            except ClientError as error:
                if "AccessDenied" in error.response["Error"]["Code"]:
                    continue
            done.append(name)
        return sorted(set(done))
    ''')


@pytest.fixture(scope="module")
def archive() -> bytes:
    """The probe as a function's code."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("probe.py", PROBE)
    return content.getvalue()


def _role_arn(deployment: Deployment, logical_id: str) -> str:
    role = deployment.cloud.client("iam").get_role(RoleName=deployment.physical_id(logical_id))["Role"]
    return str(role["Arn"])


def _expected(kind: Access) -> list[str]:
    allowed = {access.value for access in kind.table}
    return sorted(
        allowed | ({"keys"} if kind.signing_keys else set()) | ({"mail"} if kind.sends_mail else set())
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.role)
def test_a_role_allows_what_its_endpoints_declare_and_nothing_else(
    deployment: Deployment, archive: bytes, kind: Access
) -> None:
    functions: Any = deployment.cloud.client("lambda")
    outputs = Stacks(deployment.cloud).outputs(deployment.package.stage.data_stack_name)
    asked = {
        "table": outputs["TableName"],
        "secret": outputs["SigningKeysSecret"],
        "sender": SENDER,
        "function": deployment.function(ENDPOINTS["list-products"]),
    }
    name = f"probe-{kind.role}"
    functions.create_function(
        FunctionName=name,
        Role=_role_arn(deployment, kind.role),
        Runtime="python3.13",
        Handler="probe.handler",
        Timeout=60,
        Code={"ZipFile": archive},
    )

    answered = functions.invoke(FunctionName=name, Payload=json.dumps(asked).encode())["Payload"].read()

    functions.delete_function(FunctionName=name)
    assert json.loads(answered) == _expected(kind)


# The emulator's API Gateway calls functions without its role: what that allows is asked of IAM instead.


@pytest.mark.parametrize("surface", Surface)
def test_api_gateway_may_call_the_functions_of_a_surface_and_no_other(
    deployment: Deployment, surface: Surface
) -> None:
    role = _role_arn(deployment, names.gateway_role(surface))
    iam, functions = deployment.cloud.client("iam"), deployment.cloud.client("lambda")

    def may_call(function: str) -> bool:
        arn = functions.get_function(FunctionName=function)["Configuration"]["FunctionArn"]
        decided = iam.simulate_principal_policy(
            PolicySourceArn=role, ActionNames=["lambda:InvokeFunction"], ResourceArns=[arn]
        )
        return str(decided["EvaluationResults"][0]["EvalDecision"]) == "allowed"

    called = {endpoint.name for endpoint in load_all() if may_call(deployment.function(endpoint))}

    assert called == {endpoint.name for endpoint in load_all() if endpoint.surface is surface}


@pytest.fixture
def administrator(deployment: Deployment) -> Iterator[Cloud]:
    """The account as a user of it who may do everything."""
    iam = deployment.cloud.client("iam")
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
    }
    named = {"UserName": "administrator"}
    iam.create_user(**named)
    iam.put_user_policy(**named, PolicyName="everything", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(**named)["AccessKey"]
    yield Cloud(REGION, deployment.emulator.url, (key["AccessKeyId"], key["SecretAccessKey"]))
    iam.delete_access_key(**named, AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(**named, PolicyName="everything")
    iam.delete_user(**named)


@pytest.mark.parametrize("surface", Surface)
def test_nobody_but_api_gateway_takes_its_role(
    deployment: Deployment, administrator: Cloud, surface: Surface
) -> None:
    role = _role_arn(deployment, names.gateway_role(surface))

    with pytest.raises(ClientError, match="not authorized to perform: sts:AssumeRole"):
        administrator.client("sts").assume_role(RoleArn=role, RoleSessionName="administrator")
