"""Takes the place of the table: counts the units that units of work write, second by second, by partition."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from chalicelib.runtime import Runtime
from chalicelib.table.items import Item
from chalicelib.table.unit_of_work import UnitOfWork
from ops.costs.capacity import Charge, Index, Raw, charges


def indexes() -> list[Index]:
    """Return the table's indexes, as the items declare them."""
    declared: Any = Item._get_schema()["global_secondary_indexes"]
    return [
        Index.of(
            {
                "IndexName": index["index_name"],
                "KeySchema": index["key_schema"],
                "Projection": index["projection"],
            }
        )
        for index in declared
    ]


@dataclass(frozen=True)
class Place:
    """What has a limit of its own: a partition of the table or of an index, or a single item (`sort`)."""

    index: str | None
    partition: str
    sort: str | None = None


class Recorder:
    """Counts what is written, by place and second. Conditions are taken to hold."""

    def __init__(self) -> None:
        self.second = 0
        self.units: defaultdict[Place, Counter[int]] = defaultdict(Counter)
        self.writes: defaultdict[Place, Counter[int]] = defaultdict(Counter)
        self._indexes = indexes()
        self._stored: dict[tuple[str, str], Raw] = {}

    def record(self, verb: str, item: Item, *, in_transaction: bool) -> None:
        """Count one write of a unit of work."""
        key = {"pk": {"S": item.pk}, "sk": {"S": item.sk}}
        before = self._stored.get((item.pk, item.sk))
        after = self._after(verb, item, before or key)
        for charge in charges(before, after, key, self._indexes, in_transaction=in_transaction):
            self._charge(charge)
        self.writes[Place(None, item.pk, item.sk)][self.second] += 1

    def _after(self, verb: str, item: Item, before: Raw) -> Raw | None:
        if verb == "put":
            after: Raw = item.serialize()
            self._stored[item.pk, item.sk] = after
            return after
        if verb == "delete":
            self._stored.pop((item.pk, item.sk), None)
            return None
        return before  # a check; or an update, which adds to small items that are in no list

    def _charge(self, charge: Charge) -> None:
        self.units[Place(charge.index, charge.partition)][self.second] += charge.units


class RecordedWork(UnitOfWork):
    """A unit of work that is committed into a recorder."""

    def __init__(self, runtime: Runtime, recorder: Recorder) -> None:
        super().__init__(runtime)
        self._recorder = recorder

    def commit(self) -> None:
        """Record the writes."""
        for write in self._writes:
            self._recorder.record(write.verb, write.item, in_transaction=len(self._writes) > 1)
