"""Counts the capacity units that requests consume: reads as DynamoDB Local reports them, writes by the rules
of `ops.costs.capacity`, which says why.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from types import TracebackType
from typing import Any, Self

from chalicelib.table import meter
from ops.costs.capacity import KILOBYTE, Charge, Index, Raw, charges
from ops.costs.units import Units
from ops.item_size import size
from ops.scale.families import family
from tests.support.world import Answer, World

_READS = frozenset({"BatchGetItem", "Query"})
_WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem"})


@dataclass(frozen=True)
class _Write:
    """A write that is under way: the key that it writes, and what was stored there."""

    key: Raw
    before: Raw | None
    in_transaction: bool


class UnitCounter:
    """Counts, inside a `with` block, what an application's DynamoDB calls consume."""

    def __init__(self, world: World) -> None:
        self._table = world.runtime.settings.table_name
        self._events = world.events
        self._client: Any = world.engine.client()  # another one, whose calls are not counted
        described = self._client.describe_table(TableName=self._table)["Table"]
        self.indexes = [Index.of(index) for index in described["GlobalSecondaryIndexes"]]
        self._reads = self._index_reads = 0.0
        self._asked: Mapping[str, Any] = {}  # by a BatchGetItem that is under way
        self._queried: tuple[str, str] = ("", "")  # the index and the partition
        self._read_from: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._under_way: list[_Write] = []
        self.charges: list[Charge] = []

    def units(self, answer: Answer) -> Units:
        """Return what was counted of a request with this answer."""
        return Units(
            reads=self._reads,
            index_reads=self._index_reads,
            writes=sum(charge.units for charge in self.charges),
            index_writes=sum(charge.units for charge in self.charges if charge.index),
            answer_bytes=len(answer.text.encode()),
            partitions=self._by_family(),
        )

    def _by_family(self) -> dict[str, float]:
        """Return the most that one partition of each family takes."""
        of_partitions = defaultdict(
            float, {("read", *place): units for place, units in self._read_from.items()}
        )
        for charge in self.charges:
            of_partitions["write", charge.index or "", charge.partition] += charge.units
        most: dict[str, float] = {}
        for (what, index, partition), units in of_partitions.items():
            name = " ".join(filter(None, (what, index, family(partition))))
            most[name] = max(most.get(name, 0.0), units)
        return most

    def __enter__(self) -> Self:
        self._events.register_first("before-call.dynamodb", self._on_call)
        self._events.register_first("after-call.dynamodb", self._on_answer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.unregister("before-call.dynamodb", self._on_call)
        self._events.unregister("after-call.dynamodb", self._on_answer)

    def _on_call(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        asked = json.loads(params["body"])
        in_transaction = model.name == "TransactWriteItems"
        self._under_way = [
            _Write(key, self._stored(key), in_transaction) for key in _written(model.name, asked)
        ]
        self._asked = asked.get("RequestItems", {}).get(self._table, {"Keys": ()})
        if model.name == "Query":
            self._queried = asked.get("IndexName", ""), _partition(asked)
        params["body"] = json.dumps(asked | {"ReturnConsumedCapacity": "INDEXES"}).encode()

    def _on_answer(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        assert "Error" not in parsed, f"{model.name} failed, and was charged too: {parsed}"
        if model.name in _READS:
            self._count_reads(parsed)
        for write in self._under_way:
            after = self._stored(write.key)
            self.charges += charges(
                write.before, after, write.key, self.indexes, in_transaction=write.in_transaction
            )

    def _count_reads(self, parsed: dict[str, Any]) -> None:
        for entry in meter.consumed(parsed):
            self._reads += entry["CapacityUnits"]
            of_indexes = entry.get("GlobalSecondaryIndexes", {}).values()
            self._index_reads += sum(index["CapacityUnits"] for index in of_indexes)
            if not self._asked["Keys"]:
                self._read_from[self._queried] += entry["CapacityUnits"]
        each = 1 if self._asked.get("ConsistentRead") else 0.5
        found = {item["pk"]["S"] + item["sk"]["S"]: item for item in self._found(parsed)}
        for key in self._asked["Keys"]:
            item = found.get(key["pk"]["S"] + key["sk"]["S"])
            units = each * max(1, ceil(size(item or {}) / (4 * KILOBYTE)))
            self._read_from["", key["pk"]["S"]] += units
            if item is None:  # AWS charges for what is not there; DynamoDB Local does not
                self._reads += units

    def _found(self, parsed: dict[str, Any]) -> list[Raw]:
        found: list[Raw] = parsed.get("Responses", {}).get(self._table, [])
        return found

    def _stored(self, key: Raw) -> Raw | None:
        found: Raw | None = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get(
            "Item"
        )
        return found


def _written(operation: str, params: Mapping[str, Any]) -> Iterator[Raw]:
    """Give the key of each item that a call writes, or checks within a transaction."""
    if operation == "TransactWriteItems":
        for action in params["TransactItems"]:
            for what in action.values():
                yield _key(what)
    elif operation in _WRITES:
        yield _key(params)


def _key(what: Mapping[str, Any]) -> Raw:
    held = what.get("Item") or what["Key"]
    return {"pk": held["pk"], "sk": held["sk"]}


def _partition(params: Mapping[str, Any]) -> str:
    """Return the partition that a query reads."""
    named = re.match(r"\(?#\w+ = (:\w+)", params["KeyConditionExpression"])
    assert named is not None, params["KeyConditionExpression"]
    return str(params["ExpressionAttributeValues"][named[1]]["S"])
