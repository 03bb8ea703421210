"""Profiles one of the requests whose units are counted: where its CPU time goes, without what is around it.

    .venv/bin/python -m benchmarks.profile_request list-orders --times 200

Each is prepared before anything is measured, then handed to the application as Lambda does, against DynamoDB
Local. Times are those of this machine, under the profiler: compare, and don't quote them.
"""

import argparse
import cProfile
import json
import pstats
from urllib.parse import parse_qs, urlsplit

from ops.costs.units import endpoint_of
from ops.process import environment
from tests.engines.dynamodb_local import dynamodb_local
from tests.support.events import event
from tests.support.unit_cases import CASES, Call, furnish
from tests.support.world import NOTHING, World

_WARM_UP = 5


def main(arguments: list[str] | None = None) -> None:
    """Print what took the most time."""
    parser = argparse.ArgumentParser(description="Profile one counted request.")
    parser.add_argument("request", choices=CASES)
    parser.add_argument("--times", type=int, default=100, help="how many are sent (default: %(default)s)")
    parser.add_argument("--lines", type=int, default=40, help="how many are printed (default: %(default)s)")
    options = parser.parse_args(arguments)
    with dynamodb_local() as engine, environment(engine.variables()), World(engine) as world:
        place = furnish(world)
        calls = [CASES[options.request](place) for _ in range(_WARM_UP + options.times)]
        events = [_event(options.request, call) for call in calls]
        for sent in events[:_WARM_UP]:
            assert world.app(sent, None)["statusCode"] == endpoint_of(options.request).status
        with cProfile.Profile() as profile:
            for sent in events[_WARM_UP:]:
                world.app(sent, None)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(options.lines)


def _event(request: str, call: Call) -> dict[str, object]:
    endpoint, target = endpoint_of(request), urlsplit(call.target)
    parts = zip(endpoint.path.strip("/").split("/"), target.path.strip("/").split("/"), strict=True)
    parameters = {name.strip("{}"): value for name, value in parts if name.startswith("{")}
    headers = {"Host": "api.example.com", "Content-Type": "application/json"}
    if call.token is not None:
        headers["Authorization"] = f"Bearer {call.token}"
    body = None if call.body is NOTHING else json.dumps(call.body).encode()
    query = parse_qs(target.query) or None
    return event(endpoint, target.path, parameters=parameters, headers=headers, query=query, body=body)


if __name__ == "__main__":
    main()
