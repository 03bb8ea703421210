"""Customers: `/api/register`, `/api/login`, `/api/profile` and what belongs to them."""

from chalice.app import Response

from chalicelib import routes, uuids
from chalicelib.auth import passwords
from chalicelib.auth.refreshing import RefreshToken
from chalicelib.auth.tokens import TokenPair
from chalicelib.shop.customers import service as customers
from chalicelib.shop.customers.answers import customer_object, profile
from chalicelib.table.paging import Page
from chalicelib.web import envelope, fields
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import AnonymousRequest, CustomerRequest
from chalicelib.web.responses import json_response

# Schemas are imported where a body is read: marshmallow costs a cold start more than all else of an endpoint.


@endpoint(routes.REGISTER_CUSTOMER)
def register_customer(request: AnonymousRequest) -> Response:
    """Register a shop customer."""
    from chalicelib.shop import inputs as shop_in

    fields = shop_in.load_registration(request.body, customers.uniqueness(None, request.runtime))
    customer = customers.register(fields, runtime=request.runtime)
    return json_response(201, customer_object(customer))


@endpoint(routes.LOG_IN_CUSTOMER)
def log_in_customer(request: AnonymousRequest) -> Response:
    """Log in with username and password."""
    from chalicelib.shop import inputs as shop_in

    given = shop_in.load_login(request.body)
    device = request.headers.get("user-agent", "")
    customer, pair = customers.log_in(
        **given, device=device, address=request.address, runtime=request.runtime
    )
    return json_response(200, {"status": "OK", "user": customer.uuid, **_tokens(pair)})


def _tokens(pair: TokenPair) -> dict[str, str | int]:
    return {"access": pair.access, "refresh": pair.refresh, "expired_at": pair.expires_in}


@endpoint(routes.REFRESH_CUSTOMER)
def refresh_customer(request: AnonymousRequest) -> Response:
    """Exchange a refresh token for a new pair of tokens."""
    token = fields.parse(RefreshToken, request.body).complete().refresh
    pair = customers.refresh(token, address=request.address, runtime=request.runtime)
    return json_response(200, _tokens(pair))


@endpoint(routes.LOG_OUT_CUSTOMER)
def log_out_customer(request: CustomerRequest) -> Response:
    """End the session behind the token."""
    customers.log_out(principal=request.principal, runtime=request.runtime)
    return json_response(200, {"status": "OK", "message": "user logout"})


@endpoint(routes.SHOW_PROFILE)
def show_profile(request: CustomerRequest) -> Response:
    """Show my profile, in the envelope of a list of one."""
    asked = envelope.asked(request, request.principal.id)
    profile = customer_object(request.principal.customer)
    return json_response(200, envelope.envelope(request, asked, Page([profile], None, None), 1, [profile]))


@endpoint(routes.CHANGE_PROFILE)
def change_profile(request: CustomerRequest) -> Response:
    """Change my profile; optional fields that are absent stay as they are."""
    from chalicelib.shop import inputs as shop_in

    customers.ensure_own(uuids.parse(request.path["uuid"]), principal=request.principal)
    unique = customers.uniqueness(request.principal.customer, request.runtime)
    fields = shop_in.load_profile(request.body, unique)
    changed = customers.change_profile(fields, principal=request.principal, runtime=request.runtime)
    return json_response(200, profile(changed))


@endpoint(routes.SET_PASSWORD)
def set_password(request: CustomerRequest) -> Response:
    """Change my password; every other session of mine ends."""
    from chalicelib.shop import inputs as shop_in

    customers.ensure_own(uuids.parse(request.path["uuid"]), principal=request.principal)
    given = shop_in.load_password_change(request.body)
    changed = customers.set_password(**given, principal=request.principal, runtime=request.runtime)
    body = {"password": passwords.masked(changed.password), "username": changed.username}
    return json_response(200, body)
