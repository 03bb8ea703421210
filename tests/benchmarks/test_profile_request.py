"""The profile of a request, `benchmarks/profile_request.py`."""

import pytest

from benchmarks import profile_request
from tests.engines import dynamodb_local
from tests.engines.plugin import Engines


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("request_name", ["list-products, by name", "place-order"])
def test_it_prints_where_the_time_of_a_request_goes(
    engines: Engines, capsys: pytest.CaptureFixture[str], request_name: str
) -> None:
    engines.get(dynamodb_local.NAME)  # skips where there is none

    profile_request.main([request_name, "--times", "2", "--lines", "30"])

    assert "pipeline.py" in capsys.readouterr().out
