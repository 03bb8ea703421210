"""Closing my account, which leaves every organization: `DELETE /users/user/{id}`."""

from chalicelib.accounts import service as accounts
from chalicelib.accounts.model import User
from chalicelib.accounts.schemas import Closing
from chalicelib.auth.staff import SIGNED_IN, StaffCall
from chalicelib.contract import CHECKS_SECRETS, LISTS, Use
from chalicelib.errors import PermissionDenied, StillOwnsOrganizations, Throttled
from chalicelib.organizations.leaving import service
from chalicelib.web.endpoint import DELETE, HASHING, endpoint


@endpoint(
    DELETE,
    "/users/user/{id}",
    who=SIGNED_IN,
    takes=Closing,
    status=204,
    preload=service.memberships_key,
    throttle=accounts.password_limits,
    errors=(PermissionDenied, StillOwnsOrganizations, Throttled),
    uses=LISTS | CHECKS_SECRETS | {Use.SEND_MAIL},
    loads=accounts.own_account,
    memory=HASHING,
)
def close_user(call: StaffCall, user: User, closing: Closing) -> None:
    """Close my account, erase my personal data, and leave every organization."""
    service.close(call, user, closing.old_password)
