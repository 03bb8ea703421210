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

MOST_CODE_FAILURES = 5
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Confirmation:
    """The last code's digest and what happened around it; version 0 was never written.

    `code_failures` counts wrong tries of this code, `failures` those in a row over all codes. Moments are in
    seconds since 1970.
    """

    code_digest: str = ""
    code_expires_at: int = 0
    code_failures: int = 0
    failures: int = 0
    last_failure_at: int = 0
    mails_sent: int = 0
    last_mailed_at: int = 0
    expires_at: int = 0
    version: int = 0

    def is_good(self, moment: int) -> bool:
        """Tell whether the code can still be given."""
        return self.code_expires_at > moment and self.code_failures < MOST_CODE_FAILURES

    @property
    def failed_attempts(self) -> FailedAttempts:
        """The wrong tries in a row."""
        return FailedAttempts(self.failures, self.last_failure_at)

    @property
    def mailings(self) -> FailedAttempts:
        """The codes mailed in a row, which have to wait like failed attempts."""
        return FailedAttempts(self.mails_sent, self.last_mailed_at)


CONFIRMATION = AttributeKind(
    "confirmation",
    Confirmation,
    code_digest=str,
    code_expires_at=int,
    code_failures=int,
    failures=int,
    last_failure_at=int,
    mails_sent=int,
    last_mailed_at=int,
    expires_at=int,
    version=int,
)


def confirmation_of(user_id: int, preloaded: Preloaded, runtime: Runtime) -> Confirmation:
    """Return a user's last code; of one that is forgotten, the version alone."""
    stored = preloaded.get(CONFIRMATION, keys.confirmation(user_id)) or Confirmation()
    return stored if stored.expires_at > runtime.epoch() else Confirmation(version=stored.version)


def replace(
    work: UnitOfWork,
    user_id: int,
    before: Confirmation,
    code_digest: str,
    code_expires_at: int,
    runtime: Runtime,
) -> None:
    """Put a new code in the place of the one that was read, and count the mail.

    Not if that one was tried, or another one mailed, at the same time.
    """
    now = runtime.epoch()
    item = ConfirmationItem(
        *keys.confirmation(user_id),
        code_digest=code_digest,
        code_expires_at=code_expires_at,
        failures=before.failures,
        last_failure_at=before.last_failure_at,
        mails_sent=before.mails_sent + 1,
        last_mailed_at=now,
        version=before.version + 1,
        expires_at=now + _KEPT_SECONDS,
    )
    work.put(item, at_version(before.version), otherwise=Throttled(1))


def record_wrong_try(work: UnitOfWork, user_id: int, before: Confirmation, runtime: Runtime) -> None:
    """Count a wrong try of the code that was read, while that is still good."""
    now = runtime.epoch()
    actions = [
        ConfirmationItem.code_failures.add(1),
        ConfirmationItem.failures.add(1),
        ConfirmationItem.last_failure_at.set(now),
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
        (ConfirmationItem.code_digest == confirmation.code_digest)
        & (ConfirmationItem.code_failures < MOST_CODE_FAILURES)
        & (ConfirmationItem.code_expires_at > now)
    )
    return still_good
