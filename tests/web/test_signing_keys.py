"""An endpoint that neither signs nor verifies tokens does without the keys for that."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NoReturn, overload

import pytest

from chalicelib.config import SigningKey
from chalicelib.shop.products.schemas import ProductFilters
from chalicelib.web.app import create_app
from tests.support.endpoints import ENDPOINTS
from tests.support.events import event
from tests.support.shop import Shop
from tests.support.world import World


class OutOfReach(Sequence[SigningKey]):
    """Keys in a secret that the function's role may not read."""

    def __len__(self) -> NoReturn:
        raise PermissionError

    @overload
    def __getitem__(self, index: int) -> SigningKey: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[SigningKey]: ...

    def __getitem__(self, index: int | slice) -> NoReturn:
        raise PermissionError

    def __iter__(self) -> Iterator[SigningKey]:
        raise PermissionError


def _answer(world: World, name: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Return what a function of its own answers, which has no keys."""
    settings = replace(world.runtime.settings, signing_keys=OutOfReach())
    app = create_app(
        runtime=lambda: replace(world.runtime, settings=settings), serving=ENDPOINTS[name].reference
    )
    answer: dict[str, Any] = app(sent, None)
    return answer


PERSON = (
    b'{"surname": "Doe", "name": "Jane", "patronymic": "", "address": "", "email": "jane@example.com", '
    b'"username": "jane", "password": "correct horse battery"}'
)


@pytest.mark.parametrize(
    ("name", "status"),
    [(found.name, found.status) for found in ENDPOINTS.values() if not found.uses_signing_keys],
)
def test_what_neither_signs_nor_verifies_tokens_answers_without_keys(
    world: World, name: str, status: int
) -> None:
    endpoint, product = ENDPOINTS[name], Shop(world).product()
    parameters = dict.fromkeys(("uuid", "id"), product.uuid)

    answer = _answer(
        world,
        name,
        event(
            endpoint,
            endpoint.path.format_map(parameters),
            parameters=parameters,
            headers={"Content-Type": "application/json"},
            body=PERSON if endpoint.reads_body else None,
        ),
    )

    assert answer["statusCode"] == status, answer


def test_a_public_list_is_walked_without_keys(world: World) -> None:
    products = [Shop(world).product() for _ in range(3)]
    endpoint, seen, query = ENDPOINTS["list-products"], list[str](), {"page_size": ["1"]}

    for _ in products:
        answer = _answer(world, endpoint.name, event(endpoint, endpoint.path, query=query))
        page = json.loads(answer["body"])
        seen += page["results"]
        following = page["next"]
        query = {"page_size": ["1"], "cursor": [str(following).rpartition("cursor=")[2]]}

    assert sorted(seen) == sorted(product.uuid for product in products)
    assert following is None


@pytest.mark.parametrize(
    "position",
    [
        *('["a"]', '["a", false]', '["a", 1, false]', '["a", false, null]', '["a", true, true, true]'),
        *('["", false, false]', "[1, false, false]", '["\\ud800", false, false]', "{}", "7", '"abc"', "[]"),
        *("[" * 3000, "x"),
    ],
)
def test_a_cursor_that_somebody_made_for_a_public_list_is_a_place_or_refused(
    world: World, position: str
) -> None:
    products = [Shop(world).product() for _ in range(2)]
    path = "/api/products?page_size=1"

    right = world.call("GET", f"{path}&cursor={_made_up(json.dumps([products[0].created_at, False, True]))}")
    wrong = world.call("GET", f"{path}&cursor={_made_up(position)}")

    assert (right.status, wrong.status) == (200, 400)
    assert wrong.json["details"] == {"cursor": ["Invalid cursor."]}


def _made_up(position: str) -> str:
    """Return a cursor of the list of all products as somebody could make it who has read the code."""
    name = repr(("list-products", [], ProductFilters(), None))
    message = b"cursor\0" + name.encode() + b"\0" + position.encode()
    checksum = hmac.new(b"", message, hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(checksum + position.encode()).decode().rstrip("=")
