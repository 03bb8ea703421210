"""Every exchange and every row of the error tables of the Customer API document, sent to the application."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.config import MINIMUM_ITERATIONS
from chalicelib.shop.customers import store as customers
from chalicelib.shop.orders.model import ERROR
from ops.docs.exchanges import customer_api
from ops.docs.exchanges.customer_api import PRINTED_PASSWORD, TELEFON, TELEWIZOR
from ops.docs.exchanges.exchange import DocumentedError, Exchange
from tests.documents.difference import difference
from tests.documents.play import call_as_customer, fill_bucket, ids_in, play_customer_exchange
from tests.engines.engine import Engine
from tests.support.furnishing import furnished
from tests.support.shop import Administrator, Shop
from tests.support.world import HOST, NOTHING, Answer, World

_ANAKIN = customer_api.CUSTOMER
_BY_TITLE = {exchange.title: exchange for exchange in customer_api.EXCHANGES}
_NO_THING = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def quiet_world(shared_world: World) -> World:
    """The documents' data, for tests that change nothing."""
    shared_world.load_demo()
    return shared_world


@pytest.mark.parametrize("exchange", customer_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_goes_as_the_document_prints_it(engine: Engine, exchange: Exchange) -> None:
    # One answer shows how a password is hashed: as a deployment does it then.
    hashing = exchange is customer_api.PASSWORD_CHANGE
    with World(engine, iterations=MINIMUM_ITERATIONS if hashing else 1_000) as world:
        furnished(world, "the documents' data", world.load_demo)

        answer = play_customer_exchange(world, exchange)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(HOST), answer.json) is None
    assert answer.headers["content-type"] == "application/json"


def test_a_password_of_the_printed_form_lets_its_owner_in(demo_world: World) -> None:
    form = PRINTED_PASSWORD.rpartition("$")[0]
    salt, iterations = form.split("$")[2], int(form.split("$")[1])
    digest = hashlib.pbkdf2_hmac("sha256", b"obiwansux", salt.encode(), iterations)
    imported = replace(
        Shop(demo_world).registered(_ANAKIN), password_hash=f"{form}${base64.b64encode(digest).decode()}"
    )
    customers.item_of(imported).save()

    answer = demo_world.call("POST", "/api/login", {"username": "anakin", "password": "obiwansux"})

    assert (answer.status, answer.json["user"]) == (200, _ANAKIN)


def _email_of_somebody_else(world: World) -> dict[str, str]:
    Shop(world).customer(email="Leia@Alderaan.example")
    return {**customer_api.PROFILE, "email": "leia@alderaan.example"}


def _wrong_password(_: World) -> dict[str, str]:
    return {"username": "anakin", "old_password": "iamyourfather", "password": "onlydarkside"}


def _sold_out(world: World) -> dict[str, Any]:
    _set_stock(world, TELEFON, 0)
    return {"quantity": 1, "product": TELEFON}


def _set_stock(world: World, product: str, quantity: int) -> None:
    _administrator(world).call("PUT", f"products/{product}/stock", {"quantity": quantity})


def _administrator(world: World) -> Administrator:
    return Shop(world).administrator()


def _already_in(world: World) -> dict[str, Any]:
    fill_bucket(world, [(TELEFON, 1)])
    return {"quantity": 1, "product": TELEFON}


def _too_many(_: World) -> dict[str, Any]:
    return {"quantity": 8, "product": TELEFON}


# What makes each row's error, by title, status and code: gives the body to send.
_CAUSES: dict[tuple[str, int, int | None], Callable[[World], Any]] = {
    ("Update Customer Profile", 400, None): lambda _: {"username": "anakin"},
    ("Update Customer Profile", 409, 2001): _email_of_somebody_else,
    ("Change Customer Password", 404, 3001): _wrong_password,
    ("Add products to bucket", 409, 1042): _sold_out,
    ("Add products to bucket", 409, 1041): _already_in,
    ("Add products to bucket", 409, 1043): _too_many,
    ("Update quantity products to bucket", 409, 1043): lambda _: {"quantity": 10},
    ("Remove products from bucket", 404, None): lambda _: NOTHING,
    ("Create Order", 400, None): lambda _: {"payment": "gold"},
    ("Create Order", 409, 1083): lambda _: {"payment": "cash"},
    ("Order Details", 404, None): lambda _: NOTHING,
    ("Set Order Status Returned", 404, None): lambda _: NOTHING,
    ("Set Order Status Returned", 409, 1003): lambda _: NOTHING,
}
_DETAILS = {("Update Customer Profile", 400): {"email": ["This field is required."]}}
_NO_CREDENTIALS = [row for row in customer_api.ERRORS if row.status == 403]
_CAUSED = [row for row in customer_api.ERRORS if row.status != 403]


