"""Throttling of whatever can be guessed or asked for too often (decision 0034).

An endpoint declares the limits that its attempts have to keep; the pipeline does the rest. The wait begins
with a second and doubles with each further attempt that counts. An attempt during the wait is rejected before
anything is looked at, and not counted.

Attempts that come at the same moment are all read before any is counted. Therefore each is decided in a
transaction that holds only while the counts allow one more: otherwise the request starts over, and meets the
wait. That goes for right ones as for wrong ones, so that a rejection tells nothing about the guess.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv6Address, ip_address
from typing import Protocol

from chalicelib.errors import Throttled
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import FailedAttemptsItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import Condition
from chalicelib.table.unit_of_work import Action, UnitOfWork, absent

PASSWORD, CODE, REFRESH = "password", "code", "refresh"

_HOUR = 3600
_DAY = 24 * _HOUR
_ACCOUNT_MEMORY = 30 * _DAY  # after such a silence, attempts are not in a row any more
_ACCOUNT_WIDE_FREE, _ACCOUNT_WIDE_WAIT = 50, 60  # so mild that a stranger can't shut an account
_IPV6_NETWORK_BITS = 64  # one subscriber has all addresses of such a network


@dataclass(frozen=True)
class FailedAttempts:
    """How many attempts count, and when the last was, in seconds since 1970.

    `known` says that the account's owner has signed in from this network.
    """

    failures: int = 0
    last_failure_at: int = 0
    expires_at: int = 0
    known: bool = False


NONE = FailedAttempts()
FAILED_ATTEMPTS = AttributeKind(
    "failed-attempts", FailedAttempts, failures=int, last_failure_at=int, expires_at=int, known=bool
)


class Counting(Enum):
    """Which attempts a limit counts."""

    IN_A_ROW = "failed ones; a right one ends them"
    FROM_NETWORK = "failed ones; a right one ends them, and makes the network one that is known"
    FAILED = "failed ones"
    ALL = "all"
    NONE = "none any more"


_ROWS = (Counting.IN_A_ROW, Counting.FROM_NETWORK)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A count of attempts, and how long it makes the next one wait.

    Attributes:
        key: of the count.
        free: how many attempts there are before the first wait.
        longest_wait: where the wait ends to grow, in seconds.
        memory: after how many seconds without an attempt the count is forgotten.
        counting: which attempts count.
        unless_known: a count by network; from a network that is known there, this limit makes nobody wait.
    """

    key: Key
    free: int
    longest_wait: int
    memory: int
    counting: Counting
    unless_known: Key | None = None


Limits = Sequence[Limit]


class Origin(Protocol):
    """Where an attempt comes from: a request."""

    @property
    def address(self) -> str:
        """The caller's IP address."""

    @property
    def runtime(self) -> Runtime:
        """Settings and clock."""


def of_network(origin: Origin, counting: Counting = Counting.FAILED) -> list[Limit]:
    """Return the limits of the caller's network: of this hour, and of the hour before, whose wait goes on."""
    return _of_hours(keys.failed_attempts_of_address, origin, counting)


def of_refreshing_network(origin: Origin) -> list[Limit]:
    """Return the limits for what is no refresh token: of their own, since nobody signs in with that."""
    return _of_hours(keys.failed_refreshes_of_address, origin, Counting.FAILED)


def _of_hours(key: Callable[[str, int], Key], origin: Origin, counting: Counting) -> list[Limit]:
    settings, hour = origin.runtime.settings, origin.runtime.epoch() // _HOUR
    network = network_of(origin.address)
    return [
        Limit(
            key=key(network, hour - past),
            free=settings.address_tries,
            longest_wait=settings.longest_wait_seconds,
            memory=2 * _HOUR,
            counting=Counting.NONE if past else counting,
        )
        for past in (0, 1)
    ]


def of_account(origin: Origin, action: str, audience: str, account: str) -> list[Limit]:
    """Return the limits of an account (any text that stands for it).

    Attempts from one network wait long. All together wait shortly, and only who comes from a network that the
    owner never signed in from: whoever fails on purpose keeps out nobody but others in the same network.
    """
    settings = origin.runtime.settings
    from_network = keys.failed_attempts_from(network_of(origin.address), action, audience, account)
    return [
        Limit(
            key=from_network,
            free=settings.account_tries,
            longest_wait=settings.longest_wait_seconds,
            memory=_ACCOUNT_MEMORY,
            counting=Counting.FROM_NETWORK,
        ),
        Limit(
            key=keys.failed_attempts_of_account(action, audience, account),
            free=max(_ACCOUNT_WIDE_FREE, settings.account_tries),
            longest_wait=min(_ACCOUNT_WIDE_WAIT, settings.longest_wait_seconds),
            memory=_ACCOUNT_MEMORY,
            counting=Counting.IN_A_ROW,
            unless_known=from_network,
        ),
    ]


def of_address(origin: Origin, audience: str, email: str) -> list[Limit]:
    """Return the limit of a network's attempts at the codes that are mailed to an address."""
    address = keys.mail_address(email)
    return [
        Limit(
            key=keys.failed_attempts_from(network_of(origin.address), CODE, audience, address),
            free=origin.runtime.settings.account_tries,
            longest_wait=origin.runtime.settings.longest_wait_seconds,
            memory=_DAY,
            counting=Counting.IN_A_ROW,
        )
    ]


