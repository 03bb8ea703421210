"""Keeps tests that share something dear on one worker, where `--dist loadgroup` asks for it.

By folder or file, not by xdist's own mark: xdist 3.8 writes that into the tests' ids, which pytest 9.2
ignores.
"""

from typing import Any

import pytest

_TOGETHER = {
    "tests/clients/test_python_": "a local start",
    "tests/clients/test_typescript.py": "a package, and a local start",
    "tests/contract/test_cold_start.py": "starts of functions",
    "tests/costs/test_scale.py": "simulations",
    "tests/costs/test_units.py": "DynamoDB Local, and a furnished world",
    "tests/deployed/": "packages, and an emulator",
    "tests/ops/test_packaging_archive.py": "packages, and an emulator",
    "tests/ops/test_chalice_local.py": "chalice local",
    "tests/ops/test_local_command.py": "local starts",
    "tests/ops/test_reference_page.py": "a local start with the reference",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Return a scheduler that hands out these groups as one piece of work each, and all others one by one."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return next((group for begin, group in _TOGETHER.items() if nodeid.startswith(begin)), nodeid)

    return Together(config, log)
