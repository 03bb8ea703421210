"""Confirming a mail address: `/verify-info/…`."""

from chalicelib.accounts.confirmation import service
from chalicelib.accounts.confirmation.schemas import AcceptedCode, GivenCode, MailedCode
from chalicelib.auth.staff import SIGNED_IN, StaffCall
from chalicelib.contract import ADDS, CHECKS_SECRETS, Use
from chalicelib.errors import CodeRefused, ContactMissing, Throttled
from chalicelib.web.endpoint import POST, endpoint


@endpoint(
    POST,
    "/verify-info/verify-user-email",
    who=SIGNED_IN,
    errors=(ContactMissing, Throttled),
    uses=ADDS | {Use.SEND_MAIL},
    preload_next=service.mailing_keys,
    throttle=service.mailing_limits,
)
def mail_code(call: StaffCall) -> MailedCode:
    """Mail me a confirmation code."""
    return {} if service.mail_code(call) else {"detail": "Already confirmed"}


@endpoint(
    POST,
    "/verify-info/accept-user-info",
    who=SIGNED_IN,
    takes=GivenCode,
    errors=(CodeRefused, Throttled),
    uses=CHECKS_SECRETS,
    preload_next=service.code_keys,
    throttle=service.code_limits,
)
def accept_code(call: StaffCall, given: GivenCode) -> AcceptedCode:
    """Confirm my address with the code that was mailed to it."""
    service.accept_code(call, given)
    return {"detail": "Successfully confirmed"}
