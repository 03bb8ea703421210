"""A deployed stage: the API over HTTP through the emulated API Gateway, and the cloud behind it."""

import http.client
import json
import time
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from chalicelib.runtime import Runtime
from chalicelib.web.endpoint import Endpoint
from ops.deploy.cloud import Cloud
from ops.deploy.emulate.ministack import Emulator
from ops.deploy.emulate.serve import cloud_of
from ops.deploy.package.package import Package
from ops.deploy.package.roles import access_of
from tests.support.world import NOTHING, Answer, World, composed

_PATIENCE = 60  # seconds: two processors start a function in seconds when both are busy
_TRIES = 40
_ITERATIONS = 1_000  # of the passwords that tests seed; the functions have their own setting


@dataclass(frozen=True)
class Deployment:
    """What was deployed, and where."""

    package: Package
    emulator: Emulator
    address: str
    runtime: Runtime

    @property
    def cloud(self) -> Cloud:
        """The emulated account."""
        return cloud_of(self.emulator)

    def function(self, endpoint: Endpoint) -> str:
        """Return the name of a row's function."""
        return f"{self.package.stage.stack_name}-{endpoint.name}"

    def role_name(self, endpoint: Endpoint) -> str:
        """Return the name of the role of a row's function."""
        return self.physical_id(access_of(endpoint).role)

    def physical_id(self, logical_id: str) -> str:
        """Return the name or id that a resource of the API's stack was deployed with."""
        found = self.cloud.client("cloudformation").describe_stack_resource(
            StackName=self.package.stage.stack_name, LogicalResourceId=logical_id
        )
        return str(found["StackResourceDetail"]["PhysicalResourceId"])


class DeployedWorld(World):
    """A world whose requests go to a deployed stage, and whose table is the stage's."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        settings = replace(deployment.runtime.settings, password_iterations=_ITERATIONS)
        self.runtime = replace(deployment.runtime, settings=settings)

    def __enter__(self) -> "DeployedWorld":
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the table: it goes with the emulator."""

    def send(
        self, method: str, target: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Send a request as it is; `target` may be an address of this API."""
        called = urlsplit(self.deployment.address)
        path = target.removeprefix(self.deployment.address)
        connection = http.client.HTTPConnection(called.netloc, timeout=_PATIENCE)
        connection.request(method, called.path + path, content, {"Accept": "*/*"} | (headers or {}))
        response = connection.getresponse()
        return response, response.read()

    def call(
        self,
        method: str,
        target: str,
        body: Any = NOTHING,
        *,
        token: str | None = None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        content, said = composed(body, raw, token)
        response, answered = self.send(method, target, content, said | (headers or {}))
        received = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, answered.decode("utf-8", "replace"), received)

    def start_over(self) -> None:
        """Empty the table and load the documents' own data."""
        self.empty()
        self.load_demo()

    def empty(self) -> None:
        """Delete everything in the table."""
        name = self.runtime.settings.table_name
        keys = [{"pk": item["pk"], "sk": item["sk"]} for item in self.items().values()]
        for start in range(0, len(keys), 25):
            batch = [{"DeleteRequest": {"Key": key}} for key in keys[start : start + 25]]
            self.client.batch_write_item(RequestItems={name: batch})

    def requests_logged_by(self, endpoint: Endpoint, more_than: int = 0) -> list[dict[str, Any]]:
        """Return the requests in the log of a row's own function, once there are more than so many."""
        group = f"/aws/lambda/{self.deployment.function(endpoint)}"
        logs = self.deployment.cloud.client("logs")
        for _ in range(_TRIES):
            events = logs.filter_log_events(logGroupName=group)["events"]
            found = [line for event in events for line in _lines(event["message"])]
            if len(found) > more_than:
                return found
            time.sleep(0.05)
        return found


def _lines(text: str) -> list[dict[str, Any]]:
    """Return the application's own lines about requests."""
    lines = [line[line.index("{") :] for line in text.splitlines() if '"message": "request"' in line]
    return [json.loads(line) for line in lines]
