"""The requests whose capacity units are counted, on pages and records of realistic size.

Lists have 25 entries on a page, of 25 orders and of 300 products in five types, 60 of which a search finds;
buckets and orders have three lines, since the DynamoDB Local that counts takes ten actions a transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from chalicelib import times
from chalicelib.accounts.model import User
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.orders.model import Order
from chalicelib.shop.orders import store as shop_orders
from chalicelib.shop.orders.model import NEW, OrderLine, ShopOrder
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.table import keys, sequences
from chalicelib.table.counts import LIST_SHARDS
from chalicelib.table.items import CountItem, Item, StockItem
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.shop import PASSWORD, Administrator, Shop, Shopper
from tests.support.staff import PASSWORD as STAFF_PASSWORD
from tests.support.world import NOTHING, Answer, World

PAGE = 25
PRODUCTS = 300
LINES = 3
_NAMES = ("telewizor LED", "telefon", "radio", "lampa", "kabel")
_DESCRIPTION = "What a customer has to know about it, in a few sentences of plain text. " * 3


class Call(NamedTuple):
    """A request, ready to be sent."""

    method: str
    target: str
    body: Any = NOTHING
    token: str | None = None

    def send(self, world: World) -> Answer:
        return world.call(self.method, self.target, self.body, token=self.token)


@dataclass(frozen=True)
class Place:
    """A world with an organization's orders and a shop's products in it."""

    scene: Scene
    shop: Shop
    me: User
    orders: list[Order]
    products: list[Product]
    administrator: Administrator

    @property
    def world(self) -> World:
        """Where it is."""
        return self.scene.world

    def as_me(self, method: str, target: str, body: Any = NOTHING) -> Call:
        """A request of a member who has the order rights."""
        return Call(method, target, body, self.world.token(self.me.id))

    def in_organization(self, **fields: Any) -> dict[str, Any]:
        """A body that names the organization."""
        return {"organization": self.scene.organization.id, **fields}

    def shopper(self, lines: int = 0) -> Shopper:
        """A customer with so many lines in the bucket."""
        shopper = self.shop.shopper(first_name="Anakin", last_name="Skywalker", city="Mos Espa")
        for product in self.products[:lines]:
            assert shopper.add(product, 2).status == 200
        return shopper

    def ordered(self) -> tuple[Shopper, str]:
        """A customer, and an order of three lines."""
        shopper = self.shopper(LINES)
        return shopper, str(shopper.order().json["order_uuid"])


def furnish(world: World) -> Place:
    """Fill an empty world."""
    scene = Scene(world)
    rights = ("order_view", "order_create", "order_change", "order_delete")
    me, executors = scene.member(*rights), [scene.member("order_guru") for _ in range(5)]
    services = [scene.staff.service(scene.organization) for _ in range(5)]
    clients = [scene.staff.client(scene.organization) for _ in range(10)]
    orders = []
    for number in range(PAGE):
        world.clock.advance(seconds=1)
        related = {"executor": executors[number % 5], "service": services[number % 5]}
        client = clients[number % 10]
        orders.append(scene.order(creator=me, client=client, description=_DESCRIPTION, **related))
    shop = Shop(world, scene.staff)
    return Place(scene, shop, me, orders, _stock(world), shop.administrator())


def _stock(world: World) -> list[Product]:
    """Write products as creating them would have left them, a batch at a time."""
    made = []
    with Item.batch_write() as batch:
        for number in range(PRODUCTS):
            world.clock.advance(seconds=1)
            name = _NAMES[number % len(_NAMES)]
            product = Product(
                uuid=world.runtime.new_uuid(),
                name=f"{name} {number:03d}",
                description=_DESCRIPTION,
                price=12_999,
                product_type=name.partition(" ")[0],
                status="new",
                created_at=times.iso(world.clock.now),
            )
            made.append(product)
            batch.save(products.item_of(product))
            batch.save(StockItem(*keys.stock(product.uuid), available=1_000))
            for entry in products.search_entries(product).values():
                batch.save(entry)
        batch.save(CountItem(*keys.count("products", 0), total=PRODUCTS))
        for name in _NAMES:
            of_type = keys.count(f"products of type {name.partition(' ')[0]}", 0)
            batch.save(CountItem(*of_type, total=PRODUCTS // len(_NAMES)))
    return made


def _list_orders_of(place: Place, shopper: Shopper, count: int) -> None:
    """Write orders of a customer as placing them would have left them, but for the counts."""
    new_uuid, now = place.world.runtime.new_uuid, place.world.runtime.now
    with Item.batch_write() as batch:
        for _ in range(count):
            place.world.clock.advance(seconds=1)
            lines = [
                OrderLine(new_uuid(), product.uuid, 2, product.price) for product in place.products[:LINES]
            ]
            order = ShopOrder(new_uuid(), shopper.uuid, NEW, "card", now(), tuple(lines))
            batch.save(shop_orders.item_of(order))


def _sample(name: str) -> Callable[[Place], Call]:
    """Return a request of the contract tests', for an endpoint that asks for no credentials."""

    def call(place: Place) -> Call:
        endpoint, build = next(each for each in SAMPLES.items() if each[0].name == name)
        sample = build(place.scene, "nobody")
        return Call(endpoint.method, sample.target(endpoint), sample.body)

    return call


def _order(place: Place) -> Call:
    other = place.scene.another()  # so that the page of orders stays as it is
    member = other.member("order_create")
    body = other.draft(description=_DESCRIPTION)
    return Call("POST", "/orders/order-c/", body, place.world.token(member.id))


