"""One read is not of a single moment: of what another request wrote together, some items are visible late."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from chalicelib.table.keys import Key
from tests.engines.engine import Engine
from tests.support.world import World

GET, QUERY = "BatchGetItem", "Query"

_clients: dict[str, Any] = {}

Items = Mapping[tuple[str, str], dict[str, Any]]


class Read(NamedTuple):
    """How an item is read: by its key, or in a list."""

    operation: str
    key: Key


@contextmanager
def visible_late(world: World, write: Callable[[], Any], *late: str) -> Iterator[None]:
    """Have something written; the first read by key in the block finds some of it as it was before.

    Args:
        world: where it is.
        write: writes.
        late: texts that stand in the keys of what is found so, with a slash between partition and sort key.
    """
    before = world.items()
    write()
    changed = changed_keys(before, world.items())
    reads = {Read(GET, key) for key in changed if any(text in f"{key.pk}/{key.sk}" for text in late)}
    items = LateItems(world, before, reads)
    with items.reading():
        yield
    assert items.late != reads, f"nothing with {late} in its key was read"


def changed_keys(before: Items, after: Items) -> list[Key]:
    """Return the keys of what differs."""
    return [Key(*key) for key in sorted({*before, *after}) if before.get(key) != after.get(key)]


class LateItems:
    """Lets the first read of some items find them as they were before, all else as it is.

    Lists are read so until the request has waited to run again.

    Args:
        world: where they are.
        before: everything as it was.
        late: the reads that are too early.

    Attributes:
        late: the reads that are yet to come.
    """

    def __init__(self, world: World, before: Items, late: Collection[Read]) -> None:
        self.late = set(late)
        self._world, self._before, self._waits = world, before, len(world.waits)
        self._present: dict[Key, dict[str, Any] | None] = {}

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Have what is read in the block read so."""
        events = self._world.events
        events.register("before-call.dynamodb", self._on_call)
        events.register("after-call.dynamodb", self._on_answer)
        try:
            yield
        finally:
            events.unregister("before-call.dynamodb", self._on_call)
            events.unregister("after-call.dynamodb", self._on_answer)

    def _on_call(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        if model.name == GET:
            asked = {Read(GET, key) for key in requested(params)}
            reads = self.late & asked
            self.late -= reads
        elif model.name == QUERY and len(self._world.waits) == self._waits:
            reads = {read for read in self.late if read.operation == QUERY}
        else:
            return
        for _operation, key in reads:
            self._present[key] = self._put(key, self._before.get(key))

    def _on_answer(self, **_: Any) -> None:
        while self._present:
            self._put(*self._present.popitem())

    def _put(self, key: Key, item: dict[str, Any] | None) -> dict[str, Any] | None:
        """Put an item, or nothing, past what watches the application, and return what was there."""
        client, table = _client(self._world.engine), self._world.runtime.settings.table_name
        if item is None:
            place = {"pk": {"S": key.pk}, "sk": {"S": key.sk}}
            answer = client.delete_item(TableName=table, Key=place, ReturnValues="ALL_OLD")
        else:
            answer = client.put_item(TableName=table, Item=item, ReturnValues="ALL_OLD")
        found: dict[str, Any] | None = answer.get("Attributes")
        return found


def requested(params: dict[str, Any]) -> list[Key]:
    """Return the keys that a BatchGetItem about to be sent names."""
    (table,) = json.loads(params["body"])["RequestItems"].values()
    return [Key(key["pk"]["S"], key["sk"]["S"]) for key in table["Keys"]]


def _client(engine: Engine) -> Any:
    if engine.name not in _clients:
        _clients[engine.name] = engine.client()
    return _clients[engine.name]
