"""Confirming a mail address with a code that is mailed to it."""

from dataclasses import replace

from chalicelib import ids
from chalicelib.accounts import store as accounts
from chalicelib.accounts.confirmation.schemas import GivenCode
from chalicelib.accounts.model import User
from chalicelib.accounts.store import USER
from chalicelib.auth import mailed_codes, throttling
from chalicelib.auth.mailed_codes import Codes
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import CodeRefused, ContactMissing
from chalicelib.integrations import mail, mail_texts
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.request import Request


def _codes(user: User | None) -> Codes | None:
    """Return a user's confirmation codes; None if the user has no address."""
    if user is None or user.email is None:
        return None
    return Codes(mailed_codes.CONFIRMATION, STAFF_AUDIENCE, user.email)


def _own_codes(request: Request, preloaded: Preloaded) -> Codes | None:
    return _codes(_own_account(request, preloaded))


def _own_account(request: Request, preloaded: Preloaded) -> User | None:
    return preloaded.get(USER, key_of(keys.user, ids.parse(request.subject)))


def mailing_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the keys to read before a code is mailed to the caller; none if no code is needed."""
    user = _own_account(request, preloaded)
    codes = _codes(user)
    return [] if user is None or codes is None or user.confirmed_email else codes.preload


def code_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the code that was mailed to the caller's address."""
    codes = _own_codes(request, preloaded)
    return [] if codes is None else [codes.key]


def mailing_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on requests for mail from a network."""
    user = None if preloaded is None else _own_account(request, preloaded)
    needless = user is not None and (user.email is None or user.confirmed_email)
    return [] if needless else throttling.of_network(request, Counting.ALL)


def code_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on attempts at a code; none if no valid code is left to guess."""
    network = throttling.of_network(request)
    if preloaded is None:
        return network
    codes = _own_codes(request, preloaded)
    if codes is None or codes.nothing_to_guess(preloaded, request.runtime):
        return []
    return [*network, *throttling.of_address(request, STAFF_AUDIENCE, codes.email)]


def mail_code(call: StaffCall) -> bool:
    """Mail a code to the principal's address; tell whether one was needed.

    Raises:
        ContactMissing: the account has no email.
        Throttled: many codes were mailed lately.
    """
    user, runtime = call.principal.user, call.runtime
    email, codes = user.email, _codes(user)
    if email is None or codes is None:
        raise ContactMissing
    if user.confirmed_email:
        return False
    code, owner = mailed_codes.new_code(runtime), str(user.id)
    codes.replace(call.work, code, owner=owner, address=email, preloaded=call.preloaded, runtime=runtime)
    call.work.after_commit(lambda: mail.send(email, mail_texts.confirmation_code(code), runtime))
    return True


def accept_code(call: StaffCall, given: GivenCode) -> None:
    """Confirm the principal's address with a code that was mailed to it.

    If no valid code is left, the attempt is refused without throttling: there is nothing to guess.

    Raises:
        CodeRefused: the code is wrong, used up, too old, or was never sent.
    """
    user, runtime, preloaded = call.principal.user, call.runtime, call.preloaded
    codes = _codes(user)
    if given.type_code != "email" or codes is None or codes.nothing_to_guess(preloaded, runtime):
        raise CodeRefused
    call.secret_matches = codes.matches(given.code, str(user.id), codes.email, preloaded, runtime)
    if not call.secret_matches:
        raise CodeRefused().with_writes(lambda work: codes.record_wrong_try(work, preloaded, runtime))
    codes.spend(call.work, preloaded, runtime)
    confirmed = replace(user, confirmed_email=True, updated_at=call.now, version=user.version + 1)
    accounts.replace(call.work, user, confirmed)
