"""Confirmation codes: one item a user, with the last code's digest and what counts against guessing."""

from dataclasses import dataclass

from chalicelib.accounts.model import User
from chalicelib.accounts.store import replace as replace_user
from chalicelib.auth.throttling import FailedAttempts
from chalicelib.errors import CodeRefused, Throttled
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import ConfirmationItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import Condition
from chalicelib.table.unit_of_work import UnitOfWork, at_version

MOST_TRIES = 5
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Confirmation:
    """The last code's digest and what happened around it; version 0 was never written.

    `tries` are those of this code, `wrong` those in a row over all codes, `mails` the codes that were mailed
    in a row. Moments are in seconds since 1970.
    """

    digest: str = ""
    good_until: int = 0
    tries: int = 0
    wrong: int = 0
    tried_at: int = 0
    mails: int = 0
    mailed_at: int = 0
    expires_at: int = 0
    version: int = 0

    def is_good(self, moment: int) -> bool:
        """Tell whether the code can still be given."""
        return self.good_until > moment and self.tries < MOST_TRIES

    @property
    def failed_attempts(self) -> FailedAttempts:
        """The wrong tries in a row."""
        return FailedAttempts(self.wrong, self.tried_at)

    @property
    def mailings(self) -> FailedAttempts:
        """The codes mailed in a row, which have to wait like failed attempts."""
        return FailedAttempts(self.mails, self.mailed_at)


CONFIRMATION = AttributeKind(
    "confirmation",
    Confirmation,
    digest=str,
    good_until=int,
    tries=int,
    wrong=int,
    tried_at=int,
    mails=int,
    mailed_at=int,
    expires_at=int,
    version=int,
)


def confirmation_of(user_id: int, preloaded: Preloaded, runtime: Runtime) -> Confirmation:
    """Return a user's last code; of one that is forgotten, the version alone."""
    stored = preloaded.get(CONFIRMATION, keys.confirmation(user_id)) or Confirmation()
    return stored if stored.expires_at > runtime.epoch() else Confirmation(version=stored.version)


def replace(
    work: UnitOfWork, user_id: int, before: Confirmation, digest: str, good_until: int, runtime: Runtime
) -> None:
    """Put a new code in the place of the one that was read, and count the mail.

    Not if that one was tried, or another one mailed, at the same time.
    """
    now = runtime.epoch()
    item = ConfirmationItem(
        *keys.confirmation(user_id),
        digest=digest,
        good_until=good_until,
        wrong=before.wrong,
        tried_at=before.tried_at,
        mails=before.mails + 1,
        mailed_at=now,
        version=before.version + 1,
        expires_at=now + _KEPT_SECONDS,
    )
    work.put(item, at_version(before.version), otherwise=Throttled(1))


def record_wrong_try(work: UnitOfWork, user_id: int, before: Confirmation, runtime: Runtime) -> None:
    """Count a wrong try of the code that was read, while that is still good."""
    now = runtime.epoch()
    actions = [
        ConfirmationItem.tries.add(1),
        ConfirmationItem.wrong.add(1),
        ConfirmationItem.tried_at.set(now),
        ConfirmationItem.version.add(1),
    ]
    work.update(ConfirmationItem(*keys.confirmation(user_id)), actions, _still_good(before, now))


def confirm(
    work: UnitOfWork, user: User, confirmed: User, confirmation: Confirmation, runtime: Runtime
) -> None:
    """Write a confirmed account over the one that was read, and delete its code, if that is still good."""
    replace_user(work, user, confirmed)
    still_good = _still_good(confirmation, runtime.epoch())
    work.delete(keys.confirmation(user.id), still_good, otherwise=CodeRefused())


def _still_good(confirmation: Confirmation, now: int) -> Condition:
    """The code is the one that was read, and wrong tries at the same time have not used it up."""
    still_good: Condition = (
        (ConfirmationItem.digest == confirmation.digest)
        & (ConfirmationItem.tries < MOST_TRIES)
        & (ConfirmationItem.good_until > now)
    )
    return still_good
