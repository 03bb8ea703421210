"""How many DynamoDB calls the shop's endpoints make, whatever there is in the table."""

from collections.abc import Iterator

import pytest

from chalicelib import times
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.table import keys
from chalicelib.table.items import CountItem, Item, StockItem
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.support.endpoints import ENDPOINTS
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.world import World

GET, QUERY, PUT, DELETE = "BatchGetItem", "Query", "PutItem", "DeleteItem"
TRANSACTION = "TransactWriteItems"

DOCUMENTED = {
    ENDPOINTS["show-profile"]: [GET],
    ENDPOINTS["change-profile"]: [GET, PUT],
    ENDPOINTS["set-password"]: [GET, TRANSACTION],
    ENDPOINTS["list-products"]: [QUERY, GET],
    ENDPOINTS["list-bucket"]: [GET],
    ENDPOINTS["add-to-bucket"]: [GET, TRANSACTION],
    ENDPOINTS["change-bucket-line"]: [GET, GET, TRANSACTION],  # the product, if the line is raised
    ENDPOINTS["remove-bucket-line"]: [GET, TRANSACTION],
    ENDPOINTS["place-order"]: [GET, TRANSACTION],
    ENDPOINTS["show-my-order"]: [GET],
    ENDPOINTS["cancel-order"]: [GET, TRANSACTION],
}
BESIDE = {
    ENDPOINTS["register-customer"]: [GET, TRANSACTION],
    ENDPOINTS["remove-profile"]: [GET, QUERY, TRANSACTION],
    ENDPOINTS["mail-customer-reset-code"]: [GET, GET, TRANSACTION],
    ENDPOINTS["reset-customer-password"]: [GET, GET, TRANSACTION],
    ENDPOINTS["log-out-customer"]: [GET, DELETE],
    ENDPOINTS["show-product"]: [GET],
    ENDPOINTS["list-my-orders"]: [GET, QUERY],
    ENDPOINTS["admin-create-product"]: [GET, TRANSACTION],
    ENDPOINTS["admin-show-product"]: [GET],
    ENDPOINTS["admin-replace-product"]: [GET, TRANSACTION],
    ENDPOINTS["admin-change-product"]: [GET, TRANSACTION],
    ENDPOINTS["admin-withdraw-product"]: [GET, TRANSACTION],
    ENDPOINTS["admin-set-stock"]: [GET, TRANSACTION],
    ENDPOINTS["admin-adjust-stock"]: [GET, TRANSACTION],
    ENDPOINTS["admin-list-products"]: [GET, QUERY, GET],
    ENDPOINTS["admin-list-orders"]: [GET, QUERY, QUERY, QUERY, QUERY],
    ENDPOINTS["admin-show-order"]: [GET],
    ENDPOINTS["admin-set-paid"]: [GET, TRANSACTION],
    ENDPOINTS["admin-set-error"]: [GET, TRANSACTION],
    ENDPOINTS["admin-list-customers"]: [GET, QUERY, QUERY, QUERY, QUERY],
    ENDPOINTS["admin-show-customer"]: [GET],
}
NAMED = "/api/products?name=tele"
SEARCHES = {
    "/api/products": [QUERY, GET],
    "/api/products?type=rtv": [QUERY, GET],
    NAMED: [QUERY, GET],
    f"{NAMED}&type=rtv": [QUERY, GET],
    "/api/products?page_size=100": [QUERY, GET, GET],
    f"{NAMED}&page_size=100": [QUERY, GET],
}


@pytest.mark.parametrize("endpoint", DOCUMENTED | BESIDE, ids=lambda endpoint: endpoint.name)
def test_a_request_makes_no_more_than_its_calls(shared_world: World, endpoint: Endpoint) -> None:
    scene = Scene(shared_world)
    visit = entitled(scene, endpoint)
    sample = SAMPLES[endpoint](visit.scene, visit.who)

    with scene.world.count_calls() as counter:
        answer = scene.world.call(
            endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers
        )

    assert answer.status == endpoint.status, answer.text
    assert len(counter.calls) <= len((DOCUMENTED | BESIDE)[endpoint]), counter.calls


def test_lowering_a_line_reads_no_product(shared_world: World) -> None:
    shop = Shop(shared_world)
    customer, product = shop.shopper(), shop.product()
    line = customer.line(product, 3)

    for quantity in (2, 0):
        with shared_world.count_calls() as counter:
            assert customer.change(line, quantity).status == 200
        assert counter.calls == [GET, TRANSACTION]


def test_no_documented_endpoint_makes_more_than_three_calls() -> None:
    assert max(map(len, [*DOCUMENTED.values(), *SEARCHES.values()])) == 3


@pytest.fixture(scope="module", params=[30, pytest.param(3_000, marks=pytest.mark.slow)])
def stocked_world(engine: Engine, request: pytest.FixtureRequest) -> Iterator[World]:
    """A list of so many products, all of which every search finds."""
    with World(engine) as world:
        _write(world, request.param)
        yield world


def _write(world: World, count: int) -> None:
    """Write products as creating them would have left them, a batch at a time."""
    with Item.batch_write() as batch:
        for number in range(count):
            world.clock.advance(seconds=1)
            product = Product(
                uuid=world.runtime.new_uuid(),
                name=f"telewizor {number}",
                description="LED TV",
                price=300_000,
                product_type="rtv",
                status="new",
                created_at=times.iso(world.clock.now),
            )
            batch.save(products.item_of(product))
            batch.save(StockItem(*keys.stock(product.uuid), available=number))
            for entry in products.search_entries(product).values():
                batch.save(entry)
        for name in ("products", "products of type rtv"):
            batch.save(CountItem(*keys.count(name, 0), total=count))


def test_a_search_makes_the_same_calls_among_thirty_products_and_among_three_thousand(
    stocked_world: World, request: pytest.FixtureRequest
) -> None:
    count = request.node.callspec.params["stocked_world"]
    made = {}
    for path in SEARCHES:
        with stocked_world.count_calls() as counter:
            answer = stocked_world.call("GET", path)
        made[path] = counter.calls
        size = int(path.partition("page_size=")[2] or 25)
        assert (answer.status, answer.json["count"]) == (200, count)
        assert len(answer.json["results"]) == min(size, count)
        quantities = [product["quantity"] for product in answer.json["results"].values()]
        assert quantities == list(range(min(size, count)))

    assert made == SEARCHES


@pytest.mark.parametrize(
    ("path", "calls"),
    [
        ("/api/products?name=nothing", [QUERY]),
        ("/api/products?name=nothing&page_size=100", [QUERY]),
        ("/api/products?type=nothing", [QUERY, GET]),
        ("/api/products?type=nothing&page_size=100", [QUERY, GET]),
    ],
)
def test_a_search_that_finds_nothing_costs_no_more(shared_world: World, path: str, calls: list[str]) -> None:
    with shared_world.count_calls() as counter:
        answer = shared_world.call("GET", path)

    assert (answer.status, answer.json["results"]) == (200, {})
    assert counter.calls == calls


def test_the_second_page_costs_what_the_first_did(stocked_world: World) -> None:
    following = stocked_world.call("GET", "/api/products?page_size=20").json["next"]

    with stocked_world.count_calls() as counter:
        answer = stocked_world.call("GET", following)

    assert counter.calls == SEARCHES["/api/products"]
    assert next(iter(answer.json["results"].values()))["quantity"] == 20
