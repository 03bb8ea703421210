"""Prints which code no test has run, above pytest's closing line, where SlipCover measures the run's workers.

SlipCover itself would print it after that line, which must stay the last for whoever reads a run's outcome.
"""

import json
import os
from pathlib import Path

import pytest
from slipcover import print_coverage

_WIDTH = 60  # of the column with the lines that are missing


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each file that is not covered whole, and a line for all of them."""
    folder = os.environ.get("SLIPCOVER_COVERAGE_DIR")
    if folder is None:
        return
    covered = json.loads(Path(folder, "merged.json").read_text(encoding="utf-8"))
    terminalreporter.section("coverage")
    print_coverage(covered, outfile=terminalreporter, missing_width=_WIDTH, skip_covered=True)
