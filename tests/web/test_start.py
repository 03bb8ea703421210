"""Making an application has no effects of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.contract import NOTHING
from chalicelib.endpoints import load_all
from chalicelib.runtime import Runtime
from chalicelib.web.app import create_app
from chalicelib.web.endpoint import Endpoint

ROOT = Path(__file__).parents[2]


def test_making_applications_leaves_the_environment_alone() -> None:
    before = dict(os.environ)

    for _ in range(3):
        create_app()

    assert dict(os.environ) == before


class Asked(Exception):
    """The runtime was asked for."""


def _no_runtime() -> Runtime:
    raise Asked


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_a_function_makes_its_settings_and_its_client_while_it_starts(endpoint: Endpoint) -> None:
    if endpoint.uses == NOTHING:
        create_app(runtime=_no_runtime, serving=endpoint.reference)
        return
    with pytest.raises(Asked):
        create_app(runtime=_no_runtime, serving=endpoint.reference)


def test_a_start_looks_for_no_garbage_and_what_follows_does() -> None:
    program = (
        "import gc\n"
        "gc.set_threshold(5000)\n"  # enough to find app.py, and not to load what it imports
        "gc.collect()\n"
        "before = gc.get_stats()\n"
        "import app\n"
        "assert gc.get_stats() == before\n"
        "assert gc.isenabled() and gc.get_freeze_count() > 0\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={}, capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