def _path(world: World, row: DocumentedError) -> str:
    """Return the row's path with what it names; of somebody who asks for what is not there, nothing."""
    if row.status == 404:
        return row.path.format(bucket_uuid=_NO_THING, order_uuid=_NO_THING)
    exchange = _BY_TITLE[row.title]
    if "{" in exchange.path:
        fill_bucket(world, exchange.bucket)
    ids = ids_in(world, row.path)
    if row.code == 1003:
        _administrator(world).move(ids["order_uuid"], "set_error")
    return row.path.format(**ids)


@pytest.mark.parametrize("row", _CAUSED, ids=lambda row: f"{row.title}: {row.status} {row.code or ''}")
def test_an_error_is_answered_as_the_table_in_the_document_says(
    demo_world: World, row: DocumentedError
) -> None:
    path = _path(demo_world, row)
    body = _CAUSES[row.title, row.status, row.code](demo_world)
    before = _without_sessions(demo_world)

    answer = call_as_customer(demo_world, row.method, path, body)

    assert (answer.status, answer.json) == (row.status, row.body(_DETAILS.get((row.title, row.status))))
    assert list(answer.json) == list(row.body(_DETAILS.get((row.title, row.status))))
    assert _without_sessions(demo_world) == before


def _without_sessions(world: World) -> dict[tuple[str, str], dict[str, Any]]:
    return {key: item for key, item in world.records().items() if not key[0].startswith("SESSIONS")}


@pytest.mark.parametrize("row", _NO_CREDENTIALS, ids=lambda row: row.title)
def test_nobody_gets_in_without_credentials(quiet_world: World, row: DocumentedError) -> None:
    before = quiet_world.items()

    path = row.path.format(bucket_uuid=_NO_THING, order_uuid=_NO_THING)
    answer = quiet_world.call(row.method, path, _BY_TITLE[row.title].request() or NOTHING)

    assert (answer.status, answer.json) == (403, row.body())
    assert quiet_world.items() == before


def test_every_endpoint_of_every_error_table_is_tried() -> None:
    assert {(row.title, row.status, row.code) for row in _CAUSED} == set(_CAUSES)
    assert len(_NO_CREDENTIALS) == len(customer_api.EXCHANGES) - 1  # the product list needs none


def test_an_order_in_error_keeps_that_status(demo_world: World) -> None:
    fill_bucket(demo_world, [(TELEWIZOR, 1)])
    order = ids_in(demo_world, "{order_uuid}")["order_uuid"]
    _administrator(demo_world).move(order, "set_error")

    shown = call_as_customer(demo_world, "GET", f"/api/orders/{order}")

    assert shown.json[0]["status"] == ERROR


def test_the_document_can_be_played_from_its_first_line_to_its_last(demo_world: World) -> None:
    begun = demo_world.call("POST", "/api/login", {"username": "anakin", "password": "obiwansux"}).json
    token = begun["access"]

    def call(method: str, path: str, body: Any = NOTHING) -> Answer:
        return demo_world.call(method, path, body, token=token)

    played = []
    for exchange in customer_api.EXCHANGES:
        for line in call("GET", "/api/bucket").json["results"]:
            call("DELETE", f"/api/bucket/{line['bucket_uuid']}")
        for product, quantity in exchange.bucket:
            call("POST", "/api/bucket", {"quantity": quantity, "product": product})
        ids = {line["product"]: line["bucket_uuid"] for line in call("GET", "/api/bucket").json["results"]}
        named = {"bucket_uuid": ids.get(TELEWIZOR, "")}
        if "{order_uuid}" in exchange.path:
            named["order_uuid"] = call("POST", "/api/orders", {"payment": "cash"}).json["order_uuid"]
        body = NOTHING if exchange.request_body is None else exchange.request()
        played.append((exchange.title, call(exchange.method, exchange.url(**named), body).status))

    assert played == [(exchange.title, exchange.status) for exchange in customer_api.EXCHANGES]
    products = demo_world.call("GET", "/api/products").json["results"]
    left = {uuid: product["quantity"] for uuid, product in products.items()}
    assert left == {TELEWIZOR: 9 - 2, TELEFON: 7 - 6}  # of three orders, one was returned
