"""The largest bucket that there is: fifty different products, which one order takes."""

from decimal import Decimal

from chalicelib.shop.bucket.model import MAX_BUCKET_LINES
from tests.shop.refusals import ALREADY_IN, FULL, NOT_AVAILABLE, NOT_ENOUGH, UPDATED, told
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop

PRICES = [10 * number + 9 for number in range(MAX_BUCKET_LINES - 1)] + [99_999_999]


def test_a_bucket_holds_fifty_products_whose_sum_is_exact_to_the_cent(shop: Shop) -> None:
    shop.world.engine.need_large_transactions()
    customer, products = shop.shopper(), [shop.product(100, price=price) for price in PRICES]
    for quantity, product in enumerate(products, start=1):
        assert customer.add(product, quantity).status == 200

    assert told(customer.add(shop.product(1))) == FULL
    assert told(customer.add(products[0])) == ALREADY_IN
    assert told(customer.add(shop.product(0))) == NOT_AVAILABLE
    assert told(customer.add(shop.product(1), 2)) == NOT_ENOUGH
    customer.remove(customer.lines()[-1]["bucket_uuid"])
    assert customer.add(products[-1], MAX_BUCKET_LINES).status == 200
    order = customer.order().json

    printed = [f"{Decimal(price) / 100:.2f}" for price in PRICES]
    total = sum(Decimal(price) * quantity for quantity, price in enumerate(printed, start=1))
    assert order["sum"] == str(total) == "50004029.75"
    assert [line["value"] for line in customer.show(order["order_uuid"]).json[1]] == printed
    assert told(customer.cancel(order["order_uuid"])) == UPDATED
    assert [shop.left(product) for product in products] == [100] * MAX_BUCKET_LINES
    assert_books_are_right(shop.world)
