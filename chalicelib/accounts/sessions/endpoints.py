"""Signing in and out at `/users/auth/…`, and one's own sessions at `/sessions/…`."""

from chalicelib.accounts.model import User
from chalicelib.accounts.service import own_account
from chalicelib.accounts.sessions import service
from chalicelib.accounts.sessions.schemas import Credentials, SessionObject, Tokens, session_object, tokens
from chalicelib.auth import refreshing, sessions
from chalicelib.auth.authentication import is_running
from chalicelib.auth.model import STAFF_AUDIENCE, Session
from chalicelib.auth.permissions import ANYONE
from chalicelib.auth.refreshing import RefreshToken
from chalicelib.auth.staff import SIGNED_IN, StaffAuthentication, StaffCall
from chalicelib.auth.throttling import Limit
from chalicelib.contract import ADDS, CHECKS_SECRETS, DELETES, LISTS, SIGNS
from chalicelib.errors import ContactMissing, PermissionDenied, SignInRefused, Throttled, TokenNotValid
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import DELETE, GET, HASHING, POST, endpoint
from chalicelib.web.paging import Paging
from chalicelib.web.request import Request


@endpoint(
    POST,
    "/users/auth/token",
    who=ANYONE,
    takes=Credentials,
    errors=(ContactMissing, SignInRefused, Throttled),
    uses=CHECKS_SECRETS | SIGNS,
    preload=service.contact_keys,
    preload_next=service.account_keys,
    throttle=service.sign_in_limits,
    memory=HASHING,
)
def sign_in_user(call: PublicCall, given: Credentials) -> Tokens:
    """Sign in with an email address or a phone."""
    return tokens(service.sign_in(call, given))


_STAFF = StaffAuthentication()


def _refresh_keys(request: Request) -> list[Key]:
    return refreshing.account_keys(request, _STAFF)


def _refresh_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    return refreshing.limits(request, _STAFF)


@endpoint(
    POST,
    "/users/auth/token/refresh",
    who=ANYONE,
    takes=RefreshToken,
    errors=(TokenNotValid, Throttled),
    uses=ADDS | DELETES | SIGNS,
    preload=_refresh_keys,
    throttle=_refresh_limits,
)
def refresh_user(call: PublicCall, given: RefreshToken) -> Tokens:
    """Exchange a refresh token for a new pair of tokens."""
    return tokens(refreshing.refresh(call, given.refresh, _STAFF))


@endpoint(POST, "/users/auth/logout", who=SIGNED_IN, status=204, uses=DELETES)
def sign_out_user(call: StaffCall) -> None:
    """End the session behind the token."""
    sessions.end(call.work, keys.session(STAFF_AUDIENCE, str(call.principal.id), call.principal.session_id))


@endpoint(
    GET,
    "/sessions/session-user-l/{id}",
    who=SIGNED_IN,
    paging=Paging.LINK,
    own_list=True,
    errors=(PermissionDenied,),
    uses=LISTS,
    loads=own_account,
)
def list_sessions(call: StaffCall, user: User) -> Page[SessionObject]:
    """List my sessions."""
    page = sessions.page_of_owner(STAFF_AUDIENCE, str(user.id), call.page, call.runtime)
    running = [session for session in page.items if is_running(session, user, call.runtime)]
    newest_first = sorted(running, key=lambda session: session.created_at, reverse=True)
    return Page([session_object(session) for session in newest_first], page.next, None)


@endpoint(
    DELETE,
    "/sessions/session-user-d/{id}",
    who=SIGNED_IN,
    status=204,
    errors=(PermissionDenied,),
    uses=DELETES,
    preload=service.session_keys,
    loads=service.own_session,
)
def delete_session(call: StaffCall, session: Session) -> None:
    """End one of my sessions."""
    sessions.end(call.work, keys.session(session.audience, session.owner, session.id))
