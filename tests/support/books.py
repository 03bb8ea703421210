"""The shop's books, added up from the raw items: an oracle that shares no code with `manage.py reconcile`."""

from collections import Counter, defaultdict
from typing import Any

from chalicelib.table.items import Item
from ops.admin import reconcile
from tests.support.world import World

_STATUSES = ("new", "to_pay", "paid", "returned", "error")
_BACK_ON_STOCK = ("returned", "error")


def assert_books_are_right(world: World) -> None:
    """Check that stock was neither lost nor made up, is nowhere negative, and that every count is right."""
    kinds: dict[str, list[Item]] = defaultdict(list)
    for raw in world.items().values():
        kinds[raw["kind"]["S"]].append(Item.from_raw_data(raw))

    assert _available(kinds) == _expected(kinds)
    assert all(quantity >= 0 for quantity in _available(kinds).values())
    assert _counted(kinds) == _in_lists(kinds)
    assert reconcile.check(world.runtime) == []


def _product_of(item: Item) -> str:
    return item.pk.partition("#")[2]


def _number(item: Item, name: str) -> int:
    return int(getattr(item, name) or 0)


def _available(kinds: dict[str, list[Item]]) -> dict[str, int]:
    return {_product_of(item): _number(item, "available") for item in kinds["stock"]}


def _expected(kinds: dict[str, list[Item]]) -> dict[str, int]:
    """Return received − in buckets − sold, by product."""
    left = {_product_of(item): 0 for item in kinds["stock"]}
    for change in kinds["stock-change"]:
        left[_product_of(change)] += change.doc["delta"]
    for bucket in kinds["bucket"]:
        for line in bucket.doc.values():
            left[line["product"]] -= line["quantity"]
    for order in kinds["shop-order"]:
        for line in order.doc["lines"] if order.doc["status"] not in _BACK_ON_STOCK else []:
            left[line["product"]] -= line["quantity"]
    return left


def _counted(kinds: dict[str, list[Item]]) -> dict[str, dict[str, int]]:
    """Return what is counted, shards added up, without zeros."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for count in kinds["count"]:
        for name in ("total", *_STATUSES):
            counted[count.pk.split("#")[1]][name] += _number(count, name)
    return _without_zeros(counted)


def _in_lists(kinds: dict[str, list[Item]]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    counted["customers"]["total"] = sum(not customer.doc["closed"] for customer in kinds["customer"])
    for order in kinds["shop-order"]:
        for name in ("shop-orders", f"orders of {order.doc['customer']}"):
            counted[name].update(["total", order.doc["status"]])
    for product in kinds["product"]:
        if not product.doc["withdrawn"]:
            for name in ("products", f"products of type {product.doc['product_type']}"):
                counted[name]["total"] += 1
    return _without_zeros(counted)


def _without_zeros(counted: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    kept = {name: {key: n for key, n in counter.items() if n} for name, counter in counted.items()}
    return {name: counter for name, counter in kept.items() if counter}


def shop_items(world: World) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the table without sessions and wrong tries, which come and go with signing in."""
    transient = ("SESSIONS#", "FAILURES#")
    return {key: item for key, item in world.items().items() if not key[0].startswith(transient)}
