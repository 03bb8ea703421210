"""`GET /api/bucket`: the lines in the order in which they were put in, in pages."""

import json
from typing import Any

from tests.shop.envelopes import assert_walks_both_ways, wrong_page_sizes
from tests.shop.refusals import told
from tests.support.shop import Shop, Shopper


def test_an_empty_bucket_is_an_empty_list(customer: Shopper) -> None:
    empty: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}

    assert told(customer.call("GET", "/api/bucket")) == (200, empty)


def test_shows_each_line_with_its_price(shop: Shop, customer: Shopper) -> None:
    product = shop.product(price=1_999)
    line = customer.line(product, 2)

    answer = customer.call("GET", "/api/bucket")

    shown = {"quantity": 2, "product": product.uuid, "value": "19.99", "bucket_uuid": line}
    assert told(answer) == (200, {"count": 1, "next": None, "previous": None, "results": [shown]})
    assert list(answer.json["results"][0]) == list(shown)


def test_pages_lead_forward_and_back_over_every_line_once(shop: Shop, customer: Shopper) -> None:
    lines = [customer.line(shop.product()) for _ in range(7)]

    for size in (1, 2, 3, 7, 100):
        walked = assert_walks_both_ways(customer.call, f"/api/bucket?page_size={size}", size, 7)
        assert [line["bucket_uuid"] for line in walked] == lines


def test_a_page_has_twenty_five_lines_by_default(shop: Shop, customer: Shopper) -> None:
    for _ in range(26):
        customer.add(shop.product())

    answer = customer.call("GET", "/api/bucket").json

    assert (answer["count"], len(answer["results"])) == (26, 25)


def test_lines_that_are_removed_move_no_other_to_another_page(shop: Shop, customer: Shopper) -> None:
    lines = [customer.line(shop.product()) for _ in range(7)]

    page, seen = customer.call("GET", "/api/bucket?page_size=2").json, []
    while True:
        shown = [line["bucket_uuid"] for line in page["results"]]
        seen += shown
        for line in shown:
            customer.remove(line)
        if page["next"] is None:
            break
        page = customer.call("GET", page["next"]).json

    assert seen == lines
    assert customer.lines() == []


def test_a_line_that_is_put_in_after_the_last_ones_were_removed_comes_behind_their_pages(
    shop: Shop, customer: Shopper
) -> None:
    lines = [customer.line(shop.product()) for _ in range(4)]
    following = customer.call("GET", "/api/bucket?page_size=3").json["next"]
    for line in lines[2:]:
        customer.remove(line)

    added = customer.line(shop.product())
    page = customer.call("GET", following).json

    assert [line["bucket_uuid"] for line in page["results"]] == [added]
    back = customer.call("GET", page["previous"]).json
    assert [line["bucket_uuid"] for line in back["results"]] == lines[:2]


def test_lines_without_a_number_as_older_code_wrote_them_are_each_on_one_page(
    shop: Shop, customer: Shopper
) -> None:
    key = {"pk": {"S": f"CUSTOMER#{customer.uuid}"}, "sk": {"S": "BUCKET"}}
    products = [shop.product() for _ in range(5)]
    kept = [customer.line(product) for product in products]
    item = shop.world.request("GetItem", Key=key)["Item"]
    document = json.loads(item["doc"]["S"])
    for product in products[:4]:
        del document[product.uuid]["number"]
    shop.world.request("PutItem", Item=item | {"doc": {"S": json.dumps(document)}})

    walked = assert_walks_both_ways(customer.call, "/api/bucket?page_size=2", 2, 5)

    assert sorted(line["bucket_uuid"] for line in walked) == sorted(kept)
    assert walked[-1]["bucket_uuid"] == kept[-1]


def test_a_wrong_page_size_is_named(customer: Shopper) -> None:
    wrong_page_sizes(customer.call, "/api/bucket")
