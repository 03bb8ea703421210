"""A staff user's own account: `/users/user/…`."""

from chalice.app import Response

from chalicelib import routes
from chalicelib.accounts import registration as staff_accounts
from chalicelib.accounts import service as users
from chalicelib.accounts.answers import user_object
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


@endpoint(routes.SHOW_USER)
def show_user(request: StaffRequest) -> Response:
    """Show my account."""
    users.ensure_own(request.path_id(), principal=request.principal)
    return json_response(200, user_object(request.principal.user, request.base_url))


@endpoint(routes.REPLACE_USER)
def replace_user(request: StaffRequest) -> Response:
    """Change my account."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_USER)
def change_user(request: StaffRequest) -> Response:
    """Change some fields of my account."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.accounts import inputs as users_in

    users.ensure_own(request.path_id(), principal=request.principal)
    unique = staff_accounts.uniqueness(request.principal.id, request.runtime)
    fields = users_in.load_profile(request.body, unique, partial=partial)
    user = users.change(fields, principal=request.principal, runtime=request.runtime)
    return json_response(200, user_object(user, request.base_url))


@endpoint(routes.CLOSE_USER)
def close_user(request: StaffRequest) -> Response:
    """Close my account and erase my personal data."""
    users.ensure_own(request.path_id(), principal=request.principal)
    users.close(principal=request.principal, runtime=request.runtime)
    return no_content()
