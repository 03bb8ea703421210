"""Staff accounts: registration, and one's own account at `/users/user/…`."""

from chalicelib.accounts import service, store
from chalicelib.accounts.model import User
from chalicelib.accounts.schemas import (
    NewUser,
    RegisteredUser,
    UserChange,
    UserObject,
    registered_user,
    user_object,
)
from chalicelib.auth.permissions import ANYONE
from chalicelib.auth.staff import SIGNED_IN, StaffCall
from chalicelib.contract import ADDS, CHECKS_SECRETS, DELETES, Use
from chalicelib.errors import ContactMissing, PermissionDenied, Throttled
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import GET, HASHING, PATCH, POST, PUT, endpoint


@endpoint(
    POST,
    "/users/auth/registration",
    who=ANYONE,
    takes=NewUser,
    preload=service.guard_keys,
    preload_next=service.holder_keys,
    taken=service.taken,
    throttle=service.registration_limits,
    status=201,
    errors=(ContactMissing, Throttled),
    uses=ADDS | DELETES,
    new_id="user",
    memory=HASHING,
)
def register_user(call: PublicCall, new: NewUser) -> RegisteredUser:
    """Register a staff account."""
    losers = service.displaced(call)
    user = service.new_user(call.next_id("user"), new, call.hash_password(new.password), call.now)
    store.add(call.work, user, losers)
    return registered_user(user, given=call.request.given)


@endpoint(GET, "/users/user/{id}", who=SIGNED_IN, errors=(PermissionDenied,), loads=service.own_account)
def show_user(call: StaffCall, user: User) -> UserObject:
    """Show my account."""
    return user_object(user, call.request.base_url)


@endpoint(
    PUT,
    "/users/user/{id}",
    who=SIGNED_IN,
    takes=UserChange,
    preload=service.guard_keys,
    preload_next=service.change_keys,
    requires=service.required_for_change,
    taken=service.taken,
    throttle=service.change_limits,
    errors=(PermissionDenied, ContactMissing, Throttled),
    uses=CHECKS_SECRETS | {Use.SEND_MAIL},
    loads=service.own_account,
    memory=HASHING,
)
def replace_user(call: StaffCall, user: User, change: UserChange) -> UserObject:
    """Change my account."""
    return user_object(service.change(call, user, change), call.request.base_url)


@endpoint(
    PATCH,
    "/users/user/{id}",
    who=SIGNED_IN,
    takes=UserChange,
    partial=True,
    preload=service.guard_keys,
    preload_next=service.change_keys,
    requires=service.required_for_change,
    taken=service.taken,
    throttle=service.change_limits,
    errors=(PermissionDenied, ContactMissing, Throttled),
    uses=CHECKS_SECRETS | {Use.SEND_MAIL},
    loads=service.own_account,
    memory=HASHING,
)
def change_user(call: StaffCall, user: User, change: UserChange) -> UserObject:
    """Change some fields of my account."""
    return user_object(service.change(call, user, change), call.request.base_url)
