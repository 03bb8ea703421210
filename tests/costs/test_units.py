"""How many capacity units each request consumes: `benchmarks/units.json` has the figures."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.endpoints import load_all
from ops.costs import units
from ops.costs.capacity import Charge, Index, charges
from ops.costs.units import Units
from ops.process import environment
from tests.engines import dynamodb_local
from tests.engines.plugin import Engines
from tests.support.unit_cases import CASES, Place, furnish
from tests.support.units import UnitCounter
from tests.support.world import World

DOCUMENTED = {
    "create-order", "list-orders", "list-created-orders", "show-order", "replace-order", "change-order",
    "delete-order", "show-profile", "change-profile", "set-password", "list-products", "list-bucket",
    "add-to-bucket", "change-bucket-line", "remove-bucket-line", "place-order", "show-my-order",
    "cancel-order",
}  # fmt: skip
PINNED = units.read() if units.FILE.exists() else {}


@pytest.fixture(scope="module")
def place(engines: Engines) -> Iterator[Place]:
    """A furnished world on DynamoDB Local, which counts reads as AWS does."""
    engine = engines.get(dynamodb_local.NAME)
    with environment(engine.variables()), World(engine) as world:
        yield furnish(world)


@pytest.fixture(scope="module")
def refreshed(pytestconfig: pytest.Config) -> Iterator[dict[str, Units] | None]:
    """With --write-units, what is counted now, written at the end; else None."""
    if not pytestconfig.getoption("--write-units"):
        yield None
        return
    counted: dict[str, Units] = {}
    yield counted
    both = {**PINNED, **counted}
    units.write({request: both[request] for request in CASES if request in both})


@pytest.mark.engine
@pytest.mark.parametrize("request_name", CASES)
def test_a_request_consumes_at_most_its_units(
    place: Place, refreshed: dict[str, Units] | None, request_name: str
) -> None:
    call = CASES[request_name](place)

    with UnitCounter(place.world) as counter:
        answer = call.send(place.world)

    assert answer.status == units.endpoint_of(request_name).status, answer.text
    counted = counter.units(answer)
    if refreshed is not None:
        refreshed[request_name] = counted
        return
    pinned = PINNED[request_name]
    assert counted.reads <= pinned.reads, "reads more than it did"
    assert counted.writes <= pinned.writes, f"writes more than it did: {counter.charges}"
    assert counted == pinned, f"has become cheaper, which the bill should know: {units.REFRESH}"


def test_every_endpoint_of_the_two_documents_is_counted() -> None:
    names = {endpoint.name for endpoint in load_all()}

    assert names >= DOCUMENTED
    assert {request.partition(",")[0] for request in PINNED} >= DOCUMENTED


def test_the_figures_are_those_of_the_requests_that_are_counted() -> None:
    assert list(PINNED) == list(CASES), f"run {units.REFRESH}"


INDEXED = {"gsi1pk": {"S": "list"}, "gsi1sk": {"S": "1"}, "gsi2pk": {"S": "other"}, "gsi2sk": {"S": "1"}}
SMALL = {"doc": {"S": "x"}, "version": {"N": "1"}, "done": {"BOOL": True}}
LARGE = {"doc": {"S": "x" * 2_500}, "version": {"N": "120"}, "holder": {"NULL": True}}
WRITES: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {
    "new": (None, SMALL),
    "new, in two lists": (None, SMALL | INDEXED),
    "new and large, in two lists": (None, LARGE | INDEXED),
    "changed": (SMALL | INDEXED, SMALL | INDEXED | {"version": {"N": "2"}}),
    "shrunk": (LARGE | INDEXED, SMALL | INDEXED),
    "grown": (SMALL | INDEXED, LARGE | INDEXED),
    "moved in one list": (SMALL | INDEXED, SMALL | INDEXED | {"gsi1sk": {"S": "2"}}),
    "moved to another list": (LARGE | INDEXED, LARGE | INDEXED | {"gsi2pk": {"S": "new"}}),
    "off the lists": (SMALL | INDEXED, SMALL),
    "on the lists": (SMALL, SMALL | INDEXED),
    "written again": (SMALL | INDEXED, SMALL | INDEXED),
    "deleted": (LARGE | INDEXED, None),
}


@pytest.mark.engine
@pytest.mark.parametrize("change", WRITES)
def test_a_single_write_is_charged_what_dynamodb_local_reports(place: Place, change: str) -> None:
    request = place.world.request
    key = {"pk": {"S": f"WRITE#{change}"}, "sk": {"S": "x"}}
    before, after = ({**key, **image} if image is not None else None for image in WRITES[change])
    if before is not None:
        request("PutItem", Item=before)

    if after is None:
        answer = request("DeleteItem", Key=key, ReturnConsumedCapacity="INDEXES")
    else:
        answer = request("PutItem", Item=after, ReturnConsumedCapacity="INDEXES")

    consumed = answer["ConsumedCapacity"]
    reported = {None: consumed["Table"]["CapacityUnits"]}
    for name, index in consumed.get("GlobalSecondaryIndexes", {}).items():
        reported[name] = index["CapacityUnits"]
    counted: dict[str | None, float] = {}
    for charge in charges(before, after, key, UnitCounter(place.world).indexes, in_transaction=False):
        counted[charge.index] = counted.get(charge.index, 0) + charge.units
    assert counted == reported


def test_a_transaction_doubles_the_table_and_not_the_indexes() -> None:
    index = Index("gsi1", "gsi1pk", "gsi1sk")
    key = {"pk": {"S": "A"}, "sk": {"S": "B"}}

    charged = list(charges(None, {**key, **LARGE, **INDEXED}, key, [index], in_transaction=True))

    assert charged == [Charge(None, "A", 6), Charge("gsi1", "list", 3)]


def test_an_index_that_keeps_some_attributes_is_charged_for_those_alone() -> None:
    described = {
        "IndexName": "gsi1",
        "KeySchema": [
            {"AttributeName": "gsi1pk", "KeyType": "HASH"},
            {"AttributeName": "gsi1sk", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["done"]},
    }
    key = {"pk": {"S": "A"}, "sk": {"S": "B"}}
    before = {**key, **LARGE, **INDEXED}

    rewritten = list(charges(before, {**before, **SMALL}, key, [Index.of(described)], in_transaction=False))
    unseen = list(
        charges(before, {**before, "doc": {"S": ""}}, key, [Index.of(described)], in_transaction=False)
    )

    assert rewritten == [Charge(None, "A", 3), Charge("gsi1", "list", 1)]
    assert unseen == [Charge(None, "A", 3)]
