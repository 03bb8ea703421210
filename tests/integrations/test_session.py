"""The process's one session has all of botocore's handlers that a call of ours can concern."""

import threading
from typing import Any

import pytest
from botocore.handlers import BUILTIN_HANDLERS
from botocore.session import Session

from chalicelib.integrations import aws
from chalicelib.integrations.json_service import DYNAMODB, SECRETS_MANAGER, JsonService
from chalicelib.table.items import Item
from tests.support.world import World

EMITTED = ("creating-client-class", "before-parameter-build", "before-call", "before-send", "after-call")
OUR_SERVICES = {"dynamodb", "secrets-manager", "secretsmanager", "*"}


def test_no_handler_of_botocore_is_for_one_of_our_services_alone() -> None:
    for_one_service = [event.split(".") for event, *_ in BUILTIN_HANDLERS if event.startswith(EMITTED)]

    assert not [event for event in for_one_service if OUR_SERVICES & set(event[1:2])]


def test_handlers_for_all_services_have_no_place_of_their_own() -> None:
    assert {len(handler) for handler in BUILTIN_HANDLERS if "." not in handler[0]} == {2}


@pytest.mark.parametrize("protocol", [DYNAMODB, SECRETS_MANAGER], ids=lambda protocol: protocol.service)
@pytest.mark.parametrize("made", [aws.session, Session], ids=["ours", "botocore's"])
def test_lambda_recognizes_a_function_that_calls_itself(
    made: Any, protocol: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "function")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-3;Lineage=4")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    service, headers = JsonService(protocol, made()), dict[str, Any]()

    service.events.emit(
        f"before-call.{protocol.service}.Any",
        model=service._model("Any"),
        params={"headers": headers},
        request_signer=None,
        context={},
    )

    assert headers["X-Amzn-Trace-Id"] == "Root=1-2-3;Lineage=4"


def test_pynamodb_uses_it_in_every_thread(world: World) -> None:
    seen = []

    thread = threading.Thread(target=lambda: seen.append(Item._get_connection().connection.session))
    thread.start()
    thread.join()

    assert seen == [aws.session()]
