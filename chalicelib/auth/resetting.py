"""Setting a new password by a code that is mailed, for users and customers alike.

An address that nobody has costs the same calls and gets the same answers: a code is written for it as well,
which nobody is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, Protocol

from chalicelib.auth import mailed_codes, throttling
from chalicelib.auth.mailed_codes import Codes
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import DomainError
from chalicelib.integrations import mail, mails
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.call import Call
from chalicelib.web.contact_fields import LONGEST_EMAIL
from chalicelib.web.fields import Text
from chalicelib.web.request import Request


@dataclass(frozen=True, kw_only=True)
class ForgottenPassword:
    """The address of who forgot a password: what is none, nobody has."""

    email: Annotated[str, Text(LONGEST_EMAIL)]


class Owner(NamedTuple):
    """Whose password it is: a user's id as text or a customer's uuid, and the address in the account."""

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
        """The password to be."""


def _codes(audience: str, email: str) -> Codes:
    return Codes(mailed_codes.RESET, audience, email)


def address_keys(request: Request, audience: str) -> list[Key]:
    """Return the keys of the claim on the address that is given, and of what decides on its codes."""
    email = request.given.get("email")
    return [] if email is None else [keys.email_guard(audience, email), *_codes(audience, email).preload]


def mailing_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return what limits the mails that are asked for from a network."""
    return throttling.of_network(request, Counting.ALL) if "email" in request.given else []


def code_limits(request: Request, preloaded: Preloaded | None, audience: str) -> list[Limit]:
    """Return what limits the tries of a code: nothing where there is nothing to be guessed."""
    email = request.given.get("email")
    if email is None:
        return []
    if preloaded is not None and _codes(audience, email).are_used_up(preloaded, request.runtime):
        return []
    return [*throttling.of_network(request), *throttling.of_address(request, audience, email)]


def mail_code(call: Call[Any], audience: str, email: str, owner: Owner) -> None:
    """Mail a code to the owner's address, if there is an owner.

    Raises:
        Throttled: the address got too many codes in a day, or would have got them.
    """
    runtime, code = call.runtime, mailed_codes.new_code(call.runtime)
    _codes(audience, email).replace(
        call.work, code, owner=owner.id, address=owner.address, preloaded=call.preloaded, runtime=runtime
    )
    if owner != NOBODY:
        message = mails.reset_code(code)
        call.work.after_commit(lambda: mail.send_if_possible(owner.address, message, runtime))


def hash_if_right(
    call: Call[Any], audience: str, given: Reset, owner: Owner, otherwise: type[DomainError]
) -> str:
    """Use a code up and return the hash of the password that it allows to set.

    Args:
        call: with what was read of `address_keys`.
        audience: the surface.
        given: the address, the code and the password.
        owner: who has the address.
        otherwise: what is told of a code that is wrong, used up, too old, or was never sent.
    """
    codes, runtime, preloaded = _codes(audience, given.email), call.runtime, call.preloaded
    if codes.are_used_up(preloaded, runtime):
        raise otherwise
    # Before the code is compared: an attempt that fails takes as long as one that succeeds.
    hashed = call.hash_password(given.password)
    matches = codes.matches(given.code, owner.id, owner.address, preloaded, runtime)
    call.secret = matches and owner != NOBODY
    if not call.secret:
        raise otherwise().recording(using_up_a_try(call, audience, given))
    codes.spend(call.work, preloaded, runtime)
    throttling.forget(call.work, call.request, throttling.PASSWORD, audience, owner.id)
    return hashed


def using_up_a_try(call: Call[Any], audience: str, given: Reset) -> Callable[[UnitOfWork], None]:
    """Return what counts a try of the code, to be written although the request fails."""
    codes = _codes(audience, given.email)
    return lambda work: codes.record_wrong_try(work, call.preloaded, call.runtime)
