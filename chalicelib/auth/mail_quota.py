"""The daily quota of mail to an address.

It is stored under a digest of the address and not under the account, so that closing the account does not
reset it; the address itself is not stored.
"""

from dataclasses import replace

from chalicelib.errors import Throttled
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import MailingsItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, at_version

CODES, NOTICES = "codes", "notices"
MAX_PER_DAY = 5  # of each sort
_DAY = 24 * 3600


@frozen
class Mailings:
    """The times of the last day's mail to an address, in seconds since 1970."""

    codes: tuple[int, ...] = ()
    notices: tuple[int, ...] = ()


MAILINGS = DocumentKind("mailings", Mailings, CODES, NOTICES, read={CODES: tuple, NOTICES: tuple})


def record(work: UnitOfWork, sort: str, email: str, preloaded: Preloaded, runtime: Runtime) -> None:
    """Count a mail to an address.

    Raises:
        Throttled: the address has used up the day's quota of this sort.
    """
    key, now = keys.mailings(email), runtime.epoch()
    before = preloaded.get(MAILINGS, key) or Mailings()
    recent = [moment for moment in getattr(before, sort) if moment > now - _DAY]
    if len(recent) >= MAX_PER_DAY:
        raise Throttled(recent[-MAX_PER_DAY] + _DAY - now)
    version = preloaded.version(key)
    after = replace(before, **{sort: (*recent, now)})
    item = MailingsItem(*key, doc=MAILINGS.to_document(after), version=version + 1, expires_at=now + _DAY)
    work.put(item, at_version(version))
