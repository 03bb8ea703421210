"""Confirming a mail address with a code that is mailed to it."""

from dataclasses import replace

from chalicelib import ids
from chalicelib.accounts.confirmation import codes, store
from chalicelib.accounts.confirmation.inputs import GivenCode
from chalicelib.auth import throttling
from chalicelib.auth.staff import StaffCall
from chalicelib.errors import CodeRefused, ContactMissing
from chalicelib.integrations import mail
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.request import Request

_GOOD_SECONDS = 15 * 60
_SUBJECT = "Your confirmation code"
_TEXT = (
    "Your confirmation code is {code}.\n\n"
    "It is good for 15 minutes. If you did not ask for it, there is nothing to do.\n"
)


def confirmation_keys(request: Request) -> list[Key | None]:
    """Return the key of the caller's last code."""
    return [key_of(keys.confirmation, ids.parse(request.subject))]


def try_keys(request: Request) -> list[Key | None]:
    """Return the keys of the caller's last code and of the address's failed attempts."""
    return [*confirmation_keys(request), *throttling.scope_of(request.address, request.runtime).keys]


def mail_code(call: StaffCall) -> bool:
    """Mail a code to the principal's address; tell whether one was needed.

    Raises:
        ContactMissing: the account has no email.
        Throttled: many codes were mailed lately, or another one is at the same time.
    """
    user, runtime = call.principal.user, call.runtime
    email = user.email
    if email is None:
        raise ContactMissing
    if user.confirmed_email:
        return False
    before = store.confirmation_of(user.id, call.preloaded, runtime)
    throttling.ensure_waited(before.mailings, runtime.settings.account_tries, runtime)
    code = codes.new_code(runtime)
    digest = codes.digest(code, user.id, email, runtime)
    store.replace(call.work, user.id, before, digest, runtime.epoch() + _GOOD_SECONDS, runtime)
    call.work.after_commit(lambda: mail.send(email, _SUBJECT, _TEXT.format(code=code), runtime))
    return True


def accept_code(call: StaffCall, given: GivenCode) -> None:
    """Confirm the principal's address with a code that was mailed to it.

    A code that is used up or too old is refused without a wait: there is nothing to be guessed.

    Raises:
        CodeRefused: the code is wrong, used up, too old, or was never sent.
        Throttled: the account or the address has to wait after wrong codes.
    """
    user, runtime = call.principal.user, call.runtime
    confirmation = store.confirmation_of(user.id, call.preloaded, runtime)
    if given.type_code != "email" or not confirmation.is_good(runtime.epoch()):
        raise CodeRefused
    scope = throttling.scope_of(call.request.address, runtime)
    throttling.ensure_not_throttled(scope, call.preloaded, runtime)
    throttling.ensure_waited(confirmation.failed_attempts, runtime.settings.account_tries, runtime)

    def record_wrong_try(work: UnitOfWork) -> None:
        # The code's own count goes first: where it is refused, the address's is not made either.
        store.record_wrong_try(work, user.id, confirmation, runtime)
        throttling.record_failure(work, scope, runtime)

    digest = confirmation.code_digest
    if user.email is None or not codes.matches(given.code, digest, user.id, user.email, runtime):
        raise CodeRefused().recording(record_wrong_try)
    confirmed = replace(user, confirmed_email=True, updated_at=call.now, version=user.version + 1)
    store.confirm(call.work, user, confirmed, confirmation, runtime)
