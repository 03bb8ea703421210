"""A deployed stage: the API over HTTP through the emulated API Gateway, and the cloud behind it."""

import json
import time
from dataclasses import dataclass
from typing import Any

from chalicelib.runtime import Runtime
from chalicelib.web.endpoint import Endpoint
from ops.deploy.cloud import Cloud
from ops.deploy.emulate.ministack import Emulator
from ops.deploy.emulate.serve import cloud_of
from ops.deploy.package.package import Package
from ops.deploy.package.roles import access_of
from tests.support.http_world import HttpWorld
from tests.support.world import Answer

_TRIES = 200


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
        """Return the name of an endpoint's function."""
        return f"{self.package.stage.stack_name}-{endpoint.name}"

    def role_name(self, endpoint: Endpoint) -> str:
        """Return the name of the role of an endpoint's function."""
        return self.physical_id(access_of(endpoint).role)

    def physical_id(self, logical_id: str) -> str:
        """Return the name or id that a resource of the API's stack was deployed with."""
        found = self.cloud.client("cloudformation").describe_stack_resource(
            StackName=self.package.stage.stack_name, LogicalResourceId=logical_id
        )
        return str(found["StackResourceDetail"]["PhysicalResourceId"])


class DeployedWorld(HttpWorld):
    """A world whose requests go to a deployed stage, and whose table is the stage's."""

    def __init__(self, deployment: Deployment) -> None:
        super().__init__(deployment.address, deployment.runtime)
        self.deployment = deployment

    def lines_logged_by(self, endpoint: Endpoint, answer: Answer) -> list[dict[str, Any]]:
        """Return what the log of an endpoint's own function has about a request, once there is something.

        Lines arrive late, and those of other requests too, so they are told apart by the request's id.
        """
        group = f"/aws/lambda/{self.deployment.function(endpoint)}"
        logs = self.deployment.cloud.client("logs")
        found: list[dict[str, Any]] = []
        for _ in range(_TRIES):
            events = logs.filter_log_events(logGroupName=group)["events"]
            lines = (line for event in events for line in _lines(event["message"]))
            found = [line for line in lines if line["request_id"] == answer.request_id]
            if found:
                break
            time.sleep(0.05)
        return found


def _lines(text: str) -> list[dict[str, Any]]:
    """Return the application's own lines about requests."""
    lines = [line[line.index("{") :] for line in text.splitlines() if '"message": "request"' in line]
    return [json.loads(line) for line in lines]
