"""`/api/admin/products…`: what is sold, and how it is described."""

from typing import Any
from urllib.parse import quote

import pytest

from ops.docs.exchanges.exchange import ANY_UUID
from tests.documents.difference import difference
from tests.shop.envelopes import assert_walks_both_ways, wrong_page_sizes
from tests.shop.refusals import NOT_FOUND, REQUIRED, invalid, told
from tests.support.books import assert_books_are_right
from tests.support.shop import Administrator, Shop

RADIO = {
    "name": "radio",
    "description": "Two bands",
    "price": "99.99",
    "product_type": "rtv",
    "status": "sales",
}
KEYS = ["uuid", "status", "name", "description", "price", "product_type", "quantity"]
ABSENT = ["00000000-0000-4000-8000-000000000000", "telewizor", "%23"]


def test_a_product_is_created_with_its_stock(shop: Shop, administrator: Administrator) -> None:
    answer = administrator.call("POST", "products", RADIO | {"quantity": 12})

    assert answer.status == 201
    assert difference({"uuid": ANY_UUID, **_in_order(RADIO, 12)}, answer.json) is None
    assert administrator.call("GET", f"products/{answer.json['uuid']}").json == answer.json
    assert shop.world.call("GET", f"/api/products/{answer.json['uuid']}").json == answer.json
    assert_books_are_right(shop.world)


def _in_order(product: dict[str, Any], quantity: int) -> dict[str, Any]:
    return {key: product[key] for key in KEYS[1:-1]} | {"quantity": quantity}


def test_a_product_without_a_quantity_is_sold_out(administrator: Administrator) -> None:
    assert administrator.call("POST", "products", RADIO).json["quantity"] == 0


def test_every_field_but_the_quantity_is_required(administrator: Administrator) -> None:
    answer = administrator.call("POST", "products", {})

    required = dict.fromkeys(RADIO, REQUIRED)
    assert told(answer) == invalid(**required)
    assert list(answer.json["details"]) == list(RADIO)


def test_every_wrong_field_is_named_at_once(shop: Shop, administrator: Administrator) -> None:
    wrong = {
        "name": "x" * 51,
        "description": 7,
        "price": "1.999",
        "product_type": " ",
        "status": "old",
        "quantity": -1,
    }
    before = shop.world.items()

    answer = administrator.call("POST", "products", wrong)

    assert told(answer) == invalid(
        name=["Ensure this field has no more than 50 characters."],
        description=["Not a valid string."],
        price=["Ensure that there are no more than 2 decimal places."],
        product_type=["This field may not be blank."],
        status=['"old" is not a valid choice.'],
        quantity=["Ensure this value is greater than or equal to 0."],
    )
    assert shop.world.items() == before


def test_a_put_replaces_the_description_and_leaves_the_stock(
    shop: Shop, administrator: Administrator
) -> None:
    product = shop.product(7)

    answer = administrator.call("PUT", f"products/{product.uuid}", RADIO | {"quantity": 99})

    assert told(answer) == (200, {"uuid": product.uuid, **_in_order(RADIO, 7)})
    assert list(answer.json) == KEYS
    assert administrator.call("GET", f"products/{product.uuid}") == answer
    assert told(administrator.call("PUT", f"products/{product.uuid}", {})) == invalid(
        **dict.fromkeys(RADIO, REQUIRED)
    )


@pytest.mark.parametrize("field", RADIO)
def test_a_patch_changes_one_field(shop: Shop, administrator: Administrator, field: str) -> None:
    product = shop.product(7)
    before = administrator.call("GET", f"products/{product.uuid}").json

    answer = administrator.call("PATCH", f"products/{product.uuid}", {field: RADIO[field]})

    assert told(answer) == (200, before | {field: RADIO[field]})
    assert administrator.call("GET", f"products/{product.uuid}") == answer


def test_a_patch_of_nothing_changes_nothing(shop: Shop, administrator: Administrator) -> None:
    product = shop.product(7)
    before = administrator.call("GET", f"products/{product.uuid}")

    assert administrator.call("PATCH", f"products/{product.uuid}", {}) == before
    assert administrator.call("PATCH", f"products/{product.uuid}") == before


def test_a_patch_is_checked_like_a_put(shop: Shop, administrator: Administrator) -> None:
    product = shop.product()

    answer = administrator.call("PATCH", f"products/{product.uuid}", {"status": None, "price": -1})

    assert told(answer) == invalid(
        price=["Ensure this value is greater than or equal to 0.00."], status=["This field may not be null."]
    )


@pytest.mark.parametrize("uuid", ABSENT)
def test_a_product_that_is_not_there_is_not_found(administrator: Administrator, uuid: str) -> None:
    calls = [("GET", ""), ("PUT", ""), ("PATCH", ""), ("DELETE", ""), ("PUT", "/stock"), ("POST", "/stock")]

    answers = [administrator.call(method, f"products/{uuid}{rest}", {}) for method, rest in calls]

    assert [told(answer) for answer in answers] == [NOT_FOUND] * len(calls)


def test_a_withdrawn_product_is_not_there_any_more(shop: Shop, administrator: Administrator) -> None:
    product = shop.product()

    answer = administrator.call("DELETE", f"products/{product.uuid}")

    assert told(answer) == (204, None)
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        assert told(administrator.call(method, f"products/{product.uuid}", RADIO)) == NOT_FOUND
    assert told(shop.world.call("GET", f"/api/products/{product.uuid}")) == NOT_FOUND
    assert_books_are_right(shop.world)


def test_a_withdrawn_product_is_kept_in_buckets_and_orders(shop: Shop, administrator: Administrator) -> None:
    product, customer = shop.product(), shop.shopper()
    order, line = customer.ordered(product, 2), customer.line(product, 3)

    administrator.withdraw(product)

    assert [held["bucket_uuid"] for held in customer.lines()] == [line]
    assert customer.show(order).json[1][0]["product"] == product.uuid
    assert_books_are_right(shop.world)


def test_the_list_is_the_public_one(shop: Shop, administrator: Administrator) -> None:
    kind = f"type {shop.staff.user().id}"
    for _ in range(3):
        shop.product(product_type=kind)

    answer = administrator.call("GET", f"products?type={quote(kind)}")

    public = shop.world.call("GET", f"/api/products?type={quote(kind)}")
    assert (answer.status, answer.text) == (public.status, public.text)
    path = f"/api/admin/products?type={quote(kind)}&page_size=2"
    assert_walks_both_ways(lambda *called: shop.world.call(*called, token=administrator.token), path, 2, 3)


def test_a_wrong_page_size_is_named(administrator: Administrator) -> None:
    wrong_page_sizes(administrator.call, "products")


@pytest.mark.parametrize(
    ("sent", "answered"),
    [("0.00", "0.00"), (0, "0.00"), (19.99, "19.99"), ("0.1", "0.10"), (1000, "1000.00"), ("999999.99",) * 2],
)
def test_a_price_is_exact_to_the_cent(administrator: Administrator, sent: Any, answered: str) -> None:
    assert administrator.call("POST", "products", RADIO | {"price": sent}).json["price"] == answered
