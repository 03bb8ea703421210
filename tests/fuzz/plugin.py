"""The pytest plugin that says how hard Schemathesis tries, and how many of its requests got somewhere."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.endpoints import load_all

LEAST_SUCCESSFUL = 1 / 3
_FEW = 12


@dataclass
class Fuzzing:
    """How hard to try, and what came of it.

    Attributes:
        examples: how many random requests each operation gets, besides those of its schema's bounds.
        seed: of everything random; printed, since it repeats a run.
        statuses: how often each status was answered.
        runs: how many tests counted their answers.
    """

    examples: int
    seed: int
    statuses: Counter[int] = field(default_factory=Counter)
    runs: int = 0

    def count(self, statuses: Counter[int], runs: int = 1) -> None:
        """Take over the answers of a run."""
        self.statuses.update(statuses)
        self.runs += runs

    @property
    def successful(self) -> int:
        """How many requests were more than refused."""
        return sum(number for status, number in self.statuses.items() if status < 300)

    @property
    def got_nowhere(self) -> bool:
        """Whether all operations were tried, and too many requests were refused to mean anything."""
        return self.runs > len(load_all()) and self.successful < LEAST_SUCCESSFUL * self.statuses.total()


_FUZZING = pytest.StashKey[Fuzzing]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-examples", type=int, default=_FEW, help="random requests per operation (default: %(default)s)"
    )
    parser.addoption(
        "--fuzz-seed", default="1", help="of everything random; `random` draws one (default: %(default)s)"
    )


def pytest_configure(config: pytest.Config) -> None:
    wanted = getattr(config, "workerinput", {}).get("fuzz_seed") or config.getoption("--fuzz-seed")
    seed = random.SystemRandom().randrange(2, 2**32) if wanted == "random" else int(wanted)
    config.stash[_FUZZING] = Fuzzing(config.getoption("--fuzz-examples"), seed)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give all workers of xdist the same seed."""
    node.workerinput["fuzz_seed"] = node.config.stash[_FUZZING].seed


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of xdist has counted."""
    statuses, runs = getattr(node, "workeroutput", {}).get("fuzzed", ([], 0))
    node.config.stash[_FUZZING].count(Counter(dict(statuses)), runs)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    fuzzing = session.config.stash[_FUZZING]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["fuzzed"] = (list(fuzzing.statuses.items()), fuzzing.runs)
    elif fuzzing.got_nowhere and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    fuzzing = config.stash[_FUZZING]
    if fuzzing.runs:
        terminalreporter.section("Schemathesis")
        made = f"{fuzzing.statuses.total()} requests with the seed {fuzzing.seed}"
        by_status = ", ".join(f"{status}: {number}" for status, number in sorted(fuzzing.statuses.items()))
        terminalreporter.write_line(f"{made}, {fuzzing.successful} of them successful ({by_status})")
        if fuzzing.got_nowhere:
            terminalreporter.write_line("FAILED: fewer than a third were successful")


@pytest.fixture
def fuzzing(pytestconfig: pytest.Config) -> Fuzzing:
    """How hard to try."""
    return pytestconfig.stash[_FUZZING]
