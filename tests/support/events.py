"""API Gateway's own events, built by hand, for what the local gateway doesn't do."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from chalicelib.web.endpoint import Endpoint
from tests.support import contract
from tests.support.world import Answer, World


def event(
    endpoint: Endpoint,
    path: str,
    *,
    parameters: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, list[str]] | None = None,
    body: bytes | str | None = None,
    prefix: str = "",
) -> dict[str, Any]:
    """Return the event of a REST API's proxy integration.

    Args:
        endpoint: the endpoint that answers.
        path: as called, without the stage.
        parameters: the path's parameters.
        headers: one value each.
        query: all values of each parameter.
        body: bytes travel in base 64, as a binary type does.
        prefix: the stage or base path in front of the path.
    """
    sent = dict(headers or {})
    named = {name: str(value) for name, value in (parameters or {}).items()}
    return {
        "resource": endpoint.path,
        "path": path,
        "httpMethod": endpoint.method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": query and {name: values[-1] for name, values in query.items()},
        "multiValueQueryStringParameters": query,
        "pathParameters": named or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": endpoint.path,
            "httpMethod": endpoint.method,
            "path": prefix + path,
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
            "domainName": sent.get("Host", ""),
            "stage": prefix.strip("/"),
            "identity": {"sourceIp": "203.0.113.7", "userAgent": sent.get("User-Agent")},
        },
        "body": b64encode(body).decode() if isinstance(body, bytes) else body,
        "isBase64Encoded": isinstance(body, bytes),
    }


def send(world: World, sent: dict[str, Any]) -> Answer:
    """Hand an event to a world's application as Lambda does."""
    return answered(world.app, sent)


def answered(app: Any, sent: dict[str, Any]) -> Answer:
    """Hand an event to an application; the answer must be one that the API document has."""
    answer = app(sent, None)
    text = answer["body"]
    if answer.get("isBase64Encoded"):
        text = b64decode(text).decode("latin-1")
    received = {name.lower(): value for name, value in answer["headers"].items()}
    contract.published().check(sent["httpMethod"], sent["path"], answer["statusCode"], received, text)
    return Answer.of(answer["statusCode"], text, received)
