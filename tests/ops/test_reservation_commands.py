"""`manage.py show-holders` and `release-bucket`: who keeps stock from others, and how it is given back."""

from collections.abc import Callable

import pytest

from chalicelib import times
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.table import keys
from chalicelib.table.items import BucketItem, Item
from ops import CommandError
from ops.admin import reservations
from tests.support.books import assert_books_are_right
from tests.support.shop import PASSWORD, Shop, Shopper
from tests.support.world import World

NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def shop(world: World) -> Shop:
    return Shop(world)


def _rows(told: str) -> list[list[str]]:
    return [line.split() for line in told.splitlines()[1:-1]]


def test_shows_who_holds_most_and_since_when(shop: Shop) -> None:
    cheap, dear = shop.product(100, price=199), shop.product(100, price=100_000)
    small, large, nothing = shop.shopper(), shop.shopper(), shop.shopper()
    began = shop.world.runtime.now()
    small.line(dear, 2)
    shop.world.clock.advance(minutes=5)
    large.line(cheap, 7)
    raised = large.line(dear, 1)
    nothing.remove(nothing.line(cheap))
    later = shop.world.runtime.now()

    told = reservations.show(None, 20, shop.world.runtime)

    assert told.splitlines()[0].split() == ["customer", "pieces", "value", "reserved", "since", "username"]
    assert _rows(told) == [
        [large.uuid, "8", "1013.93", later, large.customer.username],
        [small.uuid, "2", "2000.00", began, small.customer.username],
    ]
    assert told.splitlines()[-1] == "pieces in buckets: 10, of 2 customers."

    shop.world.clock.advance(minutes=5)
    large.change(raised, 5)
    of_one = reservations.show(dear.uuid.upper(), 1, shop.world.runtime)

    assert _rows(of_one) == [
        [large.uuid, "5", "5000.00", shop.world.runtime.now(), large.customer.username],
    ]
    assert of_one.splitlines()[-1] == (
        f"pieces of product {dear.uuid} in buckets: 7, of 2 customers, 1 of whom are shown."
    )


def test_what_was_reserved_by_older_code_has_no_beginning(shop: Shop) -> None:
    shopper, product = shop.shopper(), shop.product()
    line = {"uuid": NOBODYS, "product": product.uuid, "quantity": 3, "price": 100}
    BucketItem(*keys.bucket(shopper.uuid), doc={product.uuid: line}, version=1).save()

    told = reservations.show(None, 20, shop.world.runtime)

    assert _rows(told) == [[shopper.uuid, "3", "3.00", "-", shopper.customer.username]]


def test_where_nothing_is_reserved_that_is_said(shop: Shop) -> None:
    product, runtime = shop.product(), shop.world.runtime
    shop.shopper().line(shop.product())

    assert reservations.show(product.uuid, 20, runtime) == f"nothing of product {product.uuid} is reserved."
    for named in (NOBODYS, "telewizor", ""):
        with pytest.raises(CommandError, match=f"there is no product {named}."):
            reservations.show(named, 20, runtime)


def test_an_empty_shop_has_no_holders(shop: Shop) -> None:
    assert reservations.show(None, 20, shop.world.runtime) == "nothing is reserved."


