"""Customers: `/api/register`, `/api/login`, `/api/profile` and what belongs to them."""

from chalicelib.auth import passwords, refreshing, sessions
from chalicelib.auth.customers import CUSTOMER, CustomerAuthentication, CustomerCall
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.auth.permissions import ANYONE
from chalicelib.auth.refreshing import RefreshToken
from chalicelib.auth.throttling import Limit
from chalicelib.contract import ADDS, CHECKS_SECRETS, DELETES, SIGNS, Use
from chalicelib.errors import PermissionDenied, Throttled, TokenNotValid
from chalicelib.shop.customers import service, store
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.schemas import (
    ChangedPassword,
    CustomerObject,
    CustomerTokens,
    LoggedIn,
    Login,
    PasswordChange,
    Profile,
    ProfileObject,
    Registration,
    customer_object,
    profile_object,
    tokens,
)
from chalicelib.shop.errors import CredentialsMismatch, EmailTaken
from chalicelib.shop.schemas import StatusMessage, ok
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import GET, HASHING, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Counted, Paging
from chalicelib.web.request import Request

_CUSTOMERS = CustomerAuthentication()


@endpoint(
    POST,
    "/api/register",
    who=ANYONE,
    takes=Registration,
    status=201,
    errors=(EmailTaken, Throttled),
    uses=ADDS,
    preload=service.name_guards,
    taken=service.username_taken,
    throttle=service.registration_limits,
    memory=HASHING,
)
def register_customer(call: PublicCall, new: Registration) -> CustomerObject:
    """Register a shop customer."""
    service.ensure_free(call, new)
    given = changes_in(new)
    given["password_hash"] = call.hash_password(given.pop("password"))
    customer = Customer(uuid=call.runtime.new_uuid(), created_at=call.now, **given)
    store.add(call.work, customer)
    return customer_object(customer)


@endpoint(
    POST,
    "/api/login",
    who=ANYONE,
    takes=Login,
    errors=(CredentialsMismatch, Throttled),
    uses=CHECKS_SECRETS | SIGNS,
    preload=service.login_keys,
    preload_next=service.account_keys,
    throttle=service.login_limits,
    memory=HASHING,
)
def log_in_customer(call: PublicCall, login: Login) -> LoggedIn:
    """Log in with username and password."""
    customer, pair = service.log_in(call, login)
    return {"status": "OK", "user": customer.uuid, **tokens(pair)}


def _refresh_keys(request: Request) -> list[Key]:
    return refreshing.account_keys(request, _CUSTOMERS)


def _refresh_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    return refreshing.limits(request, _CUSTOMERS)


@endpoint(
    POST,
    "/api/token/refresh",
    who=ANYONE,
    takes=RefreshToken,
    errors=(TokenNotValid, Throttled),
    uses=ADDS | DELETES | SIGNS,
    preload=_refresh_keys,
    throttle=_refresh_limits,
)
def refresh_customer(call: PublicCall, token: RefreshToken) -> CustomerTokens:
    """Exchange a refresh token for a new pair of tokens."""
    return tokens(refreshing.refresh(call, token.refresh, _CUSTOMERS))


@endpoint(POST, "/api/logout", who=CUSTOMER, uses=DELETES)
def log_out_customer(call: CustomerCall) -> StatusMessage:
    """End the session behind the token."""
    sessions.end(call.work, keys.session(CUSTOMER_AUDIENCE, call.principal.id, call.principal.session_id))
    return ok("user logout")


@endpoint(GET, "/api/profile", who=CUSTOMER, paging=Paging.ENVELOPE, own_list=True)
def show_profile(call: CustomerCall) -> Counted[list[CustomerObject]]:
    """Show my profile, in the envelope of a list of one."""
    shown = [customer_object(call.principal.customer)]
    return Counted(Page(shown, None, None), len(shown), shown)


@endpoint(
    PUT,
    "/api/profile/{uuid}",
    who=CUSTOMER,
    takes=Profile,
    errors=(PermissionDenied, EmailTaken, Throttled),
    uses=ADDS | DELETES | {Use.SEND_MAIL},
    preload_next=service.notice_key,
    loads=service.own_account,
    taken=service.username_taken,
    throttle=service.enumeration_limits,
)
def change_profile(call: CustomerCall, customer: Customer, given: Profile) -> ProfileObject:
    """Change my profile; optional fields that are absent stay as they are."""
    return profile_object(service.change_profile(call, customer, given))


@endpoint(
    PUT,
    "/api/profile/{uuid}/setpassword",
    who=CUSTOMER,
    takes=PasswordChange,
    errors=(PermissionDenied, CredentialsMismatch, Throttled),
    uses=CHECKS_SECRETS,
    loads=service.own_account,
    throttle=service.password_limits,
    memory=HASHING,
)
def set_password(call: CustomerCall, customer: Customer, change: PasswordChange) -> ChangedPassword:
    """Change my password; every other session of mine ends."""
    changed = service.set_password(call, customer, change)
    return {"password": passwords.masked(changed.password_hash), "username": changed.username}
