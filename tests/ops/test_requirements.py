"""What is installed for running is enough for running."""

import subprocess
import sys
from importlib.metadata import packages_distributions

from packaging.utils import canonicalize_name

from ops.deploy.package.stages import ROOT
from tests.ops.requirements import locked

COMMANDS = ("ops.local.start", "ops.local.database", "ops.local.development", "chalice.cli")


def _of_development_alone() -> list[str]:
    """The names under which what requirements-dev.txt adds is imported."""
    development, run = (
        {found.name for found in locked(ROOT / f"requirements-{name}.txt")} for name in ("dev", "run")
    )
    return [
        name
        for name, owners in packages_distributions().items()
        if {canonicalize_name(owner) for owner in owners} <= development - run
    ]


def test_running_needs_nothing_that_only_development_has() -> None:
    absent = _of_development_alone()
    program = (
        f"import importlib, sys\nsys.modules.update(dict.fromkeys({absent}))\n"
        f"for name in {COMMANDS}:\n    importlib.import_module(name)\n"
        "from chalicelib.endpoints import load_all\nload_all()\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert {"pytest", "mypy", "PIL", "cfnlint"} <= set(absent)
    assert ran.returncode == 0, ran.stderr