def of_session(origin: Origin, audience: str, owner: str, session_id: int) -> list[Limit]:
    """Return the limit of a session's refresh tokens that are not good any more."""
    return [
        Limit(
            key=keys.failed_attempts_of_account(REFRESH, audience, f"{owner} {session_id}"),
            free=origin.runtime.settings.account_tries,
            longest_wait=origin.runtime.settings.longest_wait_seconds,
            memory=_DAY,
            counting=Counting.FAILED,
        )
    ]


def forget(work: UnitOfWork, origin: Origin, action: str, audience: str, account: str) -> None:
    """Forget the failed attempts at an account that came from the caller's network."""
    work.delete(keys.failed_attempts_from(network_of(origin.address), action, audience, account))


def network_of(address: str) -> str:
    """Return what stands for the network of an address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    host_bits = 128 - _IPV6_NETWORK_BITS
    return str(IPv6Address(int(parsed) >> host_bits << host_bits))


def ensure_not_throttled(limits: Limits, preloaded: Preloaded, runtime: Runtime) -> None:
    """Reject an attempt that comes too early, from what was read of the limits' counts.

    Raises:
        Throttled: one of them makes it wait.
    """
    left = max((_wait_left(limit, preloaded, runtime) for limit in limits), default=0)
    if left > 0:
        raise Throttled(left)


def _wait_left(limit: Limit, preloaded: Preloaded, runtime: Runtime) -> int:
    attempts = _attempts(preloaded, limit.key, runtime)
    if attempts.failures < limit.free or _is_exempt(limit, preloaded, runtime):
        return 0
    # The shift ends where it would exceed every wait: a count may be large.
    wait = min(limit.longest_wait, 1 << min(attempts.failures - limit.free, 32))
    return attempts.last_failure_at + wait - runtime.epoch()


def record(
    work: UnitOfWork,
    limits: Limits,
    preloaded: Preloaded,
    runtime: Runtime,
    *,
    secret: bool | None,
    counts: bool = False,
) -> None:
    """Count an attempt, or end a row of failed ones, on condition that the limits still allow it.

    Args:
        work: writes it.
        limits: those of the attempt.
        preloaded: with their counts.
        runtime: the clock.
        secret: whether the secret that was given is right; None where none was compared.
        counts: whether it counts against the network, whatever the secret.
    """
    counted = {Counting.ALL}
    if counts or secret is False:
        counted.add(Counting.FAILED)
    if secret is False:
        counted.update(_ROWS)
    for limit in limits:
        allows = _allows_one_more(limit, preloaded, runtime)
        if limit.counting in counted:
            _count(work, limit, allows, preloaded, runtime)
        elif secret and limit.counting in _ROWS:
            _end_row(work, limit, allows, runtime)
        elif secret and limit.counting is Counting.FAILED and allows is not None:
            work.check(limit.key, allows)


def _end_row(work: UnitOfWork, limit: Limit, allows: Condition | None, runtime: Runtime) -> None:
    if limit.counting is Counting.IN_A_ROW:
        work.delete(limit.key, allows)
    else:
        now = runtime.epoch()
        expires_at = now + limit.memory
        ended = FailedAttemptsItem(*limit.key, last_failure_at=now, expires_at=expires_at, known=True)
        work.put(ended, allows)


def _count(
    work: UnitOfWork, limit: Limit, allows: Condition | None, preloaded: Preloaded, runtime: Runtime
) -> None:
    item, now = FailedAttemptsItem, runtime.epoch()
    actions: list[Action] = [item.last_failure_at.set(now), item.expires_at.set(now + limit.memory)]
    if _is_forgotten(preloaded, limit.key, runtime):
        actions += [item.failures.set(1), item.known.set(False)]
    else:
        actions.append(item.failures.add(1))
    work.update(FailedAttemptsItem(*limit.key), actions, allows)


def _allows_one_more(limit: Limit, preloaded: Preloaded, runtime: Runtime) -> Condition | None:
    """Return the condition that a count still allows the attempt that it allowed when it was read.

    Below the first wait others may come in between; from there on, one attempt is made at a time.
    """
    if _is_exempt(limit, preloaded, runtime):
        return None
    stored = _stored(preloaded, limit.key)
    if _is_forgotten(preloaded, limit.key, runtime):
        untouched: Condition = absent() | (FailedAttemptsItem.expires_at == stored.expires_at)
        return untouched
    failures = FailedAttemptsItem.failures
    allows: Condition = absent() | (failures < limit.free) | (failures == stored.failures)
    return allows


def _is_exempt(limit: Limit, preloaded: Preloaded, runtime: Runtime) -> bool:
    return limit.unless_known is not None and _attempts(preloaded, limit.unless_known, runtime).known


def _is_forgotten(preloaded: Preloaded, key: Key, runtime: Runtime) -> bool:
    stored = _stored(preloaded, key)
    return stored is not NONE and stored.expires_at <= runtime.epoch()


def _attempts(preloaded: Preloaded, key: Key, runtime: Runtime) -> FailedAttempts:
    return NONE if _is_forgotten(preloaded, key, runtime) else _stored(preloaded, key)


def _stored(preloaded: Preloaded, key: Key) -> FailedAttempts:
    return preloaded.get(FAILED_ATTEMPTS, key) or NONE
