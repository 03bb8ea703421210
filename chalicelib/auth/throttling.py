"""Throttling of guesses, and of requests for mail or information (decision 34).

An endpoint declares its limits; the pipeline enforces them. Above a limit, the caller has to wait one second,
doubled with each further attempt that counts. An attempt during the wait is rejected before any secret is
compared, and is not counted.

Concurrent attempts all read the counts before any of them writes. Therefore every attempt commits on
condition that the counts still allow one more; if not, the request runs again and is throttled. This holds
for correct and for wrong guesses, so that a 429 reveals nothing about the guess.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from ipaddress import IPv6Address, ip_address
from typing import Protocol

from chalicelib.errors import Throttled
from chalicelib.frozen import frozen
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
_ACCOUNT_MEMORY = 30 * _DAY  # after so long without an attempt, the count starts over
_ACCOUNT_WIDE_FREE, _ACCOUNT_WIDE_WAIT = 50, 60  # mild, so that a stranger can't lock the owner out
_IPV6_NETWORK_BITS = 64  # a subscriber usually gets a whole /64


@frozen
class FailedAttempts:
    """A count of attempts, and the time of the last one in seconds since 1970.

    `known` means that the account's owner has signed in from this network.
    """

    failures: int = 0
    last_failure_at: int = 0
    expires_at: int = 0
    known: bool = False


NO_ATTEMPTS = FailedAttempts()
FAILED_ATTEMPTS = AttributeKind(
    "failed-attempts", FailedAttempts, failures=int, last_failure_at=int, expires_at=int, known=bool
)


class Counting(Enum):
    """Which attempts a limit counts."""

    CONSECUTIVE = "failed attempts; a success resets the count"
    CONSECUTIVE_FROM_NETWORK = "failed attempts; a success resets the count and makes the network known"
    FAILED = "failed attempts"
    ALL = "all attempts"
    NOTHING = "none: the count of the hour before"


_RESET_BY_SUCCESS = (Counting.CONSECUTIVE, Counting.CONSECUTIVE_FROM_NETWORK)


@frozen(kw_only=True)
class Limit:
    """A count of attempts, and how long it makes the next one wait.

    Attributes:
        key: of the count.
        free: attempts that are allowed before the first wait.
        longest_wait: the longest wait, in seconds.
        memory: seconds without an attempt after which the count starts over.
        counting: which attempts count.
        unless_known: the key of a per-network count; if that network is known, this limit does not apply.
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
    """Return the limits of the caller's network: this hour's, and last hour's, whose wait may still be on."""
    return _of_hours(keys.failed_attempts_of_network, origin, counting)


def of_refreshing_network(origin: Origin) -> list[Limit]:
    """Return the network's limits on invalid refresh tokens, counted apart so that they block no sign-in."""
    return _of_hours(keys.failed_refreshes_of_network, origin, Counting.FAILED)


def _of_hours(key: Callable[[str, int], Key], origin: Origin, counting: Counting) -> list[Limit]:
    settings, hour = origin.runtime.settings, origin.runtime.epoch() // _HOUR
    network = network_of(origin.address)
    return [
        Limit(
            key=key(network, hour - past),
            free=settings.address_tries,
            longest_wait=settings.longest_wait_seconds,
            memory=2 * _HOUR,
            counting=Counting.NOTHING if past else counting,
        )
        for past in (0, 1)
    ]


def of_account(origin: Origin, action: str, audience: str, account: str) -> list[Limit]:
    """Return the limits of an account, which may be named by any text that identifies it.

    The wait for attempts from one network is long. The wait for those from all networks is short, and applies
    only to networks that the owner never signed in from: an attacker locks out only others in the same
    network.
    """
    settings = origin.runtime.settings
    from_network = keys.failed_attempts_from(network_of(origin.address), action, audience, account)
    return [
        Limit(
            key=from_network,
            free=settings.account_tries,
            longest_wait=settings.longest_wait_seconds,
            memory=_ACCOUNT_MEMORY,
            counting=Counting.CONSECUTIVE_FROM_NETWORK,
        ),
        Limit(
            key=keys.failed_attempts_of_account(action, audience, account),
            free=max(_ACCOUNT_WIDE_FREE, settings.account_tries),
            longest_wait=min(_ACCOUNT_WIDE_WAIT, settings.longest_wait_seconds),
            memory=_ACCOUNT_MEMORY,
            counting=Counting.CONSECUTIVE,
            unless_known=from_network,
        ),
    ]


def of_address(origin: Origin, audience: str, email: str) -> list[Limit]:
    """Return the limit on a network's attempts at the codes mailed to an address."""
    address = keys.digest_of_address(email)
    return [
        Limit(
            key=keys.failed_attempts_from(network_of(origin.address), CODE, audience, address),
            free=origin.runtime.settings.account_tries,
            longest_wait=origin.runtime.settings.longest_wait_seconds,
            memory=_DAY,
            counting=Counting.CONSECUTIVE,
        )
    ]


def of_session(origin: Origin, audience: str, owner: str, session_id: int) -> list[Limit]:
    """Return the limit on reuse of a session's old refresh tokens."""
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
    """Return a text that identifies the network of an address: an IPv4 address itself, of IPv6 the /64."""
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
    """Reject an attempt during a wait, according to the preloaded counts.

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
    # The exponent is capped, because the count may be large.
    wait = min(limit.longest_wait, 1 << min(attempts.failures - limit.free, 32))
    return attempts.last_failure_at + wait - runtime.epoch()


def record(
    work: UnitOfWork,
    limits: Limits,
    preloaded: Preloaded,
    runtime: Runtime,
    *,
    secret_matches: bool | None,
    counts: bool = False,
) -> None:
    """Count an attempt, or reset the counts after a success, on condition that the limits still allow it.

    Args:
        work: writes it.
        limits: those of the attempt.
        preloaded: with their counts.
        runtime: the clock.
        secret_matches: whether the given secret was correct; None if none was compared.
        counts: count it against the network, even if the secret was correct.
    """
    counted = {Counting.ALL}
    if counts or secret_matches is False:
        counted.add(Counting.FAILED)
    if secret_matches is False:
        counted.update(_RESET_BY_SUCCESS)
    for limit in limits:
        allows = _allows_one_more(limit, preloaded, runtime)
        if limit.counting in counted:
            _count(work, limit, allows, preloaded, runtime)
        elif secret_matches and limit.counting in _RESET_BY_SUCCESS:
            _reset(work, limit, allows, runtime)
        elif secret_matches and limit.counting is Counting.FAILED and allows is not None:
            work.check(limit.key, allows)


def _reset(work: UnitOfWork, limit: Limit, allows: Condition | None, runtime: Runtime) -> None:
    if limit.counting is Counting.CONSECUTIVE:
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

    Below the limit, concurrent attempts may commit in between; above it, only one commits at a time.
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
    return stored is not NO_ATTEMPTS and stored.expires_at <= runtime.epoch()


def _attempts(preloaded: Preloaded, key: Key, runtime: Runtime) -> FailedAttempts:
    return NO_ATTEMPTS if _is_forgotten(preloaded, key, runtime) else _stored(preloaded, key)


def _stored(preloaded: Preloaded, key: Key) -> FailedAttempts:
    return preloaded.get(FAILED_ATTEMPTS, key) or NO_ATTEMPTS
