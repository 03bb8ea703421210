"""Writes the table of results in `benchmarks/README.md` from `benchmarks/results.json`.

    .venv/bin/python -m benchmarks.results

The file has what was measured, when, where, and a row for each request with a figure for each implementation:

    {"date": "2026-01-31", "machine": "…", "measured": "milliseconds of CPU a request, median",
     "implementations": ["this project", "…"], "rows": {"GET order-r": [1.0, 2.0]}}
"""

import json
from pathlib import Path

from ops.costs.page import table

RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results: written by benchmarks/results.py -->\n", "<!-- end of results -->"
_NONE = "Nothing has been measured yet.\n"


def filled(text: str, results: Path = RESULTS) -> str:
    """Return the page with the results in their place."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    assert found, "the page has no place for results"
    return f"{before}{BEGIN}\n{_table(results)}\n{END}{after}"


def _table(results: Path) -> str:
    if not results.exists():
        return _NONE
    measured = json.loads(results.read_text(encoding="utf-8"))
    head = (f"{measured['measured']}", *measured["implementations"])
    rows = (
        [request, *(f"{figure:g}" for figure in figures)] for request, figures in measured["rows"].items()
    )
    return f"{measured['date']}, {measured['machine']}.\n\n{table(head, rows)}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