def test_a_long_walk_tells_how_far_it_is(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    with Item.batch_write() as batch:
        for number in range(1_001):
            shop.world.clock.advance(seconds=1)
            now = times.iso(shop.world.clock.now)
            customer = Customer(shop.world.runtime.new_uuid(), f"u{number}", f"u{number}@x.example", now)
            batch.save(customers.item_of(customer))

    assert reservations.show(None, 20, shop.world.runtime) == "nothing is reserved."
    assert capsys.readouterr().err == "500 customers …\n1000 customers …\n"


@pytest.mark.parametrize(
    "named",
    [
        lambda shopper: shopper.uuid.upper(),
        lambda shopper: shopper.customer.username.upper(),
        lambda shopper: shopper.customer.email.upper(),
    ],
    ids=["uuid", "username", "email"],
)
def test_gives_a_bucket_back_when_that_is_agreed_to(shop: Shop, named: Callable[[Shopper], str]) -> None:
    products, shopper, runtime = (
        [shop.product(10, price=150) for _ in range(3)],
        shop.shopper(),
        shop.world.runtime,
    )
    for product in products:
        shopper.line(product, 4)
    shopper.order()
    for product in products[:2]:
        shopper.line(product, 3)
    whose = f"the bucket of customer {shopper.uuid} ({shopper.customer.username})"
    before = shop.world.items()

    with pytest.raises(CommandError) as asked:
        reservations.release(named(shopper), False, runtime)
    assert str(asked.value) == f"this takes 6 pieces worth 9.00 out of {whose}; say --yes to do it."
    assert shop.world.items() == before

    done = reservations.release(named(shopper), True, runtime)

    assert done == f"6 pieces worth 9.00 from {whose} are back on stock."
    assert shopper.lines() == []
    assert [shop.left(product) for product in products] == [6, 6, 6]
    assert reservations.release(named(shopper), True, runtime) == f"{whose} is empty."
    assert [shop.left(product) for product in products] == [6, 6, 6]
    assert shopper.add(products[0]).status == 200
    assert_books_are_right(shop.world)


def test_a_full_bucket_is_given_back_in_one_step(shop: Shop) -> None:
    shop.world.engine.need_large_transactions()
    products, shopper = [shop.product(1) for _ in range(50)], shop.shopper()
    for product in products:
        assert shopper.add(product).status == 200

    reservations.release(shopper.uuid, True, shop.world.runtime)

    assert [shop.left(product) for product in products] == [1] * 50
    assert_books_are_right(shop.world)


def test_what_the_customer_does_meanwhile_is_given_back_as_well(shop: Shop) -> None:
    product, other, shopper = shop.product(10), shop.product(10), shop.shopper()
    shopper.line(product, 2)
    events = shop.world.events

    def put_in(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", put_in)
        assert shopper.add(other, 5).status == 200

    events.register("before-call.dynamodb.TransactWriteItems", put_in)
    done = reservations.release(shopper.uuid, True, shop.world.runtime)

    assert done.startswith("7 pieces")
    assert (shop.left(product), shop.left(other), shopper.lines()) == (10, 10, [])
    assert_books_are_right(shop.world)


def test_a_bucket_that_never_rests_is_left_alone(shop: Shop) -> None:
    product, shopper, busy = shop.product(100), shop.shopper(), []
    line = shopper.line(product)

    def change(**_: object) -> None:
        if not busy:
            busy.append(1)
            shopper.change(line, shopper.lines()[0]["quantity"] + 1)
            busy.clear()

    events = shop.world.events
    events.register("before-call.dynamodb.TransactWriteItems", change)
    try:
        with pytest.raises(CommandError, match="changes all the time; try again"):
            reservations.release(shopper.uuid, True, shop.world.runtime)
    finally:
        events.unregister("before-call.dynamodb.TransactWriteItems", change)
    assert shopper.lines()[0]["quantity"] > 1
    assert_books_are_right(shop.world)


@pytest.mark.parametrize("named", [NOBODYS, "nobody", "nobody@example.com", "", "x" * 3_000, "%00", "#"])
def test_a_customer_who_is_not_there_is_an_error(shop: Shop, named: str) -> None:
    shop.shopper()

    with pytest.raises(CommandError, match="there is no customer"):
        reservations.release(named, True, shop.world.runtime)


def test_a_closed_account_holds_nothing(shop: Shop) -> None:
    shopper = shop.shopper()
    shopper.line(shop.product())
    shopper.call("DELETE", f"/api/profile/{shopper.uuid}", {"password": PASSWORD})

    with pytest.raises(CommandError, match="has closed the account"):
        reservations.release(shopper.uuid, True, shop.world.runtime)


def test_a_name_of_two_customers_is_asked_about(shop: Shop) -> None:
    one = shop.customer(email="both@shop.example")
    two = shop.customer(username="both@shop.example")

    with pytest.raises(CommandError) as asked:
        reservations.release("both@shop.example", True, shop.world.runtime)

    assert one.uuid in str(asked.value)
    assert two.uuid in str(asked.value)
