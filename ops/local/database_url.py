"""Another DynamoDB endpoint than the embedded one, for the `local` command."""

import os
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ops import CommandError, one_line

DUMMY_ACCESS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "eu-central-1",
}
_AWS_DOMAINS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")
_PROBE = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1})


def use_endpoint(url: str, table_name: str, demo: bool) -> None:
    """Send this process's DynamoDB calls to an endpoint, after a look whether DynamoDB answers there.

    Dummy credentials and a region are set where there are none and the endpoint is not AWS's own.
    """
    on_aws = _host(url).endswith(_AWS_DOMAINS)
    if on_aws and demo:
        raise CommandError("the demo accounts' passwords are public: use --no-demo with a table on AWS.")
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = url
    os.environ.pop("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", None)
    try:
        if not on_aws:
            _fill_in_access()
        _probe(url, table_name)
    except BotoCoreError as error:
        raise CommandError(f"--database {url} can't be used: {one_line(error)}") from error


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts.hostname
    except ValueError:
        pass  # the port is no number, or the host no address
    raise CommandError(f"--database {url!r} is not a URL like http://127.0.0.1:8001.")


def _fill_in_access() -> None:
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")  # asking for a machine's role would take long
    session = botocore.session.Session()
    if session.get_credentials() is None:
        os.environ.update(
            {name: DUMMY_ACCESS[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        )
    if session.get_config_variable("region") is None:
        os.environ["AWS_DEFAULT_REGION"] = DUMMY_ACCESS["AWS_DEFAULT_REGION"]


def _probe(url: str, table_name: str) -> None:
    """Ask about the table: the answer is its description, or that it does not exist."""
    client = botocore.session.Session().create_client("dynamodb", config=_PROBE)
    try:
        answer: Any = client.describe_table(TableName=table_name)
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code"))
        if code == "ResourceNotFoundException":
            return
        if code.isdigit():  # the HTTP status stands in for DynamoDB's own code
            raise _no_dynamodb(url) from error
        raise CommandError(f"--database {url} refuses: {one_line(error)}") from error
    except BotoCoreError:
        raise
    except Exception as error:  # botocore's parser fails in many ways on what is no answer of DynamoDB's
        raise _no_dynamodb(url) from error
    if not isinstance(answer.get("Table"), dict):
        raise _no_dynamodb(url)


def _no_dynamodb(url: str) -> CommandError:
    return CommandError(f"--database {url} can't be used: what answers there is not DynamoDB.")
