"""The shop and a plain model of it go through the same random days: equal answers, equal state."""

from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.engines.engine import Engine
from tests.models.shop_model import Goods, ShopModel, Told
from tests.support.books import assert_books_are_right
from tests.support.shop import Administrator, Shop, Shopper
from tests.support.world import Answer, World

PRICES = st.sampled_from(["0.00", "0.01", "9.99", "1000.00", "999999.99"])
ADMINISTRATION = st.sampled_from(["set", "adjust", "adjust", "reprice", "reprice", "withdraw"])
NOBODYS = "00000000-0000-4000-8000-000000000000"


def told(answer: Answer) -> Told:
    return answer.status, answer.json if answer.text else None


class ShopMachine(RuleBasedStateMachine):
    """Does each thing to the shop and to the model, and compares what they say."""

    products = Bundle("products")
    customers = Bundle("customers")
    orders = Bundle("orders")

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.world = World(engine).__enter__()
        self.shop, self.model = Shop(self.world), ShopModel()
        self.administrator: Administrator = self.shop.administrator()
        self.lines: dict[tuple[str, str], str] = {}

    @initialize(target=customers)
    def open(self) -> Any:
        return multiple(self._register(), self._register())

    def _register(self) -> Shopper:
        shopper = self.shop.shopper()
        self.model.buckets[shopper.uuid] = {}
        return shopper

    @precondition(lambda self: len(self.model.buckets) < 3)
    @rule(target=customers)
    def register(self) -> Shopper:
        return self._register()

    @initialize(target=products)
    def stock_up(self) -> Any:
        return multiple(self._create("9.99", 6), self._create("1000.00", 4))

    @rule(target=products, price=PRICES, quantity=st.integers(0, 6))
    def create_product(self, price: str, quantity: int) -> str:
        return self._create(price, quantity)

    def _create(self, price: str, quantity: int) -> str:
        self.world.clock.advance(seconds=1)
        name = f"product {len(self.model.products)}"
        body = {
            "name": name,
            "description": "",
            "price": price,
            "product_type": "rtv",
            "status": "new",
            "quantity": quantity,
        }
        answer = self.administrator.call("POST", "products", body)
        goods = Goods(answer.json["uuid"], name, price, quantity)
        self.model.products[goods.uuid] = goods
        assert told(answer) == (201, goods.shown_alone())
        return goods.uuid

    @rule(product=products, what=ADMINISTRATION, price=PRICES, number=st.integers(-4, 6))
    def administer(self, product: str, what: str, price: str, number: int) -> None:
        if what == "set":
            self._set_stock(product, abs(number))
        elif what == "adjust":
            self._adjust_stock(product, number)
        elif what == "reprice":
            self._reprice(product, price)
        else:
            self._withdraw(product)

    def _set_stock(self, product: str, quantity: int) -> None:
        answer = self.administrator.call("PUT", f"products/{product}/stock", {"quantity": quantity})
        assert told(answer) == self.model.stock(product, to=quantity)

    def _adjust_stock(self, product: str, by: int) -> None:
        body = {"adjust": by, "reason": "counted"}
        answer = self.administrator.call("POST", f"products/{product}/stock", body)
        assert told(answer) == self.model.stock(product, by=by)

    def _reprice(self, product: str, price: str) -> None:
        answer = self.administrator.call("PATCH", f"products/{product}", {"price": price})
        assert told(answer) == self.model.reprice(product, price)

    def _withdraw(self, product: str) -> None:
        answer = self.administrator.call("DELETE", f"products/{product}")
        assert answer.status == self.model.withdraw(product)

    @rule(
        customer=customers,
        product=st.one_of(products, products, st.just(NOBODYS)),
        quantity=st.integers(1, 4),
    )
    def add(self, customer: Shopper, product: str, quantity: int) -> None:
        self._add(customer, product, quantity)

    def _add(self, customer: Shopper, product: str, quantity: int) -> None:
        answer = customer.add(product, quantity)
        assert told(answer) == self.model.add(customer.uuid, product, quantity)
        if answer.status == 200:
            lines = {line["product"]: line["bucket_uuid"] for line in customer.lines()}
            self.lines[customer.uuid, product] = lines[product]

    def _line(self, customer: Shopper, product: str) -> str:
        return self.lines.get((customer.uuid, product), NOBODYS)

    @rule(customer=customers, product=products, quantity=st.integers(0, 5))
    def change(self, customer: Shopper, product: str, quantity: int) -> None:
        answer = customer.change(self._line(customer, product), quantity)
        assert told(answer) == self.model.change(customer.uuid, product, quantity)

    @rule(customer=customers, product=products)
    def remove(self, customer: Shopper, product: str) -> None:
        answer = customer.remove(self._line(customer, product))
        assert told(answer) == self.model.remove(customer.uuid, product)

    @rule(target=orders, customer=customers, payment=st.sampled_from(["cash", "CARD", "PayU"]))
    def order(self, customer: Shopper, payment: str) -> Any:
        return self._order(customer, payment)

    def _order(self, customer: Shopper, payment: str) -> Any:
        self.world.clock.advance(seconds=1)
        answer = customer.order(payment)
        uuid = answer.json.get("order_uuid", "")
        now = self.world.runtime.now()
        assert told(answer) == self.model.order(customer.uuid, payment, uuid, now)
        return uuid if answer.status == 200 else multiple()

    @rule(target=orders, customer=customers, product=products, quantity=st.integers(1, 3))
    def buy(self, customer: Shopper, product: str, quantity: int) -> Any:
        self._add(customer, product, quantity)
        return self._order(customer, "cash")

    @rule(customer=customers, order=orders)
    def cancel(self, customer: Shopper, order: str) -> None:
        assert told(customer.cancel(order)) == self.model.cancel(customer.uuid, order)

    @rule(order=orders, paid=st.booleans())
    def move(self, order: str, paid: bool) -> None:
        answer = self.administrator.move(order, "set_paid" if paid else "set_error")
        now = self.world.runtime.now()
        refused = self.model.set_paid(order, now) if paid else self.model.set_error(order)
        if refused is not None:
            assert told(answer) == refused
            return
        placed = self.model.orders[order]
        assert (answer.status, answer.json[0]) == (200, {**placed.shown(), "customer": placed.customer})

    @rule(customer=customers, status=st.sampled_from(["", "new", "to_pay", "paid", "returned", "error"]))
    def list_orders(self, customer: Shopper, status: str) -> None:
        self._list_orders(customer, status)

    def _list_orders(self, customer: Shopper, status: str) -> None:
        expected = self.model.orders_of(customer.uuid, status or None)
        answer = customer.call("GET", f"/api/orders?page_size=100&status={status}")
        assert told(answer) == (200, _enveloped(expected))

    def teardown(self) -> None:
        try:
            self._compare()
        finally:
            self.world.__exit__(None, None, None)

    def _compare(self) -> None:
        listed = self.world.call("GET", "/api/products?page_size=100").json
        assert listed == _enveloped(self.model.listed())
        assert list(listed["results"]) == list(self.model.listed())
        for uuid, bucket in self.model.buckets.items():
            customer = self.shop.signed_in(self.shop.registered(uuid))
            held = [(line["product"], line["quantity"], line["value"]) for line in customer.lines()]
            assert held == [(product, *line) for product, line in bucket.items()]
            self._list_orders(customer, "")
        left = {uuid: goods.left for uuid, goods in self.model.products.items()}
        assert {uuid: self._left(uuid) for uuid in left} == left
        assert_books_are_right(self.world)

    def _left(self, uuid: str) -> int:
        return int(self.world.items()[f"PRODUCT#{uuid}", "STOCK"]["available"]["N"])


def _enveloped(results: Any) -> dict[str, Any]:
    return {"count": len(results), "next": None, "previous": None, "results": results}


@pytest.mark.slow
def test_the_shop_does_what_the_model_does(engine: Engine) -> None:
    chosen = settings(
        max_examples=15,
        stateful_step_count=30,
        derandomize=True,
        deadline=None,
        # Shrinking a failure would take minutes; thirty steps can be read as they are.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    opened = cast(type[RuleBasedStateMachine], lambda: ShopMachine(engine))
    run_state_machine_as_test(opened, settings=chosen)
