"""A program that calls operations of AWS services, and prints what was sent and what was understood.

    python botocore_calls.py OPERATIONS [FOLDER]

OPERATIONS is a JSON object of services and their operations, FOLDER the one to import botocore from. Calls
have every parameter, answers every member. Nothing leaves the process: each call is answered here.
"""

import io
import json
import sys
from typing import Any

if len(sys.argv) > 2:
    sys.path.insert(0, sys.argv[2])

from botocore import xform_name
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session

REGIONS = ("eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1", "xy-future-1")
SESSION = Session()
SESSION.set_credentials("key", "secret")


def sample(shape: Any, depth: int = 0) -> Any:
    """A value with every member that the shape has; what contains itself ends after a few levels."""
    kind = shape.type_name
    if kind == "structure":
        inner = {name: member for name, member in shape.members.items() if depth < 6 or name == "S"}
        return {name: sample(member, depth + 1) for name, member in inner.items()}
    if kind == "list":
        return [sample(shape.member, depth + 1)]
    if kind == "map":
        return {"key": sample(shape.value, depth + 1)}
    return {"boolean": True, "blob": b"bytes", "timestamp": 1e9}.get(kind, "text" if kind == "string" else 1)


def wire(value: Any) -> Any:
    """The same as it is sent."""
    return json.loads(json.dumps(value, default=lambda blob: "Ynl0ZXM="))


class Raw(io.BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


class Service:
    """A service in a region, or what stands in for it."""

    def __init__(self, name: str, region: str, **config: Any) -> None:
        self.sent: list[Any] = []
        self.answer = (200, b"")
        options = Config(parameter_validation=False, retries={"total_max_attempts": 1}, **config)
        self.client = SESSION.create_client(name, region_name=region, config=options)
        self.client.meta.events.register_first("before-send", self._answered)

    def _answered(self, request: Any, **_: Any) -> AWSResponse:
        headers = {name: str(value) for name, value in request.headers.items()}
        signed = headers["Authorization"].partition("Signature=")[0]
        self.sent.append(
            [request.method, request.url, str(request.body), headers.get("X-Amz-Target"), signed]
        )
        status, body = self.answer
        return AWSResponse(request.url, status, {"Content-Type": "application/json"}, Raw(body))

    def call(self, operation: str, answer: tuple[int, bytes]) -> Any:
        """Call an operation and return what became of the answer."""
        self.answer = answer
        model = self.client.meta.service_model.operation_model(operation)
        try:
            return getattr(self.client, xform_name(operation))(**sample(model.input_shape))
        except ClientError as error:
            return [type(error).__name__, error.response]


def answers(service: Service, operation: str) -> list[tuple[int, bytes]]:
    """A success with everything in it, and each error that the operation knows."""
    model = service.client.meta.service_model.operation_model(operation)
    if model.service_model.resolved_protocol != "json":
        success = f"<A><{operation}Result><MessageId>1</MessageId></{operation}Result></A>"
        errors = (
            f"<E><Error><Code>{error.error_code}</Code><Message>m</Message></Error></E>"
            for error in model.error_shapes
        )
        return [(200, success.encode()), *((400, error.encode()) for error in errors)]
    success = json.dumps(wire(sample(model.output_shape)))
    errors = (json.dumps({"__type": error.error_code, **wire(sample(error))}) for error in model.error_shapes)
    return [(200, success.encode()), *((400, error.encode()) for error in errors)]


def report(name: str, operation: str) -> Any:
    """What becomes of each answer, and what is sent from each region."""
    home = Service(name, REGIONS[0])
    outcomes = [home.call(operation, answer) for answer in answers(home, operation)]
    elsewhere = [Service(name, region) for region in REGIONS]
    elsewhere.append(Service(name, "us-east-1", use_fips_endpoint=True))
    for service in elsewhere:
        service.call(operation, (200, answers(service, operation)[0][1]))
    return {"outcomes": outcomes, "sent": [home.sent, *(service.sent for service in elsewhere)]}


if __name__ == "__main__":
    listed = json.loads(sys.argv[1])
    told = {f"{name}.{operation}": report(name, operation) for name in listed for operation in listed[name]}
    json.dump(told, sys.stdout, default=str, sort_keys=True)
