"""`manage.py database`: the embedded DynamoDB alone, over HTTP, and what a folder keeps of it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from ops.demo.shop import TELEFON
from ops.local.database_url import DUMMY_ACCESS
from tests.ops.local_command import HANGING_SECONDS, ROOT, bare_environment

pytestmark = pytest.mark.slow

TABLE = "shop-local"
STOCK = {"pk": {"S": f"PRODUCT#{TELEFON}"}, "sk": {"S": "STOCK"}}


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command until the block ends, and give its process and the address that it prints."""
    with subprocess.Popen(
        [sys.executable, "-u", "manage.py", "database", "--port", "0", *arguments],
        cwd=ROOT,
        env=bare_environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[3]
        finally:
            process.kill()


def client(url: str, region: str = "eu-central-1") -> BaseClient:
    return botocore.session.Session().create_client(
        "dynamodb",
        region_name=region,
        endpoint_url=url,
        aws_access_key_id=DUMMY_ACCESS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=DUMMY_ACCESS["AWS_SECRET_ACCESS_KEY"],
    )


def items(url: str) -> dict[tuple[str, str], Any]:
    pages = client(url).get_paginator("scan").paginate(TableName=TABLE)
    found = [item for page in pages for item in page["Items"]]
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in found}


def test_serves_the_table_and_the_demo_data_to_any_client_in_any_region() -> None:
    with served() as (process, url):
        found = client(url, "us-west-2").get_item(TableName=TABLE, Key=STOCK, ConsistentRead=True)["Item"]
        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            client(url).put_item(TableName=TABLE, Item=STOCK, ConditionExpression="attribute_not_exists(pk)")
        process.send_signal(signal.SIGINT)
        code = process.wait(HANGING_SECONDS)

    assert found["available"] == {"N": "7"}
    assert code == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_restart_finds_what_was_written_however_it_ended(tmp_path: Path, end: signal.Signals) -> None:
    folder = tmp_path / "new" / "data"
    with served("--data", str(folder)) as (process, url):
        bought = {
            "Update": {
                "TableName": TABLE,
                "Key": STOCK,
                "UpdateExpression": "SET available = available - :n",
                "ExpressionAttributeValues": {":n": {"N": "2"}},
            }
        }
        added = {"Put": {"TableName": TABLE, "Item": {"pk": {"S": "ä\n"}, "sk": {"S": "new"}}}}
        client(url).transact_write_items(TransactItems=[bought, added])
        client(url).delete_item(TableName=TABLE, Key={"pk": {"S": "USER#6"}, "sk": {"S": "USER"}})
        before = items(url)
        process.send_signal(end)
        process.wait(HANGING_SECONDS)

    with served("--data", str(folder)) as (_, url):
        after = items(url)
    with served("--data", str(folder)) as (_, url):  # from what the start before wrote anew
        once_more = items(url)

    assert after == before
    assert once_more == before
    assert after[(f"PRODUCT#{TELEFON}", "STOCK")]["available"] == {"N": "5"}
    assert ("ä\n", "new") in after
    assert ("USER#6", "USER") not in after


def test_a_line_that_a_kill_cut_off_is_left_out(tmp_path: Path) -> None:
    with served("--data", str(tmp_path)) as (_, url):
        before = items(url)
    with (tmp_path / "dynamodb.jsonl").open("ab") as journal:
        journal.write(b'["PutItem",{"TableName":"shop-l')

    with served("--data", str(tmp_path)) as (_, url):
        after = items(url)

    assert after == before


def refused(folder: Path) -> str:
    """Run the command, which has to end with a failure, and return its one line on stderr."""
    ran = subprocess.run(
        [sys.executable, "manage.py", "database", "--port", "0", "--data", str(folder)],
        cwd=ROOT,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGING_SECONDS,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    return ran.stderr.strip()


def test_what_is_kept_grows_with_the_data_not_with_the_writes(tmp_path: Path) -> None:
    sizes = []
    for writes in (1, 50):
        with served("--data", str(tmp_path)) as (process, url):
            for number in range(writes):
                client(url).put_item(
                    TableName=TABLE, Item={**STOCK, "sk": {"S": "x"}, "n": {"N": str(number)}}
                )
            process.send_signal(signal.SIGTERM)
            process.wait(HANGING_SECONDS)
        sizes.append((tmp_path / "dynamodb.jsonl").stat().st_size)

    assert abs(sizes[1] - sizes[0]) < 10


def test_two_do_not_keep_their_data_in_one_folder(tmp_path: Path) -> None:
    with served("--data", str(tmp_path)):
        told = refused(tmp_path)

    assert told == f"manage.py database: another process keeps its data in {tmp_path}."


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    told = refused(tmp_path / "file" / "data")

    assert told == f"manage.py database: can't keep data in {tmp_path / 'file' / 'data'} (Not a directory)."


def test_what_is_no_call_of_dynamodb_is_an_error() -> None:
    from http.client import HTTPConnection

    with served() as (_, url):
        connection = HTTPConnection(url.removeprefix("http://"), timeout=HANGING_SECONDS)
        connection.request("GET", "/")
        answer = connection.getresponse()
        content = answer.read()
        connection.close()

    assert (answer.status, b"UnknownOperationException" in content) == (400, True)
