"""Getting a new password: `/api/password/reset…`."""

from chalicelib.auth import resetting
from chalicelib.auth.permissions import ANYONE
from chalicelib.auth.resetting import ForgottenPassword
from chalicelib.contract import ADDS, CHECKS_SECRETS, SIGNS, Use
from chalicelib.errors import Throttled
from chalicelib.shop.customers.resets import service
from chalicelib.shop.customers.resets.schemas import CustomerPasswordReset
from chalicelib.shop.errors import CredentialsMismatch
from chalicelib.shop.schemas import StatusMessage, ok
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import HASHING, MAILING_SECONDS, POST, endpoint


@endpoint(
    POST,
    "/api/password/reset",
    who=ANYONE,
    takes=ForgottenPassword,
    errors=(Throttled,),
    uses=ADDS | SIGNS | {Use.SEND_MAIL},
    preload=service.address_keys,
    preload_next=service.account_keys,
    throttle=resetting.mailing_limits,
    min_seconds=MAILING_SECONDS,
)
def mail_customer_reset_code(call: PublicCall, given: ForgottenPassword) -> StatusMessage:
    """Mail a code for a new password, if there is such a customer."""
    service.mail_code(call, given.email)
    return ok("mail sent")


@endpoint(
    POST,
    "/api/password/reset/confirm",
    who=ANYONE,
    takes=CustomerPasswordReset,
    errors=(CredentialsMismatch, Throttled),
    uses=CHECKS_SECRETS | SIGNS,
    preload=service.address_keys,
    preload_next=service.account_keys,
    throttle=service.code_limits,
    memory=HASHING,
)
def reset_customer_password(call: PublicCall, given: CustomerPasswordReset) -> StatusMessage:
    """Set a new password with the code that was mailed; every session ends."""
    service.set_password(call, given)
    return ok("password changed")
