"""Throttling of guesses: an account waits after wrong tries in a row, an address after many in an hour.

The wait begins at a second and doubles with each further wrong try. A try during the wait is rejected without
checking the password, and not counted. So it is for any account, one that does not exist too, so that a
rejection says nothing about it (decision 0012).
"""

from dataclasses import dataclass, replace

from chalicelib.errors import Throttled
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import FailedAttemptsItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork

_HOUR = 3600
_ACCOUNT_MEMORY_SECONDS = 30 * 24 * _HOUR  # after such a silence, tries are not in a row any more
_IPV6_NETWORK_GROUPS = 4  # one subscriber has all addresses of such a network


@dataclass(frozen=True)
class FailedAttempts:
    """How many wrong tries there were, and when the last was, in seconds since 1970."""

    failures: int = 0
    last_failure_at: int = 0
    expires_at: int = 0


NONE = FailedAttempts()
FAILED_ATTEMPTS = AttributeKind(
    "failed-attempts", FailedAttempts, failures=int, last_failure_at=int, expires_at=int
)


@dataclass(frozen=True)
class Scope:
    """What a try counts against: an address in this hour and the hour before, and an account, once known."""

    addresses: tuple[Key, Key]
    account: Key | None = None

    @property
    def keys(self) -> list[Key]:
        """The keys of the counts, to be read before the try is judged."""
        return [*self.addresses, *([self.account] if self.account else [])]

    def of(self, action: str, audience: str, account: str) -> "Scope":
        """Return the scope with an account (any text that stands for it)."""
        return replace(self, account=keys.failed_attempts_of_account(action, audience, account))


def scope_of(address: str, runtime: Runtime) -> Scope:
    """Return the scope of an address."""
    hour = runtime.epoch() // _HOUR
    network = _network(address)
    return Scope(
        (
            keys.failed_attempts_of_address(network, hour),
            keys.failed_attempts_of_address(network, hour - 1),
        )
    )


def _network(address: str) -> str:
    if ":" not in address or "." in address:
        return address
    from ipaddress import IPv6Address

    try:
        groups = IPv6Address(address.partition("%")[0]).exploded.split(":")
    except ValueError:
        return address
    return ":".join(groups[:_IPV6_NETWORK_GROUPS])


def ensure_not_throttled(scope: Scope, preloaded: Preloaded, runtime: Runtime) -> None:
    """Reject a try that comes too early, from what was read of the scope's keys.

    Raises:
        Throttled: the account or the address has to wait.
    """
    settings = runtime.settings
    for key in scope.addresses:
        ensure_waited(_attempts(preloaded, key, runtime), settings.address_tries, runtime)
    if scope.account is not None:
        ensure_waited(_attempts(preloaded, scope.account, runtime), settings.account_tries, runtime)


def ensure_waited(attempts: FailedAttempts, allowed: int, runtime: Runtime) -> None:
    """Reject a try that comes too early after others.

    Args:
        attempts: those that count.
        allowed: the number of attempts from which on one has to wait.
        runtime: the clock and the longest wait.

    Raises:
        Throttled: it has to wait.
    """
    if attempts.failures < allowed:
        return
    longest = runtime.settings.longest_wait_seconds
    # The shift ends where it would exceed every wait: a count may be large.
    wait = min(longest, 1 << min(attempts.failures - allowed, 32))
    left = attempts.last_failure_at + wait - runtime.epoch()
    if left > 0:
        raise Throttled(left)


def record_failure(work: UnitOfWork, scope: Scope, runtime: Runtime) -> None:
    """Count a wrong try."""
    now = runtime.epoch()
    account = {} if scope.account is None else {scope.account: _ACCOUNT_MEMORY_SECONDS}
    for key, lifetime in {**account, scope.addresses[0]: 2 * _HOUR}.items():
        actions = [
            FailedAttemptsItem.failures.add(1),
            FailedAttemptsItem.last_failure_at.set(now),
            FailedAttemptsItem.expires_at.set(now + lifetime),
        ]
        work.update(FailedAttemptsItem(*key), actions)


def reset(work: UnitOfWork, scope: Scope, preloaded: Preloaded, runtime: Runtime) -> None:
    """End an account's row of wrong tries with a right one.

    Not if it grew beyond what is harmless since it was read: so a right guess among many that are made at the
    same time does not get through.
    """
    assert scope.account is not None, "only an account's row ends with a right try"
    seen = _attempts(preloaded, scope.account, runtime).failures
    harmless = runtime.settings.account_tries - 1
    unchanged = (FailedAttemptsItem.failures <= harmless) | (FailedAttemptsItem.failures == seen)
    work.delete(scope.account, unchanged, otherwise=Throttled(1))


def has_failures(scope: Scope, preloaded: Preloaded, runtime: Runtime) -> bool:
    """Tell whether an account has a row of wrong tries."""
    return scope.account is not None and _attempts(preloaded, scope.account, runtime).failures > 0


def _attempts(preloaded: Preloaded, key: Key, runtime: Runtime) -> FailedAttempts:
    attempts = preloaded.get(FAILED_ATTEMPTS, key) or NONE
    return attempts if attempts.expires_at > runtime.epoch() else NONE
