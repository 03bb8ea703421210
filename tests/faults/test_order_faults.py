"""The Orders API when DynamoDB fails: at every call of every write, in every way, once and for ever."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engines.engine import Engine
from tests.engines.faults import FOREVER, Fault, LostAfter, inject
from tests.faults.calls import KINDS
from tests.support.asking import Asker, asker
from tests.support.scene import Scene
from tests.support.world import Answer, World

BUSY = (503, {"detail": "Service temporarily unavailable, try again later."})


@dataclass(frozen=True)
class Write:
    """A write: how it is sent, the status of success, and of the same request when it took effect before."""

    name: str
    send: Callable[[Scene, Asker, int], Answer]
    success: int
    repeated: int


def _body(scene: Scene, **fields: Any) -> dict[str, Any]:
    return {"organization": scene.organization.id, **fields}


WRITES = (
    # An order is created twice when it is asked for twice: the client looks at the list before it repeats.
    Write(
        "create", lambda scene, me, _: me.post("/orders/order-c/", scene.draft(description="mine")), 201, 201
    ),
    Write(
        "replace",
        lambda scene, me, order: me.put(
            f"/orders/order-ud/{order}/", _body(scene, description="mine", executor=scene.executor.id)
        ),
        200,
        200,
    ),
    Write(
        "change",
        lambda scene, me, order: me.patch(f"/orders/order-ud/{order}/", _body(scene, description="mine")),
        200,
        200,
    ),
    Write("delete", lambda scene, me, order: me.delete(f"/orders/order-ud/{order}/", _body(scene)), 204, 403),
)


@pytest.fixture
def scene(engine: Engine) -> Iterator[Scene]:
    """An organization in a world in which a call is repeated once."""
    with World(engine, retries=1) as world:
        yield Scene(world)


@pytest.fixture(params=WRITES, ids=lambda write: write.name)
def write(request: pytest.FixtureRequest) -> Write:
    chosen: Write = request.param
    return chosen


def _faults(scene: Scene, me: Asker, write: Write, kind: type[Fault], times: int | None) -> Iterator[Fault]:
    write.send(scene, me, scene.order().id)  # takes the block of ids that those after it use
    order = scene.order().id
    with scene.world.count_calls() as counter:
        assert write.send(scene, me, order).status == write.success
    seen: Counter[str] = Counter()
    for operation in counter.calls:
        seen[operation] += 1
        if kind.possible is None or operation in kind.possible:
            yield kind(operation, nth=seen[operation], times=times)


def _mine(scene: Scene, me: Asker) -> int:
    """Return how many orders bear what the write wrote."""
    listed = me.get(f"/orders/order-l/{scene.organization.id}/").json
    return sum(order["description"] == "mine" for order in listed)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fault_that_passes_is_not_noticed_and_nothing_happens_twice(
    scene: Scene, write: Write, kind: type[Fault]
) -> None:
    me = asker(scene.world, scene.creator)
    for fault in _faults(scene, me, write, kind, 1):
        order, before = scene.order().id, _mine(scene, me)
        with inject(scene.world.events, fault):
            answer = write.send(scene, me, order)

        assert fault.injected == 1
        assert answer.status == write.success, answer.text
        assert _mine(scene, me) == before + (write.name != "delete")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fault_that_stays_is_a_503_and_the_request_can_be_repeated(
    scene: Scene, write: Write, kind: type[Fault]
) -> None:
    me = asker(scene.world, scene.creator)
    for fault in _faults(scene, me, write, kind, FOREVER):
        order, before = scene.order().id, scene.world.items()
        with inject(scene.world.events, fault):
            answer = write.send(scene, me, order)

        took_effect = scene.world.items() != before
        assert (answer.status, answer.json, answer.headers["retry-after"]) == (*BUSY, "1")
        assert kind is LostAfter or not took_effect
        again = write.send(scene, me, order)
        assert again.status in ({write.repeated, write.success} if took_effect else {write.success})
