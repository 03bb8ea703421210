"""The bill: what a request costs, and what a month of a workload does."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import HASHING
from ops.costs import prices
from ops.costs.units import Units, endpoint_of
from ops.deploy.package import alarms
from ops.deploy.package.stages import Stage

# Assumed, since only a deployment can tell; CloudWatch has the real ones.
MILLISECONDS = 40  # of a request: 1 to 4 ms of CPU at half a gigabyte's share of a processor, and the table
HASHING_MILLISECONDS = 400  # 600,000 rounds of PBKDF2 at a gigabyte's share
COLD_SHARE = 0.01  # of requests that a function has to start for
COLD_MILLISECONDS = 1_000  # of such a start, which is charged too
LOG_KILOBYTES = 1.0  # a request: API Gateway's line, the function's own, and Lambda's three
TRACED_SHARE = 0.05  # besides the first request in each second

DAYS = 30
SECONDS = DAYS * 24 * 3600
_GIGABYTE = 1024**3
_MEGABYTES, _KILOBYTES = 1024, 1024**2  # in a gigabyte


@dataclass(frozen=True)
class Cost:
    """Dollars, by what they are for."""

    gateway: float = 0.0
    functions: float = 0.0
    reads: float = 0.0
    writes: float = 0.0
    logs: float = 0.0
    traces: float = 0.0
    transfer: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return float(sum(astuple(self)))


def milliseconds_of(request: str) -> int:
    """Return how long the function of a request is assumed to work."""
    return HASHING_MILLISECONDS if endpoint_of(request).memory == HASHING else MILLISECONDS


def cost(requests: Mapping[str, float], counted: Mapping[str, Units]) -> Cost:
    """Return what so many requests of each kind cost within a month."""
    number = sum(requests.values())
    traced = min(number, SECONDS)
    traced += (number - traced) * TRACED_SHARE
    return Cost(
        gateway=_gateway(number),
        functions=sum(times * _function(request) for request, times in requests.items()),
        reads=_sum(requests, counted, "reads") * prices.TABLE_MILLION_READS / prices.MILLION,
        writes=_sum(requests, counted, "writes") * prices.TABLE_MILLION_WRITES / prices.MILLION,
        logs=number * LOG_KILOBYTES / _KILOBYTES * prices.LOG_GIGABYTE,
        traces=traced * prices.TRACE_MILLION / prices.MILLION,
        transfer=_sum(requests, counted, "answer_bytes") / _GIGABYTE * prices.TRANSFER_GIGABYTE,
    )


def million(request: str, counted: Mapping[str, Units]) -> Cost:
    """Return what a million requests of one kind cost, of a month that has more than a request a second."""
    return replace(cost({request: prices.MILLION}, counted), traces=TRACED_SHARE * prices.TRACE_MILLION)


def _sum(requests: Mapping[str, float], counted: Mapping[str, Units], what: str) -> float:
    return float(sum(times * getattr(counted[request], what) for request, times in requests.items()))


def _gateway(number: float) -> float:
    dollars, left = 0.0, number / prices.MILLION
    for millions, price in prices.GATEWAY_TIERS:
        dollars += min(left, millions) * price
        left -= min(left, millions)
    return dollars


def _function(request: str) -> float:
    milliseconds = milliseconds_of(request) + COLD_SHARE * COLD_MILLISECONDS
    gigabytes = endpoint_of(request).memory / _MEGABYTES
    working = gigabytes * milliseconds / 1_000 * prices.FUNCTION_GIGABYTE_SECOND
    return working + prices.FUNCTION_MILLION_REQUESTS / prices.MILLION


def alarms_of(stage: Stage) -> int:
    """Return how many alarms a stage has."""
    made = alarms.resources(load_all(), stage).values()
    return sum(resource["Type"] == "AWS::CloudWatch::Alarm" for resource in made)


def idle(stage: Stage) -> float:
    """Return what a month of a stage costs that nobody calls, without what is stored."""
    return alarms_of(stage) * prices.ALARM_MONTH + prices.SECRET_MONTH


def provisioned(megabytes: int) -> float:
    """Return what one provisioned instance costs a month, before it does anything."""
    return megabytes / _MEGABYTES * SECONDS * prices.PROVISIONED_GIGABYTE_SECOND


def busy_share_that_pays() -> float:
    """Return from which share of its time on a provisioned instance that works is the cheaper one."""
    saved = prices.FUNCTION_GIGABYTE_SECOND - prices.PROVISIONED_WORKING_GIGABYTE_SECOND
    return prices.PROVISIONED_GIGABYTE_SECOND / saved


def snapshot(megabytes: int) -> float:
    """Return what SnapStart's snapshot of one function costs a month."""
    return megabytes / _MEGABYTES * SECONDS * prices.SNAPSHOT_GIGABYTE_SECOND


def start(megabytes: int, *, snapshot: bool) -> float:
    """Return what a start of a function costs: all of it, or the restoring of its snapshot."""
    gigabytes = megabytes / _MEGABYTES
    if snapshot:
        return gigabytes * prices.SNAPSHOT_RESTORED_GIGABYTE
    return gigabytes * COLD_MILLISECONDS / 1_000 * prices.FUNCTION_GIGABYTE_SECOND
