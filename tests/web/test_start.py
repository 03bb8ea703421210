"""A deployment that can't work answers in the documented form, and says in its log what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.config import Settings
from chalicelib.runtime import Runtime
from chalicelib.web.app import create_app

ROOT = Path(__file__).parents[2]


def _broken() -> Runtime:
    return Runtime(Settings.from_environment({}))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/users/auth/token", {"detail": "Internal server error."}),
        ("/api/login", {"message": "Internal server error."}),
    ],
)
def test_without_its_settings_it_answers_500_in_the_surfaces_form(path: str, body: dict[str, str]) -> None:
    event = {
        "requestContext": {"httpMethod": "POST", "resourcePath": path},
        "headers": {},
        "pathParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": None,
    }

    answer = create_app(runtime=_broken)(event, None)

    assert (answer["statusCode"], json.loads(answer["body"])) == (500, body)


def test_making_applications_leaves_the_environment_alone() -> None:
    before = dict(os.environ)

    for _ in range(3):
        create_app()

    assert dict(os.environ) == before


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
