"""Password reset by a mailed code, for users and customers alike.

An address without an account causes the same calls and gets the same answers: a code is stored for it as
well, but never sent.
"""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple, Protocol

from chalicelib.auth import mailed_codes, throttling
from chalicelib.auth.mailed_codes import Codes
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import DomainError, Throttled
from chalicelib.frozen import frozen
from chalicelib.integrations import mail, mail_texts
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.call import Call
from chalicelib.web.contact_fields import MAX_EMAIL_LENGTH
from chalicelib.web.fields import Text
from chalicelib.web.request import Request


@frozen(kw_only=True)
class ForgottenPassword:
    """The account's address. Its form is not checked: an invalid one simply belongs to no account."""

    email: Annotated[str, Text(MAX_EMAIL_LENGTH)]


class Owner(NamedTuple):
    """The account to reset: a user's id as text or a customer's uuid, and the address in the account."""

    id: str
    address: str


NOBODY = Owner("", "")


class Reset(Protocol):
    """What it takes to set a new password."""

    @property
    def email(self) -> str:
        """The address that the code was mailed to, in any spelling."""

    @property
    def code(self) -> str:
        """The code."""

    @property
    def password(self) -> str:
        """The new password."""


def _codes(audience: str, email: str) -> Codes:
    return Codes(mailed_codes.RESET, audience, email)


def address_keys(request: Request, audience: str) -> list[Key]:
    """Return the keys of the given address's guard item, of its last code and of its mail quota."""
    email = request.given.get("email")
    return [] if email is None else [keys.email_guard(audience, email), *_codes(audience, email).preload]


def mailing_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return the limits on requests for mail from a network."""
    return throttling.of_network(request, Counting.ALL) if "email" in request.given else []


def code_limits(request: Request, preloaded: Preloaded | None, audience: str) -> list[Limit]:
    """Return the limits on attempts at a code; none if no valid code is left to guess."""
    email = request.given.get("email")
    if email is None:
        return []
    if preloaded is not None and _codes(audience, email).nothing_to_guess(preloaded, request.runtime):
        return []
    return [*throttling.of_network(request), *throttling.of_address(request, audience, email)]


def mail_code(call: Call[Any], audience: str, email: str, owner: Owner) -> None:
    """Mail a code to the owner's address, if there is an owner.

    Beyond the address's quota of the day nothing is mailed, and the answer is the same: it would tell whether
    anybody asked for a code lately.
    """
    runtime, code = call.runtime, mailed_codes.new_code(call.runtime)
    try:
        _codes(audience, email).replace(
            call.work, code, owner=owner.id, address=owner.address, preloaded=call.preloaded, runtime=runtime
        )
    except Throttled:
        return
    if owner != NOBODY:
        message = mail_texts.reset_code(code)
        call.work.after_commit(lambda: mail.send_if_possible(owner.address, message, runtime))


def redeem_code(
    call: Call[Any], audience: str, given: Reset, owner: Owner, otherwise: type[DomainError]
) -> str:
    """Check a code, delete it, and return the hash of the new password.

    Args:
        call: with the records of `address_keys` preloaded.
        audience: the surface.
        given: the address, the code and the password.
        owner: who has the address.
        otherwise: raised if the code is wrong, used up, expired, or was never sent.
    """
    codes, runtime, preloaded = _codes(audience, given.email), call.runtime, call.preloaded
    if codes.nothing_to_guess(preloaded, runtime):
        raise otherwise
    # Hashed before the code is compared, so that failure takes as long as success.
    hashed = call.hash_password(given.password)
    matches = codes.matches(given.code, owner.id, owner.address, preloaded, runtime)
    call.secret_matches = matches and owner != NOBODY
    if not call.secret_matches:
        raise otherwise().with_writes(wrong_attempt_recorder(call, audience, given))
    codes.spend(call.work, preloaded, runtime)
    throttling.forget(call.work, call.request, throttling.PASSWORD, audience, owner.id)
    return hashed


def wrong_attempt_recorder(call: Call[Any], audience: str, given: Reset) -> Callable[[UnitOfWork], None]:
    """Return a function that counts a wrong attempt at the code, for `DomainError.with_writes`."""
    codes = _codes(audience, given.email)
    return lambda work: codes.record_wrong_try(work, call.preloaded, call.runtime)
