"""Limits against guessing: an account waits after wrong tries in a row, an address after many in an hour.

The wait begins at a second and doubles with each further wrong try. A try during the wait is refused unheard,
right or wrong, and not counted. For any audience and any account, one that does not exist too, so that a
refusal says nothing about it.
"""

from dataclasses import dataclass, replace

from chalicelib.auth import old_failed_attempts as tries
from chalicelib.auth.old_failed_attempts import Tries
from chalicelib.errors import Throttled
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork
from chalicelib.table.snapshot import Snapshot

_HOUR = 3600
_ROW_SECONDS = 30 * 24 * _HOUR  # after such a silence, tries are not in a row any more
_IPV6_NETWORK_GROUPS = 4  # one subscriber has all addresses of such a network


@dataclass(frozen=True)
class Watch:
    """Who is trying: an address in this hour and the hour before, and an account, once it is known."""

    addresses: tuple[Key, Key]
    account: Key | None = None

    @property
    def keys(self) -> list[Key]:
        """The keys of the counts, to be read before a try is listened to."""
        return [*self.addresses, *([self.account] if self.account else [])]

    def of(self, action: str, audience: str, account: str) -> "Watch":
        """Return the watch over an account (any text that stands for it) at this address."""
        return replace(self, account=keys.failed_attempts_of_account(action, audience, account))


def watched(address: str, runtime: Runtime) -> Watch:
    """Return the watch over an address."""
    hour = runtime.epoch() // _HOUR
    network = _network(address)
    return Watch(
        (keys.failed_attempts_of_address(network, hour), keys.failed_attempts_of_address(network, hour - 1))
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


def ensure_patience(watch: Watch, records: Snapshot, runtime: Runtime) -> None:
    """Refuse a try that comes too early, from records that hold the watch's keys.

    Raises:
        Throttled: the account or the address has to wait.
    """
    settings = runtime.settings
    for key in watch.addresses:
        ensure_waited(tries.tries_in(records, key, runtime), settings.address_tries, runtime)
    if watch.account is not None:
        ensure_waited(tries.tries_in(records, watch.account, runtime), settings.account_tries, runtime)


def ensure_waited(seen: Tries, allowed: int, runtime: Runtime) -> None:
    """Refuse a try that comes too early after others.

    Args:
        seen: the tries that count.
        allowed: the try from which on one has to wait.
        runtime: the clock and the longest wait.

    Raises:
        Throttled: it has to wait.
    """
    if seen.count < allowed:
        return
    longest = runtime.settings.longest_wait_seconds
    # The shift ends where it would exceed every wait: a count may be large.
    left = seen.last + min(longest, 1 << min(seen.count - allowed, 32)) - runtime.epoch()
    if left > 0:
        raise Throttled(left)


def note_wrong(watch: Watch, runtime: Runtime) -> None:
    """Count a wrong try.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    account = {} if watch.account is None else {watch.account: _ROW_SECONDS}
    tries.count({**account, watch.addresses[0]: 2 * _HOUR}, runtime)


def forgive(work: UnitOfWork, watch: Watch, records: Snapshot, runtime: Runtime) -> None:
    """End an account's row of wrong tries in the transaction of a right one (subject `tries`)."""
    assert watch.account is not None, "only an account's row ends with a right try"
    seen = tries.tries_in(records, watch.account, runtime)
    tries.forget(work, watch.account, seen, runtime.settings.account_tries - 1)


def has_wrong(watch: Watch, records: Snapshot, runtime: Runtime) -> bool:
    """Tell whether there is a row of wrong tries to forgive."""
    return watch.account is not None and tries.tries_in(records, watch.account, runtime).count > 0
