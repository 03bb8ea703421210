"""Many at the same product, bucket or order: nothing is sold twice, lost, or given back twice."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event

import pytest

from chalicelib.shop.products.model import Product
from tests.engines.engine import Engine
from tests.races.together import open_shop, together
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop, Shopper

pytestmark = pytest.mark.races

ALREADY_IN = (409, {"code": 1041, "message": "Product already in bucket"})
NOT_AVAILABLE = (409, {"code": 1042, "message": "Product not avaliable"})
NOT_ENOUGH = (409, {"code": 1043, "message": "not enough products in magazines"})
EMPTY = (409, {"code": 1083, "message": "bucket is empty"})
NOT_RETURNABLE = (
    409,
    {"code": 1003, "message": "only status `new`, `to_pay`, `paid` is avaliable to return"},
)
CANCELLED = (200, {"status": "OK", "message": "updated"})
ROUNDS = range(6)
MORE_THAN_THERE_IS = 60
MANY = 100  # rounds, of which most machines need a few


@pytest.fixture(params=[1, 2], ids=lambda seed: f"seed {seed}")
def shop(concurrent_engine: Engine, request: pytest.FixtureRequest) -> Iterator[Shop]:
    with open_shop(concurrent_engine, request.param) as opened:
        yield opened


def _buy_one_by_one(buyer: Shopper, product: Product) -> int:
    """Put in one more until there is no more, and return how many that were."""
    if buyer.add(product, 1).status != 200:
        return 0
    line = buyer.lines()[0]["bucket_uuid"]
    for quantity in range(2, MORE_THAN_THERE_IS):
        answer = buyer.change(line, quantity)
        if answer.status != 200:
            assert (answer.status, answer.json) == NOT_ENOUGH
            return quantity - 1
    return MORE_THAN_THERE_IS


def _raise_until(stopped: Event, buyer: Shopper) -> int:
    """Raise the buyer's line by one until others have seen enough, and return how many that were."""
    line, quantity = buyer.lines()[0]["bucket_uuid"], 1
    while not stopped.is_set():
        status = buyer.change(line, quantity + 1).status
        assert status in (200, 503)  # busy: nothing happened
        quantity += status == 200
    return quantity


def test_eight_buyers_empty_a_stock_of_fifty_and_not_one_more(shop: Shop) -> None:
    product, buyers = shop.product(50), [shop.shopper() for _ in range(8)]

    bought = together([partial(_buy_one_by_one, buyer, product) for buyer in buyers])

    assert sum(bought) == 50
    assert [sum(line["quantity"] for line in buyer.lines()) for buyer in buyers] == bought
    assert shop.left(product) == 0
    assert_books_are_right(shop.world)


def test_of_eight_who_want_ten_of_fifty_five_get_them(shop: Shop) -> None:
    for _ in ROUNDS:
        product, buyers = shop.product(50), [shop.shopper() for _ in range(8)]

        answers = together([partial(buyer.add, product, 10) for buyer in buyers])

        refused = [(answer.status, answer.json) for answer in answers if answer.status != 200]
        assert len(refused) == 3
        assert all(refusal in (NOT_AVAILABLE, NOT_ENOUGH) for refusal in refused)
        assert shop.left(product) == 0
    assert_books_are_right(shop.world)


def test_one_product_added_twice_at_once_is_one_line(shop: Shop) -> None:
    for _ in ROUNDS:
        product, customer = shop.product(10), shop.shopper()

        answers = together([partial(customer.add, product, 3)] * 3)

        assert sorted(answer.status for answer in answers) == [200, 409, 409]
        assert {(answer.status, str(answer.json)) for answer in answers if answer.status == 409} == {
            (409, str(ALREADY_IN[1]))
        }
        assert [line["quantity"] for line in customer.lines()] == [3]
        assert shop.left(product) == 7
    assert_books_are_right(shop.world)


def test_two_products_at_once_are_both_in_the_bucket(shop: Shop) -> None:
    for _ in ROUNDS:
        products, customer = [shop.product(), shop.product()], shop.shopper()

        answers = together([partial(customer.add, product) for product in products])

        assert [answer.status for answer in answers] == [200, 200]
        assert {line["product"] for line in customer.lines()} == {product.uuid for product in products}
    assert_books_are_right(shop.world)


