"""Registering and signing in: `/users/auth/…`."""

from chalice.app import Response

from chalicelib import routes
from chalicelib.accounts import inputs as users_in
from chalicelib.accounts import registration as staff_accounts
from chalicelib.auth.tokens import TokenPair
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import AnonymousRequest, StaffRequest
from chalicelib.web.responses import json_response, no_content

_SHOWN_AT_REGISTRATION = ("surname", "name", "patronymic", "address", "email", "phone")


@endpoint(routes.REGISTER_USER)
def register_user(request: AnonymousRequest) -> Response:
    """Register a staff account."""
    unique = staff_accounts.uniqueness(None, request.runtime)
    fields = users_in.load_registration(request.body, unique)
    user = staff_accounts.register(fields, runtime=request.runtime)
    shown = (name for name in _SHOWN_AT_REGISTRATION if name in fields)
    return json_response(201, {name: getattr(user, name) for name in shown})


@endpoint(routes.SIGN_IN_USER)
def sign_in_user(request: AnonymousRequest) -> Response:
    """Sign in with an email address or a phone."""
    given = users_in.load_sign_in(request.body)
    pair = staff_accounts.sign_in(
        given.get("email"),
        given.get("phone"),
        given["password"],
        device=request.headers.get("user-agent", ""),
        address=request.address,
        runtime=request.runtime,
    )
    return json_response(200, _tokens(pair))


@endpoint(routes.REFRESH_USER)
def refresh_user(request: AnonymousRequest) -> Response:
    """Exchange a refresh token for a new pair of tokens."""
    token = users_in.load_refresh(request.body)
    pair = staff_accounts.refresh(token, address=request.address, runtime=request.runtime)
    return json_response(200, _tokens(pair))


@endpoint(routes.SIGN_OUT_USER)
def sign_out_user(request: StaffRequest) -> Response:
    """End the session behind the token."""
    staff_accounts.sign_out(principal=request.principal, runtime=request.runtime)
    return no_content()


def _tokens(pair: TokenPair) -> dict[str, str | int]:
    return {"refresh": pair.refresh, "access": pair.access, "expired_at": pair.expires_in}
