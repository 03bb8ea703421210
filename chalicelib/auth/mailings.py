"""How much is mailed to an address in a day.

Kept by the address and not by the account, so that closing an account forgets none of it; the address itself
is not kept.
"""

from dataclasses import dataclass, replace

from chalicelib.errors import Throttled
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import MailingsItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, at_version

CODES, NOTICES = "codes", "notices"
MOST_A_DAY = 5  # of each sort
_DAY = 24 * 3600


@dataclass(frozen=True)
class Mailings:
    """When mail was sent to an address, in seconds since 1970, the last day's."""

    codes: tuple[int, ...] = ()
    notices: tuple[int, ...] = ()


MAILINGS = DocumentKind("mailings", Mailings, CODES, NOTICES, read={CODES: tuple, NOTICES: tuple})


def record(work: UnitOfWork, sort: str, email: str, preloaded: Preloaded, runtime: Runtime) -> None:
    """Count a mail to an address.

    Raises:
        Throttled: it got as many of this sort within a day as it may.
    """
    key, now = keys.mailings(email), runtime.epoch()
    before = preloaded.get(MAILINGS, key) or Mailings()
    recent = [moment for moment in getattr(before, sort) if moment > now - _DAY]
    if len(recent) >= MOST_A_DAY:
        raise Throttled(recent[-MOST_A_DAY] + _DAY - now)
    version = preloaded.version(key)
    after = replace(before, **{sort: (*recent, now)})
    item = MailingsItem(*key, doc=MAILINGS.to_document(after), version=version + 1, expires_at=now + _DAY)
    work.put(item, at_version(version))
