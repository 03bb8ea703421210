"""Which partitions are hottest, by simulation, and the page that says so."""

import re
from functools import cache

import pytest

import manage
from chalicelib.table import keys
from ops.costs import units
from ops.scale import limits, needs, page, report
from ops.scale.families import SHARED, family, without_index
from ops.scale.recorder import Place
from ops.scale.simulation import Shop

pytestmark = pytest.mark.slow

WANTED_PRODUCT, ALL_ORDERS = "PRODUCT#uuid", {"gsi3 SHOPORDERS#shard", "gsi4 SHOPORDERS#new#shard"}
HOTTEST, TOO_HOT = {WANTED_PRODUCT, *ALL_ORDERS}, {WANTED_PRODUCT}
CONTENDED = {"PRODUCT#uuid STOCK", "COUNT#shop-orders#shard COUNT"}
UUID = "561f3505-018f-4352-bcda-c6d00092eea1"


simulated_at = cache(report.simulate)  # each takes seconds


def _over(simulated: report.Simulated) -> tuple[set[str], set[str]]:
    """Return the partitions above their limit, and the items whose transactions overlap."""
    partitions = {
        name for name, taken in simulated.hottest_partitions().items() if taken > limits.PARTITION_WRITES
    }
    at_once = 1 / limits.TRANSACTION_SECONDS
    items = {name for name, written in simulated.hottest_items().items() if written > at_once}
    return partitions, items


@pytest.mark.parametrize("orders_a_minute", [10, 1_000])
def test_no_partition_is_hotter_than_its_limit(orders_a_minute: int) -> None:
    assert _over(simulated_at(orders_a_minute)) == (set(), set())


def test_at_a_hundred_thousand_orders_a_minute_these_are_too_hot() -> None:
    simulated = simulated_at(100_000)

    assert _over(simulated) == (TOO_HOT, CONTENDED), "docs/scaling.md says what then: does it still?"
    hottest = list(simulated.hottest_partitions())
    assert set(hottest[: len(HOTTEST)]) == HOTTEST


def test_at_a_thousand_orders_a_minute_these_are_the_hottest() -> None:
    assert set(list(simulated_at(1_000).hottest_partitions())[:3]) == HOTTEST


def test_an_order_is_charged_to_the_partitions_of_its_lists() -> None:
    shop = Shop()
    shop.run(60, 1)

    of_index = {place.partition.partition("#")[0]: place for place in shop.recorder.units if place.index}
    assert {"CUSTOMER", "SHOPORDERS"} <= of_index.keys()
    [stored] = [place for place in shop.recorder.units if place.partition.startswith("SHOPORDER#")]
    assert stored == Place(None, stored.partition)


def test_the_same_seed_gives_the_same_figures() -> None:
    one, same, other = (report.simulate(1_000, 50, seed).hottest_partitions() for seed in (1, 1, 2))

    assert one == same != other


def test_a_partition_that_is_shared_is_one_of_the_table_s() -> None:
    partitions = [
        keys.failed_attempts_of_network("10.0.0.1", 7).pk,
        keys.failed_refreshes_of_network("10.0.0.1", 7).pk,
        keys.sequence("order").pk,
        keys.organization(1).pk,
        keys.orders_of_organization(1),
        keys.orders_created_by(1, 2),
        keys.orders_to_execute_in(1, 2),
        keys.orders_to_execute(2),
        keys.user(2).pk,
        keys.count("customers", 3).pk,
        keys.customers(3),
        keys.listed_products(),
        keys.listed_products_of_type("rtv"),
        keys.count("products", 0).pk,
        keys.count("products of type rtv", 0).pk,
        keys.search_entries("tele").pk,
        keys.stock(UUID).pk,
        keys.count("shop-orders", 15).pk,
        keys.shop_orders(0),
        *(keys.shop_orders_in(status, 0) for status in ("new", "to_pay", "paid", "returned", "error")),
    ]

    assert [family(partition) for partition in partitions] == list(SHARED)


def test_a_partition_that_is_not_shared_has_one_owner() -> None:
    counted = {
        without_index(place.partition(" ")[2])
        for request in units.read().values()
        for place in request.partitions
    }

    assert counted - SHARED.keys() <= {
        "COUNT#orders of uuid#shard",
        "CUSTOMER#uuid",
        "CUSTOMER#uuid#ORDERS",
        "CUSTOMER#uuid#ORDERS#new",
        "CUSTOMER#uuid#ORDERS#paid",
        "CUSTOMER#uuid#ORDERS#returned",
        "EMAIL#customer#email",
        "EMAIL#staff#email",
        "FAILURES#password#customer#account",
        "FAILURES#password#staff#account",
        "FAILURES#refresh#customer#account",
        "ORDER#id",
        "SESSIONS#customer#uuid",
        "SESSIONS#staff#id",
        "SHOPORDER#uuid",
        "USERNAME#username",
    }, "say in ops/scale/families.py who shares it, or here that it has one owner"


@pytest.mark.parametrize(
    ("orders_a_minute", "short"),
    [(10, set()), (1_000, {"product lists: `search_per_second`"})],
)
def test_a_new_account_has_what_it_takes_but_for_this(orders_a_minute: int, short: set[str]) -> None:
    over = {need.of for need in needs.of_the_shop() if need.at(orders_a_minute) > need.limit}

    assert over == short, "docs/scaling.md begins with what fits: does it still?"


def test_the_use_cases_of_the_page_name_functions_of_keys() -> None:
    section = (
        page.PAGE.read_text(encoding="utf-8").partition("## Use case by use case")[2].partition("\n## ")[0]
    )
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| ")][1:]

    named = {name for _, _, item, partition, *_ in rows for name in re.findall(r"`(\w+)", item + partition)}
    assert len(rows) > 10
    assert {name for name in named if not hasattr(keys, name)} == set()


def test_the_tables_of_the_page_are_up_to_date() -> None:
    text, made = page.PAGE.read_text(encoding="utf-8"), page.tables(map(simulated_at, report.RATES))

    assert text == page.filled(text, made), "run `.venv/bin/python manage.py simulate --write`"


def test_the_command_prints_a_simulation(capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["simulate", "--orders-a-minute", "60", "--orders", "20"]) == 0

    simulated = report.simulate(60, 20)
    assert capsys.readouterr().out == f"{report.partitions(simulated)}\n{report.items(simulated)}"
