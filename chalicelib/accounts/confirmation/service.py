"""Confirming a mail address with a code that is mailed to it (companion, "Confirmation")."""

from dataclasses import replace

from chalicelib.accounts import store as users
from chalicelib.accounts.confirmation import codes
from chalicelib.accounts.confirmation import store as confirmations
from chalicelib.accounts.confirmation.store import Confirmation
from chalicelib.accounts.model import User
from chalicelib.auth import old_throttling as abuse
from chalicelib.auth.old_throttling import Watch
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import CodeRefused, ContactMissing, SessionOver, Throttled
from chalicelib.integrations import mail
from chalicelib.runtime import Runtime
from chalicelib.table import optimistic
from chalicelib.table.engine import Refused
from chalicelib.table.snapshot import Snapshot

_GOOD_SECONDS = 15 * 60
_SUBJECT = "Your confirmation code"
_TEXT = (
    "Your confirmation code is {code}.\n\n"
    "It is good for 15 minutes. If you did not ask for it, there is nothing to do.\n"
)


def mail_code(*, principal: StaffPrincipal, records: Snapshot, runtime: Runtime) -> bool:
    """Mail a code to the principal's address; tell whether one was needed.

    Raises:
        ContactMissing: the account has no email.
        Throttled: many codes were mailed lately.
        Unavailable: DynamoDB or Amazon SES is busy or out of reach.
    """
    user = principal.user
    if user.email is None:
        raise ContactMissing
    if user.confirmed_email:
        return False
    stored = confirmations.confirmation_in(records, user.id, runtime)
    abuse.ensure_waited(stored.mails, runtime.settings.account_tries, runtime)
    code = codes.new_code(runtime)
    digest = codes.digest(code, user.id, user.email, runtime)
    try:
        confirmations.replace(user.id, stored, digest, runtime.epoch() + _GOOD_SECONDS, runtime)
    except Refused as refused:
        raise Throttled(1) from refused  # another request for a code came at the same time
    mail.send(user.email, _SUBJECT, _TEXT.format(code=code), runtime)
    return True


def accept_code(
    code: str, *, watch: Watch, principal: StaffPrincipal, records: Snapshot, runtime: Runtime
) -> None:
    """Confirm the principal's address with a code that was mailed to it.

    A code that is used up or too old is refused without a wait: there is nothing to be guessed.

    Raises:
        CodeRefused: the code is wrong, used up, too old, or was never sent.
        Throttled: the account or the address has to wait after wrong codes.
        Unavailable: DynamoDB is busy or out of reach.
    """
    stored = confirmations.confirmation_in(records, principal.id, runtime)
    if not stored.is_good(runtime.epoch()):
        raise CodeRefused
    abuse.ensure_patience(watch, records, runtime)
    abuse.ensure_waited(stored.wrong, runtime.settings.account_tries, runtime)
    try:
        confirmations.take_try(principal.id, stored, runtime)
    except Refused as refused:
        raise CodeRefused from refused
    if not _fits(code, principal.user, stored, runtime):
        abuse.note_wrong(watch, runtime)
        raise CodeRefused

    def write(user: User) -> None:
        if not _fits(code, user, stored, runtime):
            raise CodeRefused
        confirmed = replace(user, confirmed_email=True, updated_at=runtime.now(), version=user.version + 1)
        confirmations.confirm(user, confirmed, runtime)

    optimistic.write(write, principal.user, lambda: _read_again(principal, runtime), runtime)


def _fits(code: str, user: User, stored: Confirmation, runtime: Runtime) -> bool:
    return user.email is not None and codes.matches(code, stored.digest, user.id, user.email, runtime)


def _read_again(principal: StaffPrincipal, runtime: Runtime) -> User:
    user = users.find(principal.id, runtime)
    if user is None or user.closed:
        raise SessionOver
    return user
