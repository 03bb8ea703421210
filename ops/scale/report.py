"""What a simulation found, and how many requests a second each partition bears, as tables."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.web.endpoint import HASHING
from ops.costs import bill, units, workloads
from ops.costs.page import table
from ops.costs.units import Units
from ops.deploy.package import stages
from ops.scale import limits
from ops.scale.families import SHARED, family, without_index
from ops.scale.recorder import Place
from ops.scale.simulation import MOST_ORDERS, SEED, Shop

RATES = (10, 1_000, 100_000)
_ROWS, _ITEM_ROWS, _READ_ROWS = 8, 4, 3


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


def simulate(orders_a_minute: int, orders: int = MOST_ORDERS, seed: int = SEED) -> Simulated:
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
    """Return what the shop's workload asks of the account, the table and the stage, as a table."""
    production, counted = stages.load("production"), units.read()
    hashing = {request for request in workloads.SHOP if units.endpoint_of(request).memory == HASHING}
    lists = {request for request in workloads.SHOP if request.startswith("list-products")}
    needs: list[tuple[str, float, float]] = [
        (
            "requests: the stage's `requests_per_second`",
            sum(workloads.SHOP.values()),
            production.requests_per_second,
        ),
        ("requests: the account's, at API Gateway", sum(workloads.SHOP.values()), limits.GATEWAY_REQUESTS),
        ("product lists: `search_per_second`", _sum(lists), production.search_per_second),
        *(
            (f"`{request}`: `hashing_per_second`", workloads.SHOP[request], production.hashing_per_second)
            for request in sorted(hashing)
        ),
        ("functions at once: the account's", _functions(), limits.CONCURRENT_FUNCTIONS),
        ("read units: a new table's", _consumed(counted, "reads"), limits.NEW_TABLE_READS),
        ("read units: the table's", _consumed(counted, "reads"), limits.TABLE_UNITS),
        ("write units: a new table's", _consumed(counted, "writes"), limits.NEW_TABLE_WRITES),
        ("write units: the table's", _consumed(counted, "writes"), limits.TABLE_UNITS),
        *_reads_of_one_partition(counted),
    ]
    rows = []
    for name, each, limit in needs:
        asked = [each * rate / 60 for rate in RATES]
        rows.append([name, f"{limit:,}", *(_marked(_number(value), value > limit) for value in asked)])
    return table(("a second", "limit", *(f"{rate:,} orders a minute" for rate in RATES)), rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _sum(requests: Iterable[str]) -> float:
    return sum(workloads.SHOP[request] for request in requests)


def _functions() -> float:
    """Return how many function-seconds belong to an order: at a rate, so many run at once."""
    return sum(times * bill.milliseconds_of(request) / 1_000 for request, times in workloads.SHOP.items())


def _consumed(counted: Mapping[str, Units], what: str) -> float:
    return float(sum(times * getattr(counted[request], what) for request, times in workloads.SHOP.items()))


def _reads_of_one_partition(counted: Mapping[str, Units]) -> list[tuple[str, float, float]]:
    """Return what everybody reads: partitions of lists and counts, and a product on the first page."""
    read: Counter[str] = Counter()
    for request, times in workloads.SHOP.items():
        for place, taken in counted[request].partitions.items():
            if place.startswith("read ") and _is_read_by_everybody(place, request):
                read[place.removeprefix("read ")] += times * taken  # type: ignore[assignment]
    return [
        (f"read units: one partition, `{name}`", each, limits.PARTITION_READS)
        for name, each in read.most_common(_READ_ROWS)
    ]


def _is_read_by_everybody(place: str, request: str) -> bool:
    name = without_index(place.removeprefix("read "))
    on_first_page = name == "PRODUCT#uuid" and request == "list-products"
    return on_first_page or (name in SHARED and SHARED[name].by == "everybody")
