"""The arithmetic of the bill, by hand; and the page that is made of it."""

from dataclasses import replace

import pytest

import manage
from ops.costs import bill, page, prices, units, workloads
from ops.costs.bill import Cost
from ops.costs.units import Units
from ops.deploy.package import stages

COUNTED = {
    "show-order": Units(reads=8.0, index_reads=0.0, writes=0, index_writes=0, answer_bytes=2**20),
    "place-order": Units(reads=2.0, index_reads=0.0, writes=16, index_writes=8, answer_bytes=0),
    "log-in-customer": Units(reads=4.0, index_reads=0.0, writes=4, index_writes=0, answer_bytes=0),
}


def _rounded(cost: Cost) -> Cost:
    return Cost(**{name: round(dollars, 4) for name, dollars in vars(cost).items()})


def test_a_million_reading_requests() -> None:
    cost = bill.million("show-order", COUNTED)

    assert _rounded(cost) == Cost(
        gateway=3.50,
        functions=round(0.20 + 0.5 * 0.050 * 13.3334, 4),  # 40 ms, and a hundredth of a second's start
        reads=1.00,
        writes=0.0,
        logs=round(1_000_000 / 1024**2 * 0.50, 4),
        traces=0.25,
        transfer=round(1_000_000 / 1024 * 0.09, 4),  # a megabyte each
    )
    assert cost.total == pytest.approx(sum(vars(cost).values()))


def test_writes_cost_five_times_what_reads_do() -> None:
    cost = bill.million("place-order", COUNTED)

    assert (round(cost.reads, 4), round(cost.writes, 4)) == (0.25, 10.00)


def test_hashing_a_password_takes_a_larger_function_for_longer() -> None:
    cost = bill.million("log-in-customer", COUNTED)

    assert round(cost.functions, 4) == round(0.20 + 1.0 * 0.410 * 13.3334, 4)


def test_a_month_is_the_sum_of_its_requests() -> None:
    month = bill.cost({"show-order": 3_000_000, "place-order": 1_000_000}, COUNTED)

    reading, placing = bill.million("show-order", COUNTED), bill.million("place-order", COUNTED)
    traced = bill.SECONDS + 0.05 * (4_000_000 - bill.SECONDS)
    expected = {name: 3 * vars(reading)[name] + vars(placing)[name] for name in vars(reading)} | {
        "traces": traced * 5.00 / 1_000_000
    }
    assert vars(month) == pytest.approx(expected)


def test_of_few_requests_each_is_traced() -> None:
    assert bill.cost({"show-order": 1_000}, COUNTED).traces == pytest.approx(0.005)


def test_api_gateway_becomes_cheaper_by_the_month_s_number() -> None:
    month = bill.cost({"show-order": 1_500_000_000}, COUNTED)

    assert month.gateway == pytest.approx(333 * 3.50 + 667 * 2.80 + 500 * 2.38)


def test_an_idle_stage_costs_its_alarms_and_its_secret() -> None:
    dev = stages.load("dev")

    assert bill.idle(dev) == pytest.approx(bill.alarms_of(dev) * 0.10 + 0.40)
    with_alarms = replace(dev, alarm_per_function=True)
    assert bill.alarms_of(with_alarms) == bill.alarms_of(dev) + len(bill.load_all())


def test_a_provisioned_instance_pays_from_the_share_at_which_both_cost_the_same() -> None:
    share = bill.busy_share_that_pays()

    provisioned = prices.PROVISIONED_GIGABYTE_SECOND + share * prices.PROVISIONED_WORKING_GIGABYTE_SECOND
    assert provisioned == pytest.approx(share * prices.FUNCTION_GIGABYTE_SECOND)
    assert bill.provisioned(512) == pytest.approx(bill.provisioned(1024) / 2)


def test_a_start_from_a_snapshot_costs_more_than_one_without() -> None:
    assert bill.start(512, snapshot=True) > bill.start(512, snapshot=False)
    assert bill.snapshot(512) == pytest.approx(0.5 * bill.SECONDS * prices.SNAPSHOT_GIGABYTE_SECOND)


def test_every_request_of_a_workload_is_counted() -> None:
    assert (workloads.SHOP | workloads.STAFF).keys() <= units.read().keys()


def test_a_table_is_markdown() -> None:
    assert page.table(("what", "dollars"), [["a", "1.00"]]) == (
        "| what | dollars |\n| --- | ---: |\n| a | 1.00 |\n"
    )


def test_the_page_of_costs_is_up_to_date() -> None:
    written = page.PAGE.read_text(encoding="utf-8")

    assert written == page.page(), "run `.venv/bin/python manage.py costs --write`"


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["costs"]) == 0

    assert capsys.readouterr().out == page.page()
