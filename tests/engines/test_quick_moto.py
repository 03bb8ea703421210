"""What makes moto quick does not change what it answers."""

import json
import subprocess
import sys

import pytest

from tests.engines import plain_moto
from tests.engines.engine import Engine


@pytest.mark.slow
def test_moto_answers_every_kind_of_call_as_it_does_without_what_makes_it_quick(engine: Engine) -> None:
    if engine.concurrent:
        pytest.skip("only moto runs in this process")
    plain = subprocess.run(
        [sys.executable, "-m", plain_moto.__name__], stdout=subprocess.PIPE, check=True, timeout=60
    )

    assert plain_moto.answers() == json.loads(plain.stdout)
