"""How many DynamoDB calls the shop's endpoints make, whatever there is in the table."""

from collections.abc import Iterator

import pytest

from chalicelib import routes, times
from chalicelib.contract import Route
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.table import keys
from chalicelib.table.items import CountItem, Item, StockItem
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.world import World

GET, QUERY, PUT, DELETE = "BatchGetItem", "Query", "PutItem", "DeleteItem"
TRANSACTION = "TransactWriteItems"

DOCUMENTED = {
    routes.SHOW_PROFILE: [GET],
    routes.CHANGE_PROFILE: [GET, PUT],
    routes.SET_PASSWORD: [GET, PUT],
    routes.LIST_PRODUCTS: [QUERY, GET],
    routes.LIST_BUCKET: [GET],
    routes.ADD_TO_BUCKET: [GET, TRANSACTION],
    routes.CHANGE_BUCKET_LINE: [GET, TRANSACTION],
    routes.REMOVE_BUCKET_LINE: [GET, TRANSACTION],
    routes.PLACE_ORDER: [GET, TRANSACTION],
    routes.SHOW_MY_ORDER: [GET],
    routes.CANCEL_ORDER: [GET, TRANSACTION],
}
BESIDE = {
    routes.REGISTER_CUSTOMER: [TRANSACTION],
    routes.LOG_OUT_CUSTOMER: [GET, DELETE],
    routes.SHOW_PRODUCT: [GET],
    routes.LIST_MY_ORDERS: [GET, QUERY],
    routes.ADMIN_CREATE_PRODUCT: [GET, TRANSACTION],
    routes.ADMIN_SHOW_PRODUCT: [GET],
    routes.ADMIN_REPLACE_PRODUCT: [GET, TRANSACTION],
    routes.ADMIN_CHANGE_PRODUCT: [GET, PUT],
    routes.ADMIN_WITHDRAW_PRODUCT: [GET, TRANSACTION],
    routes.ADMIN_SET_STOCK: [GET, TRANSACTION],
    routes.ADMIN_ADJUST_STOCK: [GET, TRANSACTION],
    routes.ADMIN_LIST_PRODUCTS: [GET, QUERY, GET],
    routes.ADMIN_LIST_ORDERS: [GET, QUERY, QUERY, QUERY, QUERY],
    routes.ADMIN_SHOW_ORDER: [GET],
    routes.ADMIN_SET_PAID: [GET, TRANSACTION],
    routes.ADMIN_SET_ERROR: [GET, TRANSACTION],
    routes.ADMIN_LIST_CUSTOMERS: [GET, QUERY, QUERY, QUERY, QUERY],
    routes.ADMIN_SHOW_CUSTOMER: [GET],
}
NAMED = "/api/products?name=tele"
SEARCHES = {
    "/api/products": [QUERY, GET],
    "/api/products?type=rtv": [QUERY, GET],
    NAMED: [QUERY, GET],
    f"{NAMED}&type=rtv": [QUERY, GET],
    "/api/products?page_size=100": [QUERY, GET, GET],
    f"{NAMED}&page_size=100": [QUERY, GET, GET],
    f"{NAMED}&page_size=50": [QUERY, GET],
}


@pytest.mark.parametrize("route", DOCUMENTED | BESIDE, ids=lambda route: route.name)
def test_a_request_makes_exactly_its_calls(shared_world: World, route: Route) -> None:
    scene = Scene(shared_world)
    visit = entitled(scene, route)
    sample = SAMPLES[route](visit.scene, visit.who)

    with scene.world.count_calls() as counter:
        answer = scene.world.call(route.method, sample.target(route), sample.body, headers=visit.headers)

    assert answer.status == route.success, answer.text
    assert counter.calls == (DOCUMENTED | BESIDE)[route]


def test_no_documented_endpoint_makes_more_than_three_calls() -> None:
    assert max(map(len, [*DOCUMENTED.values(), *SEARCHES.values()])) == 3


@pytest.fixture(scope="module", params=[30, 3_000])
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
