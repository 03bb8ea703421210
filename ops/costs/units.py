"""The counted units of requests, `benchmarks/units.json`: tests hold requests to them, the bill is made of
them.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint

FILE = Path(__file__).parents[2] / "benchmarks" / "units.json"
REFRESH = ".venv/bin/python -m pytest -n 0 tests/costs/test_units.py --write-units"


@dataclass(frozen=True)
class Units:
    """What a request consumes: read and write units, and how many of them are those of indexes."""

    reads: float
    index_reads: float
    writes: int
    index_writes: int


def read(file: Path = FILE) -> dict[str, Units]:
    """Return the counted units by request: an endpoint's name, and behind a comma what is special."""
    counted: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return {request: Units(**units) for request, units in counted.items()}


def write(counted: Mapping[str, Units], file: Path = FILE) -> None:
    """Write counted units, a line for each request."""
    lines = [
        f"  {json.dumps(request, ensure_ascii=False)}: {json.dumps(asdict(units))}"
        for request, units in counted.items()
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def endpoint_of(request: str) -> Endpoint:
    """Return the endpoint that answers a request."""
    name = request.partition(",")[0]
    return next(endpoint for endpoint in load_all() if endpoint.name == name)
