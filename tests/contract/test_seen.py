"""A run of the whole suite fails when a declared answer was never seen; a part of it does not."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]

_HALF = """
from tests.support.contract import SEEN, published

def test_half():
    SEEN.update(sorted(published().declared() - {lost})[{number}::2])
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a suite of two files, each of which sees half of what is declared but for what it loses."""

    def run(*arguments: str, lost: str = "set()") -> subprocess.CompletedProcess[str]:
        suite = tmp_path / "suite"
        suite.mkdir()
        for number in (0, 1):
            text = _HALF.format(lost=lost, number=number)
            (suite / f"test_{number}.py").write_text(text, encoding="utf-8")
        (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = suite\n", encoding="utf-8")
        plugin = ["-p", "tests.support.seen", "-p", "no:cacheprovider"]
        # Where coverage of this run is measured, that one must not take part: it has none of the sources.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SLIPCOVER_")}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *plugin, *arguments],
            cwd=tmp_path,
            env={**inherited, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_no_test_saw_fails_the_whole_suite_and_is_named(run: Run, workers: str) -> None:
    ran = run("-n", workers, "--dist", "loadfile", lost='{("showOrder", "200", "")}')

    told = ran.stdout.partition("declared answers that no test saw")[2].split()
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout + ran.stderr
    assert told[1:3] == ["showOrder", "200"]


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_several_workers_saw_counts_together(run: Run, workers: str) -> None:
    ran = run("-n", workers, "--dist", "loadfile")

    assert ran.returncode == pytest.ExitCode.OK, ran.stdout + ran.stderr
    assert "no test saw" not in ran.stdout


@pytest.mark.parametrize(
    "part", [("-k", "test_0"), ("suite/test_0.py",), ("--deselect", "suite/test_1.py"), ("-m", "not slow")]
)
def test_a_part_of_the_suite_need_not_see_everything(run: Run, part: tuple[str, ...]) -> None:
    ran = run("-n", "0", *part, lost='{("showOrder", "200", "")}')

    assert (ran.returncode, "no test saw" in ran.stdout) == (pytest.ExitCode.OK, False)


def test_a_part_of_the_suite_tells_what_it_did_not_see_when_asked(run: Run) -> None:
    ran = run("-n", "0", "--unseen", "suite/test_0.py")

    assert ran.returncode == pytest.ExitCode.OK
    assert "declared answers that no test saw" in ran.stdout
