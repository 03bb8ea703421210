"""The pytest plugin that says how hard Schemathesis tries, and how many of its requests got somewhere."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

LEAST_SUCCESSFUL = 1 / 3
_FEW = 12


@dataclass
class Fuzzing:
    """How hard to try, and what came of it.

    Attributes:
        examples: how many random requests each operation gets, besides those of its schema's bounds.
        seed: of everything random; printed, since it repeats a run.
        statuses: how often each status was answered.
    """

    examples: int
    seed: int
    statuses: Counter[int] = field(default_factory=Counter)

    def count(self, statuses: Counter[int]) -> None:
        """Take over the answers of a run."""
        self.statuses.update(statuses)

    def told(self) -> str:
        """Return what came of it, in a line."""
        made = self.statuses.total()
        successful = sum(number for status, number in self.statuses.items() if status < 300)
        return f"{made} requests with the seed {self.seed}, {successful} of them successful"

    def got_somewhere(self) -> bool:
        """Tell whether enough requests were more than refused."""
        successful = sum(number for status, number in self.statuses.items() if status < 300)
        return successful >= LEAST_SUCCESSFUL * self.statuses.total()


_FUZZING = pytest.StashKey[Fuzzing]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz-examples", type=int, default=_FEW, help="random requests per operation")
    parser.addoption("--fuzz-seed", type=int, help="repeat a run of Schemathesis")


def pytest_configure(config: pytest.Config) -> None:
    inherited = getattr(config, "workerinput", {}).get("fuzz_seed")
    seed = inherited or config.getoption("--fuzz-seed") or random.SystemRandom().randrange(1, 2**32)
    config.stash[_FUZZING] = Fuzzing(config.getoption("--fuzz-examples"), seed)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give all workers of xdist the same seed."""
    node.workerinput["fuzz_seed"] = node.config.stash[_FUZZING].seed


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of xdist has counted."""
    counted = getattr(node, "workeroutput", {}).get("fuzz_statuses", {})
    node.config.stash[_FUZZING].count(Counter({int(status): number for status, number in counted.items()}))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    fuzzing = session.config.stash[_FUZZING]
    if hasattr(session.config, "workeroutput"):
        counted = {str(status): number for status, number in fuzzing.statuses.items()}
        session.config.workeroutput["fuzz_statuses"] = counted
    elif not fuzzing.got_somewhere() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    fuzzing = config.stash[_FUZZING]
    if fuzzing.statuses:
        terminalreporter.section("Schemathesis")
        terminalreporter.write_line(f"{fuzzing.told()}; by status: {dict(sorted(fuzzing.statuses.items()))}")
        if not fuzzing.got_somewhere():
            terminalreporter.write_line("FAILED: fewer than a third were successful")


@pytest.fixture
def fuzzing(pytestconfig: pytest.Config) -> Fuzzing:
    """How hard to try."""
    return pytestconfig.stash[_FUZZING]
