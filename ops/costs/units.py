"""The counted units of requests, `benchmarks/units.json`: tests hold requests to them, the bill is made of
them.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint

FILE = Path(__file__).parents[2] / "benchmarks" / "units.json"
REFRESH = ".venv/bin/python -m pytest -n 0 tests/costs/test_units.py --write-units"


@dataclass(frozen=True)
class Units:
    """What a request consumes: read and write units, and how many of them are those of indexes.

    `partitions` has the most that one partition of a family takes of them, by what is done, the index (the
    table's has no name) and the family. The size of the answer is counted along, and held to nothing.
    """

    reads: float
    index_reads: float
    writes: int
    index_writes: int
    answer_bytes: int = field(default=0, compare=False)
    partitions: Mapping[str, float] = field(default_factory=dict)


def read(file: Path = FILE) -> dict[str, Units]:
    """Return the counted units by request: an endpoint's name, and behind a comma what is special."""
    counted: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return {request: Units(**units) for request, units in counted.items()}


def write(counted: Mapping[str, Units], file: Path = FILE) -> None:
    """Write counted units, two lines for each request."""
    lines = []
    for request, units in counted.items():
        figures = {**asdict(units), "partitions": dict(sorted(units.partitions.items()))}
        partitions = figures.pop("partitions")
        text = json.dumps(figures)[:-1]
        lines.append(f'  "{request}": {text},\n    "partitions": {json.dumps(partitions)}}}')
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def endpoint_of(request: str) -> Endpoint:
    """Return the endpoint that answers a request."""
    name = request.partition(",")[0]
    return next(endpoint for endpoint in load_all() if endpoint.name == name)
