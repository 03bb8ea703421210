"""The pytest plugin that tells which declared answers no test ever saw.

After the whole suite there must be none. `--unseen` lists them after any run.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import contract

_UNSEEN = pytest.StashKey[list[contract.Declared]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--unseen", action="store_true", help="list the declared answers that this run never saw"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of xdist has seen."""
    contract.SEEN.update(map(tuple, getattr(node, "workeroutput", {}).get("seen", [])))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["seen"] = sorted(contract.SEEN)
    elif config.option.unseen or _is_whole(session):
        config.stash[_UNSEEN] = sorted(contract.published().declared() - contract.SEEN)
        if config.stash[_UNSEEN] and _is_whole(session) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    unseen = config.stash.get(_UNSEEN, [])
    if unseen:
        terminalreporter.section("declared answers that no test saw")
        for answer in unseen:
            terminalreporter.write_line(" ".join(answer))


def _is_whole(session: pytest.Session) -> bool:
    """Tell whether every test of the suite was to run, and did."""
    option = session.config.option
    narrowed = [
        option.keyword,
        option.markexpr,
        option.deselect,
        option.ignore,
        option.ignore_glob,
        option.collectonly,
        getattr(option, "lf", False),
        getattr(option, "last_failed_no_failures", "all") == "none",
    ]
    everything = session.config.args_source == pytest.Config.ArgsSource.TESTPATHS
    return everything and not any(narrowed) and not session.shouldstop and not session.shouldfail
