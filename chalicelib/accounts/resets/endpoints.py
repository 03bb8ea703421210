"""Getting a new password: `/users/auth/password-reset/…`."""

from typing import TypedDict

from chalicelib.accounts.resets import service
from chalicelib.accounts.resets.schemas import PasswordReset
from chalicelib.auth import resetting
from chalicelib.auth.permissions import ANYONE
from chalicelib.auth.resetting import ForgottenPassword
from chalicelib.contract import ADDS, CHECKS_SECRETS, SIGNS, Use
from chalicelib.errors import CodeRefused, Throttled
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import HASHING, MAILING_SECONDS, POST, endpoint


class Asked(TypedDict):
    """The answer to who forgot a password: nothing, whether there is such an account or not."""


@endpoint(
    POST,
    "/users/auth/password-reset",
    who=ANYONE,
    takes=ForgottenPassword,
    errors=(Throttled,),
    uses=ADDS | SIGNS | {Use.SEND_MAIL},
    preload=service.address_keys,
    preload_next=service.account_keys,
    throttle=resetting.mailing_limits,
    min_seconds=MAILING_SECONDS,
)
def mail_reset_code(call: PublicCall, given: ForgottenPassword) -> Asked:
    """Mail a code for a new password, if there is such an account."""
    service.mail_code(call, given.email)
    return {}


@endpoint(
    POST,
    "/users/auth/password-reset/confirm",
    who=ANYONE,
    takes=PasswordReset,
    status=204,
    errors=(CodeRefused, Throttled),
    uses=CHECKS_SECRETS | SIGNS,
    preload=service.address_keys,
    preload_next=service.account_keys,
    throttle=service.code_limits,
    memory=HASHING,
)
def reset_password(call: PublicCall, given: PasswordReset) -> None:
    """Set a new password with the code that was mailed; every session ends."""
    service.set_password(call, given)