def test_of_two_cancels_at_once_one_wins_and_restocks_once(shop: Shop) -> None:
    for _ in ROUNDS:
        product, customer = shop.product(10), shop.shopper()
        order = customer.ordered(product, 4)

        answers = together([partial(customer.cancel, order)] * 2)

        given = sorted(((answer.status, answer.json) for answer in answers), key=lambda pair: pair[0])
        assert given == [CANCELLED, NOT_RETURNABLE]
        assert shop.left(product) == 10
    assert_books_are_right(shop.world)


def test_of_two_orders_from_one_bucket_one_is_made(shop: Shop) -> None:
    for _ in ROUNDS:
        product, customer = shop.product(10), shop.shopper()
        customer.line(product, 4)

        answers = together([customer.order] * 2)

        placed, refused = sorted(answers, key=lambda answer: answer.status)
        assert (placed.status, placed.json["sum"]) == (200, "40.00")
        assert (refused.status, refused.json) == EMPTY
        assert customer.call("GET", "/api/orders").json["count"] == 1
        assert shop.left(product) == 6
    assert_books_are_right(shop.world)


def test_an_order_that_fails_and_is_cancelled_at_once_gives_back_once(shop: Shop) -> None:
    administrator = shop.administrator()
    for _ in ROUNDS:
        product, customer = shop.product(10), shop.shopper()
        order = customer.ordered(product, 4)

        answers = together([partial(customer.cancel, order), partial(administrator.move, order, "set_error")])

        assert sorted(answer.status for answer in answers) == [200, 409]
        assert shop.left(product) == 10
    assert_books_are_right(shop.world)


def test_an_order_paid_and_cancelled_at_once_ends_returned(shop: Shop) -> None:
    administrator = shop.administrator()
    for _ in ROUNDS:
        product, customer = shop.product(10), shop.shopper()
        order = customer.ordered(product, 4)

        paid, cancelled = together(
            [partial(administrator.move, order, "set_paid"), partial(customer.cancel, order)]
        )

        assert (cancelled.status, cancelled.json) == CANCELLED
        assert paid.status in (200, 409)
        assert customer.show(order).json[0]["status"] == "returned"
        assert shop.left(product) == 10
    assert_books_are_right(shop.world)


def test_stock_that_is_set_while_it_is_bought_adds_up(shop: Shop) -> None:
    product, buyers, administrator = shop.product(5), [shop.shopper() for _ in range(4)], shop.administrator()
    amounts = random.Random(7)
    sets = [amounts.randrange(20) for _ in range(10)]

    def administer() -> int:
        path = f"products/{product.uuid}/stock"
        answers = [administrator.call("PUT", path, {"quantity": quantity}) for quantity in sets]
        assert [answer.status for answer in answers] == [200] * len(sets)
        return 0

    actions: list[Callable[[], int]] = [partial(_buy_one_by_one, buyer, product) for buyer in buyers]
    together([administer, *actions])

    assert_books_are_right(shop.world)


def test_once_a_new_price_is_answered_no_line_is_raised_at_the_old_one(shop: Shop) -> None:
    product, administrator, enough = shop.product(10**6), shop.administrator(), Event()
    buyers = [shop.shopper() for _ in range(4)]
    for buyer in buyers:
        buyer.line(product)

    def administer() -> int:
        """Change the price until a few lines were seen to have been raised while one held."""
        raised = 0
        for number, watched in enumerate(buyers * MANY, start=2):
            price = f"{number}.00"
            assert administrator.call("PATCH", f"products/{product.uuid}", {"price": price}).status == 200
            before, after = watched.lines()[0], watched.lines()[0]
            if after["quantity"] > before["quantity"]:
                raised += 1
                assert after["value"] == price
            if raised == len(buyers):
                break
        return raised

    def administer_and_stop() -> int:
        try:
            return administer()
        finally:
            enough.set()

    raised, *_ = together([administer_and_stop, *(partial(_raise_until, enough, buyer) for buyer in buyers)])

    assert raised, "no line was raised while a price held"
    assert_books_are_right(shop.world)


def test_of_two_who_register_one_name_at_once_one_gets_it(shop: Shop) -> None:
    for number in ROUNDS:
        body = {"username": f"leia{number}", "email": f"leia{number}@shop.example", "password": "alderaan!"}

        answers = together([partial(shop.world.call, "POST", "/api/register", body)] * 2)

        made, refused = sorted(answers, key=lambda answer: answer.status)
        assert made.status == 201
        assert (refused.status, refused.json["message"]) == (400, "Validation error.")
    assert_books_are_right(shop.world)
