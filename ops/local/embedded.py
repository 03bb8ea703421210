"""An embedded DynamoDB: moto in this process, made safe under threads and quick enough to serve from.

moto answers botocore's calls inside the process, but it is not thread-safe: under load it let 53 of 50 items
be sold. So one lock is put around its handling of a call; what is around the call still runs concurrently.
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session
from moto.core.models import botocore_stubber

from ops import CommandError
from ops.local.database_url import DUMMY_ACCESS
from ops.local.journal import Json, opened
from ops.local.quick_moto import API, quick_moto, replaced, target_of
from ops.process import environment

_NO_FILES = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
_URL = f"https://dynamodb.{DUMMY_ACCESS['AWS_DEFAULT_REGION']}.amazonaws.com/"


@contextmanager
def embedded_dynamodb(folder: Path | None = None) -> Iterator[None]:
    """Answer every AWS call of this process from memory; at the end the data is gone, or in the folder.

    While it lasts, the environment holds dummy credentials and a region and nothing else of AWS, and botocore
    can't send anything over a network: what moto does not answer is an error.
    """
    with ExitStack() as stack:
        said_of_aws = dict.fromkeys(name for name in os.environ if name.startswith("AWS_"))
        stack.enter_context(environment({**said_of_aws, **DUMMY_ACCESS, **_NO_FILES}))
        stack.enter_context(replaced(URLLib3Session, "send", _refuse_to_send))
        stack.enter_context(quick_moto())
        if folder is not None:
            stack.enter_context(_kept_in(folder))
        stack.enter_context(_one_call_at_a_time())
        yield


def call(operation: str, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
    """Make a call of DynamoDB's API, and return the answer's status, headers and body."""
    headers = HTTPHeaders()
    headers["X-Amz-Target"] = f"{API}.{operation}"
    headers["Content-Type"] = "application/x-amz-json-1.0"
    answered = botocore_stubber.process_request(
        AWSPreparedRequest("POST", _URL, headers, body, stream_output=False)
    )
    assert answered is not None, "moto knows this address"
    status, received, answer = answered
    return status, received, answer.encode() if isinstance(answer, str) else answer


def _refuse_to_send(*_: Any, **__: Any) -> NoReturn:
    raise RuntimeError(
        "An AWS call got past the embedded DynamoDB: it goes to another endpoint, "
        "or its client was made before ops.local.embedded was imported."
    )


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Find what a folder keeps, and keep there what is written."""

    def repeated(operation: str, parameters: Json) -> Json:
        status, _, answer = call(operation, json.dumps(parameters).encode())
        if status != HTTPStatus.OK:
            raise CommandError(f"{folder} holds what can't be repeated: {operation} is refused.")
        answered: Json = json.loads(answer)
        return answered

    process = botocore_stubber.process_request
    with opened(folder, repeated) as journal:

        def process_and_note(request: Any) -> Any:
            answered = process(request)
            api, _, operation = target_of(request).partition(".")
            if answered and answered[0] == HTTPStatus.OK and api == API:
                journal.note(operation, json.loads(request.body))
            return answered

        with replaced(botocore_stubber, "process_request", process_and_note):
            yield


@contextmanager
def _one_call_at_a_time() -> Iterator[None]:
    """Put a lock around moto's handling of a call, which starts in one method of one object."""
    process = botocore_stubber.process_request
    lock = threading.RLock()

    def process_alone(request: Any) -> Any:
        with lock:
            return process(request)

    with replaced(botocore_stubber, "process_request", process_alone):
        yield
