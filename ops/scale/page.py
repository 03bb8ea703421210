"""The tables of `docs/scaling.md`, which is written by hand around them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from chalicelib.table.counts import COUNT_SHARDS, LIST_SHARDS
from chalicelib.table.sequences import BLOCK
from ops.costs.page import table
from ops.scale import limits, report
from ops.scale.report import Simulated

PAGE = Path(__file__).parents[2] / "docs" / "scaling.md"


def published() -> str:
    """Return the published limits, and the figures of the code that stand against them."""
    rows = [
        ["a partition of the table or of an index", f"{limits.PARTITION_WRITES:,} write units", "AWS"],
        ["", f"{limits.PARTITION_READS:,} read units", "AWS"],
        ["a new on-demand table", f"{limits.NEW_TABLE_WRITES:,} write units", "AWS"],
        ["", f"{limits.NEW_TABLE_READS:,} read units", "AWS"],
        ["any table", f"{limits.TABLE_UNITS:,} of each", "AWS; can be raised"],
        ["API Gateway", f"{limits.GATEWAY_REQUESTS:,} requests", "AWS; can be raised"],
        ["Lambda", f"{limits.CONCURRENT_FUNCTIONS:,} functions at once", "AWS; can be raised"],
        ["a list that all customers feed", f"{LIST_SHARDS} partitions", "`LIST_SHARDS`"],
        ["a count that all customers feed", f"{COUNT_SHARDS} partitions", "`COUNT_SHARDS`"],
        ["a sequence of ids", f"one write for {BLOCK} ids", "`BLOCK`"],
    ]
    return table(("a second", "limit", "by"), rows)


def quick_tables() -> dict[str, str]:
    """Return the tables that need no simulation, by the name of their place in the page."""
    return {
        "limits": published(),
        "account": report.account(),
        "requests": report.requests(),
        "sharing": report.sharing(),
    }


def tables(simulations: Iterable[Simulated]) -> dict[str, str]:
    """Return all tables."""
    found = {
        f"simulation of {each.orders_a_minute}": f"{report.partitions(each)}\n{report.items(each)}"
        for each in simulations
    }
    return quick_tables() | found


def filled(text: str, made: Mapping[str, str]) -> str:
    """Return the page with these tables in their places."""
    for name, content in made.items():
        begin, end = f"<!-- {name}: generated -->\n", "<!-- end -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        assert found, f"docs/scaling.md has no place for {name}"
        text = f"{before}{begin}\n{content}\n{end}{after}"
    return text


def write() -> None:
    """Write the tables into the page."""
    PAGE.write_text(
        filled(PAGE.read_text(encoding="utf-8"), tables(map(report.simulate, report.RATES))), encoding="utf-8"
    )
