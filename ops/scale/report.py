"""What a simulation found, and how many requests a second each partition bears, as tables."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ops.costs import units
from ops.costs.page import table
from ops.costs.units import Units
from ops.scale import limits, needs
from ops.scale.families import SHARED, family, without_index
from ops.scale.recorder import Place
from ops.scale.simulation import MAX_ORDERS, SEED, Shop

RATES = (10, 1_000, 100_000)
_ROWS, _ITEM_ROWS = 8, 4


@dataclass(frozen=True)
class Simulated:
    """A shop after a simulation at a rate, which went on for so many seconds."""

    shop: Shop
    orders_a_minute: int
    seconds: int

    def hottest_partitions(self) -> dict[str, int]:
        """Return the most units within a second that a partition of each family took, largest first."""
        return _by_family(
            {place: max(seconds.values()) for place, seconds in self.shop.recorder.units.items()}
        )

    def hottest_items(self) -> dict[str, int]:
        """Return the most writes within a second that an item of each family took, largest first."""
        return _by_family(
            {place: max(seconds.values()) for place, seconds in self.shop.recorder.writes.items()}
        )

    def units_in_all(self) -> dict[str, int]:
        """Return the units that a partition of each family took in all."""
        return _by_family({place: seconds.total() for place, seconds in self.shop.recorder.units.items()})


def _by_family(counted: Mapping[Place, int]) -> dict[str, int]:
    most: dict[str, int] = {}
    for place, count in Counter(counted).most_common():
        name = " ".join(filter(None, (place.index, family(place.partition), place.sort)))
        most.setdefault(name, count)
    return most


def simulate(orders_a_minute: int, orders: int = MAX_ORDERS, seed: int = SEED) -> Simulated:
    """Simulate orders, for a second at least."""
    shop = Shop(seed)
    return Simulated(shop, orders_a_minute, shop.run(orders_a_minute, orders))


def partitions(simulated: Simulated) -> str:
    """Return the hottest partitions of a simulation as a table."""
    in_all, rows = simulated.units_in_all(), []
    for name, taken in list(simulated.hottest_partitions().items())[:_ROWS]:
        share = _marked(f"{taken / limits.PARTITION_WRITES:.0%}", taken > limits.PARTITION_WRITES)
        borne = simulated.orders_a_minute * limits.PARTITION_WRITES * simulated.seconds / in_all[name]
        rows.append(
            [f"`{name}`", str(taken), share, f"{borne:,.0f}" if without_index(name) in SHARED else ""]
        )
    return table(("partition", "units in a second", "of its limit", "bears orders a minute"), rows)


def items(simulated: Simulated) -> str:
    """Return the hottest items of a simulation as a table."""
    rows = []
    for name, written in list(simulated.hottest_items().items())[:_ITEM_ROWS]:
        at_once = written * limits.TRANSACTION_SECONDS
        rows.append([f"`{name}`", str(written), _marked(f"{at_once:.1f}", at_once > 1)])
    return table(("item", "writes in a second", "at once"), rows)


def _marked(text: str, over: bool) -> str:
    return f"**{text}**" if over else text


def requests() -> str:
    """Return what limits each counted request, by its hottest shared partition, as a table."""
    rows = [
        [f"`{request}`", *_narrowest(counted, "read"), *_narrowest(counted, "write")]
        for request, counted in units.read().items()
    ]
    return table(("request", "reads", "a second", "writes", "a second"), rows)


def _narrowest(counted: Units, what: str) -> tuple[str, str]:
    """Return the shared partition that bears the fewest of a request, and how many it does a second."""
    limit = limits.PARTITION_READS if what == "read" else limits.PARTITION_WRITES
    borne: dict[str, float] = {}
    for place, taken in counted.partitions.items():
        done, _, name = place.partition(" ")
        shared = SHARED.get(without_index(name))
        if done == what and shared is not None:
            borne[f"`{name}`"] = limit / taken * (shared.spread if what == "write" else 1)
    if not borne:
        return "none", ""
    narrowest = min(borne, key=lambda place: borne[place])
    return narrowest, f"{borne[narrowest]:,.0f}"


def sharing() -> str:
    """Return who shares which partition, as a table."""
    rows = [[f"`{name}`", shared.by, str(shared.spread)] for name, shared in SHARED.items()]
    return table(("partition", "shared by", "writes are spread over"), rows)


def account() -> str:
    """Return what the shop's workload asks of the account, the stage and the table, as a table."""
    rows = []
    for need in needs.of_the_shop():
        asked = [need.at(rate) for rate in RATES]
        cells = (_marked(_number(value), value > need.limit) for value in asked)
        rows.append([need.of, f"{need.limit:,}", *cells])
    return table(("a second", "limit", *(f"{rate:,} orders a minute" for rate in RATES)), rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
