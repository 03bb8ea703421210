"""One run of Schemathesis over a document, in process."""

from collections.abc import Iterator
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from ops.docs.components import Json
from tests.fuzz.shim import CUSTOMER, STAFF, Shim

OFF = {"enabled": False}
_CHECKS = {
    # Can't know that an id has to exist, or that a name must not be taken.
    "positive_data_acceptance": OFF,
    # Wants 405; a wrong method is 404 here, as it is with API Gateway.
    "unsupported_method": OFF,
    # Wants 401 without credentials; the Customer API's document says 403.
    "missing_required_header": OFF,
    # Breaks in process (4.32.5 hands its HTTP settings to the WSGI client); the access matrix tries them all.
    "ignored_auth": OFF,
    "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 409, 413, 415, 429]},
}


def findings(document: Json, shim: Shim, *, seed: int, phases: dict[str, Any]) -> Iterator[str]:
    """Run the phases over all operations of a document, and yield what is wrong."""
    configuration = {
        "seed": seed,
        "continue-on-failure": True,
        "auth": {"openapi": {"StaffToken": {"bearer": STAFF}, "CustomerToken": {"bearer": CUSTOMER}}},
        "checks": _CHECKS,
        "cache": OFF,
        "generation": {"database": "none"},
        "phases": phases,
    }
    schema = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict(configuration))
    schema.app = shim
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.value!r}"
        elif isinstance(event, events.FatalError):
            yield f"{event.exception!r}"
        elif isinstance(event, events.ScenarioFinished):
            yield from _failures(event)


def _failures(event: events.ScenarioFinished) -> Iterator[str]:
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                request = event.recorder.interactions[case_id].request
                told = f"{request.method} {request.uri} {request.body!r}"
                yield f"{check.name} ({event.phase.value}): {check.failure_info.failure}\n{told}"