def _create_order(place: Place) -> Call:
    while sequences.keys_for("order"):  # no id is at hand
        assert _order(place).send(place.world).status == 201
    return _order(place)


def _create_first_order(place: Place) -> Call:
    while not sequences.keys_for("order"):
        assert _order(place).send(place.world).status == 201
    return _order(place)


def _sign_in(place: Place) -> Call:
    return Call("POST", "/users/auth/token/", {"email": place.me.email, "password": STAFF_PASSWORD})


def _change_order(place: Place, method: str, **fields: Any) -> Call:
    place.world.clock.advance(seconds=1)  # the lists go by the moment of the last change
    body = place.in_organization(description=_DESCRIPTION + "Changed.", **fields)
    return place.as_me(method, f"/orders/order-ud/{place.orders[0].id}/", body)


def _as(shopper: Shopper, method: str, target: str, body: Any = NOTHING) -> Call:
    return Call(method, target, body, shopper.token)


def _change_profile(place: Place) -> Call:
    shopper = place.shopper()
    body = {"username": shopper.customer.username, "email": shopper.customer.email, "city": "Gdańsk"}
    return _as(shopper, "PUT", f"/api/profile/{shopper.uuid}", body)


def _set_password(place: Place) -> Call:
    shopper = place.shopper()
    body = {
        "username": shopper.customer.username,
        "old_password": PASSWORD,
        "password": "another good one",
    }
    return _as(shopper, "PUT", f"/api/profile/{shopper.uuid}/setpassword", body)


def _log_in(place: Place) -> Call:
    return Call("POST", "/api/login", {"username": place.shop.customer().username, "password": PASSWORD})


def _refresh(place: Place) -> Call:
    token = place.world.token(place.shop.customer().uuid, audience=CUSTOMER_AUDIENCE, refresh=True)
    return Call("POST", "/api/token/refresh", {"refresh": token})


def _add_to_bucket(place: Place) -> Call:
    body = {"product": place.products[LINES - 1].uuid, "quantity": 2}
    return _as(place.shopper(LINES - 1), "POST", "/api/bucket", body)


def _line(place: Place, method: str, body: Any = NOTHING) -> Call:
    shopper = place.shopper(LINES)
    return _as(shopper, method, f"/api/bucket/{shopper.lines()[0]['bucket_uuid']}", body)


def _place_order(place: Place) -> Call:
    return _as(place.shopper(LINES), "POST", "/api/orders", {"payment": "card"})


def _of_order(place: Place, method: str, step: str = "") -> Call:
    shopper, order = place.ordered()
    return _as(shopper, method, f"/api/orders/{order}{step}")


def _list_my_orders(place: Place) -> Call:
    shopper = place.shopper()
    _list_orders_of(place, shopper, PAGE + 1)
    return _as(shopper, "GET", "/api/orders")


def _list_all_orders(place: Place) -> Call:
    _list_orders_of(place, place.shopper(), 2 * LIST_SHARDS * (PAGE + 1))  # no shard has less than a page
    return Call("GET", "/api/admin/orders", token=place.administrator.token)


def _set_paid(place: Place) -> Call:
    _, order = place.ordered()
    return Call("POST", f"/api/admin/orders/{order}/set_paid", {}, place.administrator.token)


CASES: dict[str, Callable[[Place], Call]] = {
    "sign-in-user": _sign_in,
    "create-order": _create_order,
    "create-order, first of a block of ids": _create_first_order,
    "list-orders": lambda place: place.as_me("GET", f"/orders/order-l/{place.scene.organization.id}/"),
    "list-created-orders": lambda place: place.as_me(
        "GET", f"/orders/order-creator-l/{place.scene.organization.id}/"
    ),
    "show-order": lambda place: place.as_me("GET", f"/orders/order-r/{place.orders[0].id}/"),
    "replace-order": lambda place: _change_order(place, "PUT", executor=place.orders[0].executor, done=True),
    "change-order": lambda place: _change_order(place, "PATCH"),
    "delete-order": lambda place: place.as_me(
        "DELETE", f"/orders/order-ud/{place.scene.order(creator=place.me).id}/", place.in_organization()
    ),
    "register-customer": _sample("register-customer"),
    "log-in-customer": _log_in,
    "refresh-customer": _refresh,
    "show-profile": lambda place: _as(place.shopper(), "GET", "/api/profile"),
    "change-profile": _change_profile,
    "set-password": _set_password,
    "list-products": lambda _: Call("GET", "/api/products"),
    "list-products, of a type": lambda _: Call("GET", "/api/products?type=radio"),
    "list-products, by name": lambda _: Call("GET", "/api/products?name=telewiz"),
    "show-product": lambda place: Call("GET", f"/api/products/{place.products[0].uuid}"),
    "list-bucket": lambda place: _as(place.shopper(LINES), "GET", "/api/bucket"),
    "add-to-bucket": _add_to_bucket,
    "change-bucket-line": lambda place: _line(place, "POST", {"quantity": 1}),
    "remove-bucket-line": lambda place: _line(place, "DELETE"),
    "place-order": _place_order,
    "show-my-order": lambda place: _of_order(place, "GET"),
    "list-my-orders": _list_my_orders,
    "cancel-order": lambda place: _of_order(place, "POST", "/set_canceled"),
    "admin-list-orders": _list_all_orders,
    "admin-set-paid": _set_paid,
}
"""By request: an endpoint's name, and behind a comma what is special."""
