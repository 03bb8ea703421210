"""Password reset by a code that is mailed to an account's confirmed address."""

from dataclasses import replace

from chalicelib.accounts import store
from chalicelib.accounts.model import User
from chalicelib.accounts.resets.schemas import PasswordReset
from chalicelib.accounts.store import HOLDER, USER
from chalicelib.auth import resetting
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.resetting import NOBODY, Owner
from chalicelib.auth.throttling import Limit
from chalicelib.errors import CodeRefused
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import PublicCall
from chalicelib.web.request import Request


def address_keys(request: Request) -> list[Key]:
    """Return the keys of the address's guard item, of its last code and of its mail quota."""
    return resetting.address_keys(request, STAFF_AUDIENCE)


def account_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the account that has the address; without one, of an account that can't exist."""
    email = request.given.get("email")
    return [] if email is None else [_account(email, preloaded)]


def _account(email: str, preloaded: Preloaded) -> Key:
    return keys.user(preloaded.get(HOLDER, keys.email_guard(STAFF_AUDIENCE, email)) or 0)  # ids begin at 1


def code_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on attempts at a code."""
    return resetting.code_limits(request, preloaded, STAFF_AUDIENCE)


def mail_code(call: PublicCall, email: str) -> None:
    """Mail a code to an address, if an account has it and it is confirmed."""
    user = call.preloaded.get(USER, _account(email, call.preloaded))
    resetting.mail_code(call, STAFF_AUDIENCE, email, _owner(user))


def _owner(user: User | None) -> Owner:
    if user is None or user.email is None or not user.confirmed_email:
        return NOBODY
    return Owner(str(user.id), user.email)


def set_password(call: PublicCall, given: PasswordReset) -> None:
    """Set a new password with a code that was mailed; every session ends."""
    user = call.preloaded.get(USER, _account(given.email, call.preloaded))
    password = resetting.redeem_code(call, STAFF_AUDIENCE, given, _owner(user), otherwise=CodeRefused)
    assert user is not None, "a code that is right has an owner"
    changed = replace(
        user,
        password_hash=password,
        session_epoch=user.session_epoch + 1,
        surviving_session=None,
        updated_at=call.now,
        version=user.version + 1,
    )
    store.replace(call.work, user, changed)
