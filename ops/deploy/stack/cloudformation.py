"""CloudFormation stacks: changed by change sets that are shown first, watched while they change."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from ops import CommandError
from ops.deploy.cloud import Cloud

_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]  # roles without names of their own; SAM
_UNFINISHED = "_IN_PROGRESS"
_DELETED = "DELETE_COMPLETE"
_UNSTARTED = "REVIEW_IN_PROGRESS"
_LONGEST_WAIT = 3600
_FAILED_EVENTS = 15
_REPLACED = {"True": ", REPLACED", "Conditional": ", may be replaced"}

Say = Callable[[str], None]


@dataclass(frozen=True)
class ChangeSet:
    """What is about to change in a stack."""

    stack: str
    arn: str
    creates: bool
    changes: tuple[str, ...]


@dataclass
class Stacks:
    """The stacks of an account and region."""

    cloud: Cloud
    say: Say = print  # reports progress, a line at a time
    pause: float = 3.0  # seconds between polls

    @property
    def _client(self) -> Any:
        return self.cloud.client("cloudformation")

    def describe(self, name: str) -> dict[str, Any] | None:
        """Return what CloudFormation tells of a stack, None where there is none."""
        try:
            found: dict[str, Any] = self._client.describe_stacks(StackName=name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return None if found["StackStatus"] == _DELETED else found

    def outputs(self, name: str) -> dict[str, str]:
        """Return a stack's outputs, none where there is no stack."""
        found = self.describe(name) or {}
        return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}

    def parameters(self, name: str) -> dict[str, str]:
        """Return the parameters that a stack was deployed with, none where there is no stack."""
        found = self.describe(name) or {}
        return {given["ParameterKey"]: given["ParameterValue"] for given in found.get("Parameters", [])}

    def prepare(
        self, name: str, template: Mapping[str, str], parameters: Mapping[str, str], tags: Mapping[str, str]
    ) -> ChangeSet | None:
        """Make a change set, or return None where nothing would change.

        The template is a `TemplateBody` or a `TemplateURL`; the tags are of every resource.
        """
        found = self.describe(name)
        if found is not None and found["StackStatus"] == "ROLLBACK_COMPLETE":
            raise CommandError(
                f"the first deployment of {name} failed; `destroy` removes what is left of it."
            )
        creates = found is None or found["StackStatus"] == _UNSTARTED
        arn = self._client.create_change_set(
            StackName=name,
            ChangeSetName=f"deploy-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}",  # never two of one name
            ChangeSetType="CREATE" if creates else "UPDATE",
            Capabilities=_CAPABILITIES,
            Parameters=_pairs(parameters, "ParameterKey", "ParameterValue"),
            Tags=_pairs(tags, "Key", "Value"),
            **template,
        )["Id"]
        described = self._made(arn)
        if described["Status"] == "FAILED":
            self._drop_unchanged(name, arn, str(described.get("StatusReason")))
            return None
        pages = self._client.get_paginator("describe_change_set").paginate(ChangeSetName=arn)
        changes = [_told(change["ResourceChange"]) for page in pages for change in page["Changes"]]
        return ChangeSet(name, arn, creates, tuple(changes))

    def _made(self, arn: str) -> dict[str, Any]:
        for _ in self._looks():
            described: dict[str, Any] = self._client.describe_change_set(ChangeSetName=arn)
            if described["Status"] in ("CREATE_COMPLETE", "FAILED"):
                return described
        raise CommandError("the change set is not ready after an hour.")

    def _drop_unchanged(self, name: str, arn: str, reason: str) -> None:
        self._client.delete_change_set(ChangeSetName=arn)
        if "didn't contain changes" not in reason and "No updates" not in reason:
            raise CommandError(f"{name} can't be changed: {reason}")

    def drop(self, change_set: ChangeSet) -> None:
        """Delete a rejected change set, and the empty stack that it would have filled."""
        self._client.delete_change_set(ChangeSetName=change_set.arn)
        if change_set.creates:
            self._client.delete_stack(StackName=change_set.stack)

    def execute(self, change_set: ChangeSet) -> None:
        """Make the change and wait for its end."""
        began = datetime.now(UTC)
        seen = self._seen(change_set.stack)
        self._client.execute_change_set(ChangeSetName=change_set.arn)
        status = self._watch(change_set.stack, seen)
        if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise CommandError(f"{change_set.stack} ended as {status} (started {began:%H:%M:%S} UTC).")

    def delete(self, name: str) -> None:
        """Delete a stack and wait for its end."""
        found = self.describe(name)
        if found is None:
            return
        arn = found["StackId"]  # after its end, a stack is known by this only
        seen = self._seen(arn)
        self._client.delete_stack(StackName=arn)
        status = self._watch(arn, seen)
        if status != _DELETED:
            raise CommandError(f"{name} ended as {status}.")

    def _seen(self, stack: str) -> set[str]:
        return {event["EventId"] for event in self._new_events(stack, set())}

    def _new_events(self, stack: str, seen: set[str]) -> list[dict[str, Any]]:
        """Return the events that were not seen yet, oldest first; pages hold a hundred, newest first."""
        found: list[dict[str, Any]] = []
        try:
            for page in self._client.get_paginator("describe_stack_events").paginate(StackName=stack):
                new = [event for event in page["StackEvents"] if event["EventId"] not in seen]
                found += new
                if len(new) < len(page["StackEvents"]):
                    break
        except ClientError:
            return []
        return found[::-1]

    def _watch(self, stack: str, seen: set[str]) -> str:
        """Report each event until the stack is stable, and return its status."""
        failed: list[str] = []
        for _ in self._looks():
            found = self.describe(stack)
            status = str(found["StackStatus"]) if found else _DELETED
            for event in self._new_events(stack, seen):
                seen.add(event["EventId"])
                self._tell(event, failed)
            if not status.endswith(_UNFINISHED):
                for line in failed[:_FAILED_EVENTS]:
                    self.say(f"failed: {line}")
                return status
        raise CommandError(
            f"{stack} still changes after an hour; CloudFormation goes on without this command."
        )

    def _tell(self, event: dict[str, Any], failed: list[str]) -> None:
        line = f"{event['ResourceStatus']:<20} {event['LogicalResourceId']}"
        if event["ResourceStatus"].endswith("_FAILED"):
            failed.append(
                f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
            )
        if not event["ResourceStatus"].endswith(_UNFINISHED):
            self.say(f"  {line}")

    def _looks(self) -> Iterator[None]:
        """Yield every few seconds, for up to an hour."""
        deadline = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < deadline:
            yield None
            time.sleep(self.pause)


def _pairs(values: Mapping[str, str], key: str, value: str) -> list[dict[str, str]]:
    return [{key: name, value: text} for name, text in values.items()]


def _told(change: dict[str, Any]) -> str:
    """Return a change of a resource in words; a replacement loses what was there."""
    replaced = _REPLACED.get(change.get("Replacement", ""), "")
    return f"{change['Action']:<7}{change['ResourceType']:<36}{change['LogicalResourceId']}{replaced}"
