"""The table of results in `benchmarks/README.md`."""

import json
from pathlib import Path

from benchmarks import results

PLACE = f"before\n{results.BEGIN}old\n{results.END}\nafter\n"


def test_the_table_has_the_measured_figures(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    measured = {
        "date": "2026-01-31",
        "machine": "two processors",
        "measured": "CPU ms",
        "implementations": ["this", "that"],
        "rows": {"GET order-r": [1.5, 12]},
    }
    file.write_text(json.dumps(measured), encoding="utf-8")

    assert results.filled(PLACE, file) == (
        f"before\n{results.BEGIN}\n2026-01-31, two processors.\n\n"
        "| CPU ms | this | that |\n| --- | ---: | ---: |\n| GET order-r | 1.5 | 12 |\n"
        f"\n{results.END}\nafter\n"
    )


def test_without_results_it_says_so(tmp_path: Path) -> None:
    assert "Nothing has been measured yet." in results.filled(PLACE, tmp_path / "none.json")


def test_the_table_is_up_to_date() -> None:
    text = results.PAGE.read_text(encoding="utf-8")

    assert text == results.filled(text), "run `.venv/bin/python -m benchmarks.results`"
