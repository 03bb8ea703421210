"""Setting a new password by a code that is mailed to the profile's address."""

from dataclasses import replace

from chalicelib.auth import resetting
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.auth.resetting import NOBODY, Owner
from chalicelib.auth.throttling import Limit
from chalicelib.errors import ValidationFailed
from chalicelib.shop.customers import store
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.resets.schemas import CustomerPasswordReset
from chalicelib.shop.customers.store import CUSTOMER_KIND, HOLDER, NO_CUSTOMER
from chalicelib.shop.errors import CredentialsMismatch
from chalicelib.shop.fields import LIKE_THE_USERNAME, is_same_username
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import PublicCall
from chalicelib.web.request import Request


def address_keys(request: Request) -> list[Key]:
    """Return the keys of the claim on the address, and of what decides on its codes."""
    return resetting.address_keys(request, CUSTOMER_AUDIENCE)


def account_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the customer who has the address; it is read for nobody too."""
    email = request.given.get("email")
    return [] if email is None else [_account(email, preloaded)]


def _account(email: str, preloaded: Preloaded) -> Key:
    return keys.customer(preloaded.get(HOLDER, keys.email_guard(CUSTOMER_AUDIENCE, email)) or NO_CUSTOMER)


def code_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on attempts at a code."""
    return resetting.code_limits(request, preloaded, CUSTOMER_AUDIENCE)


def mail_code(call: PublicCall, email: str) -> None:
    """Mail a code to an address, if a customer has it."""
    customer = call.preloaded.get(CUSTOMER_KIND, _account(email, call.preloaded))
    resetting.mail_code(call, CUSTOMER_AUDIENCE, email, _owner(customer))


def _owner(customer: Customer | None) -> Owner:
    return NOBODY if customer is None else Owner(customer.uuid, customer.email)


def set_password(call: PublicCall, given: CustomerPasswordReset) -> None:
    """Set a new password with a code that was mailed; every session ends.

    Raises:
        ValidationFailed: the code is right, and the password is the username.
    """
    customer = call.preloaded.get(CUSTOMER_KIND, _account(given.email, call.preloaded))
    password = resetting.redeem_code(
        call, CUSTOMER_AUDIENCE, given, _owner(customer), otherwise=CredentialsMismatch
    )
    assert customer is not None, "a code that is right has an owner"
    if is_same_username(customer.username, given.password):
        refusal = ValidationFailed({"password": [LIKE_THE_USERNAME]})
        raise refusal.with_writes(resetting.wrong_attempt_recorder(call, CUSTOMER_AUDIENCE, given))
    changed = replace(
        customer,
        password_hash=password,
        session_epoch=customer.session_epoch + 1,
        surviving_session=None,
        version=customer.version + 1,
    )
    store.replace(call.work, customer, changed)
