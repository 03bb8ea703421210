"""A staff user's own sessions: `/sessions/…`."""

from chalice.app import Response

from chalicelib import routes
from chalicelib.accounts import service as users
from chalicelib.accounts.answers import session_object
from chalicelib.web import list_query
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


@endpoint(routes.LIST_SESSIONS)
def list_sessions(request: StaffRequest) -> Response:
    """List my sessions."""
    users.ensure_own(request.path_id(), principal=request.principal)
    asked = list_query.parse(request, request.principal.id)
    sessions, following = users.list_sessions(
        principal=request.principal, limit=asked.limit, after=asked.after, runtime=request.runtime
    )
    headers = paging.link_to_next(request, asked.list_name, following)
    return json_response(200, [session_object(shown) for shown in sessions], headers)


@endpoint(
    routes.DELETE_SESSION, reads=lambda request: users.keys_of_session(request.caller, request.path_id())
)
def delete_session(request: StaffRequest) -> Response:
    """End one of my sessions."""
    users.delete_session(
        request.path_id(), principal=request.principal, records=request.records, runtime=request.runtime
    )
    return no_content()
