"""What the shop's workload asks for at a rate of orders, beside what there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from chalicelib.web.endpoint import HASHING
from ops.costs import bill, units, workloads
from ops.costs.units import Units
from ops.deploy.package import stages
from ops.scale import limits
from ops.scale.families import SHARED, without_index

_MAX_READ = 3


class Need(NamedTuple):
    """What is asked for with each order, and how much of it there is a second."""

    of: str
    each: float
    limit: float

    def at(self, orders_a_minute: float) -> float:
        """Return what is asked for a second."""
        return self.each * orders_a_minute / 60


def of_the_shop() -> Iterator[Need]:
    """Give what it needs of the stage's settings, the account's quotas, the table and its partitions."""
    production, counted, all_of_it = stages.load("production"), units.read(), _sum(workloads.SHOP)
    yield Need("requests: the stage's `requests_per_second`", all_of_it, production.requests_per_second)
    yield Need("requests: the account's, at API Gateway", all_of_it, limits.GATEWAY_REQUESTS)
    lists = _sum(request for request in workloads.SHOP if request.startswith("list-products"))
    yield Need("product lists: `search_per_second`", lists, production.search_per_second)
    for request, times in workloads.SHOP.items():
        if units.endpoint_of(request).memory == HASHING:
            yield Need(f"`{request}`: `hashing_per_second`", times, production.hashing_per_second)
    yield Need("functions at once: the account's", _function_seconds(), limits.CONCURRENT_FUNCTIONS)
    reads, writes = _consumed(counted, "reads"), _consumed(counted, "writes")
    yield Need("read units: a new table's", reads, limits.NEW_TABLE_READS)
    yield Need("read units: the table's", reads, limits.TABLE_UNITS)
    yield Need("write units: a new table's", writes, limits.NEW_TABLE_WRITES)
    yield Need("write units: the table's", writes, limits.TABLE_UNITS)
    for partition, taken in _most_read(counted):
        yield Need(f"read units: one partition, `{partition}`", taken, limits.PARTITION_READS)


def _sum(requests: Iterable[str]) -> float:
    return sum(workloads.SHOP[request] for request in requests)


def _function_seconds() -> float:
    """Return for how long functions work for an order: at so many orders a second, so many work at once."""
    return sum(times * bill.milliseconds_of(request) / 1_000 for request, times in workloads.SHOP.items())


def _consumed(counted: Mapping[str, Units], what: str) -> float:
    return float(sum(times * getattr(counted[request], what) for request, times in workloads.SHOP.items()))


def _most_read(counted: Mapping[str, Units]) -> list[tuple[str, float]]:
    """Return what everybody reads most: partitions of lists and counts, a product on the first page."""
    taken: defaultdict[str, float] = defaultdict(float)
    for request, times in workloads.SHOP.items():
        for place, each in counted[request].partitions.items():
            done, _, partition = place.partition(" ")
            if done == "read" and _is_read_by_everybody(partition, request):
                taken[partition] += times * each
    return sorted(taken.items(), key=lambda item: -item[1])[:_MAX_READ]


def _is_read_by_everybody(partition: str, request: str) -> bool:
    family = without_index(partition)
    on_first_page = family == "PRODUCT#uuid" and request == "list-products"
    return on_first_page or (family in SHARED and SHARED[family].by == "everybody")
