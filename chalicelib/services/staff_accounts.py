"""Staff accounts: registering, signing in and out, refreshing (companion, "Staff accounts")."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.auth import passwords, tokens
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.auth.tokens import TokenPair
from chalicelib.domain.errors import SignInRefused, ValidationFailed
from chalicelib.domain.records import STAFF, User
from chalicelib.runtime import Runtime
from chalicelib.services import sessions
from chalicelib.table import id_blocks, users
from chalicelib.table.engine import Refused


def register(fields: Mapping[str, Any], *, runtime: Runtime) -> User:
    """Create an account, not confirmed yet.

    Args:
        fields: surname, name, patronymic, address, password, and email or phone or both.
        runtime: settings, clock, chance.

    Raises:
        ValidationFailed: the email or the phone is taken.
        Unavailable: DynamoDB is busy or out of reach.
    """
    now = runtime.now()
    user = User(
        id=id_blocks.next_id("user", runtime),
        surname=fields["surname"],
        name=fields["name"],
        patronymic=fields["patronymic"],
        address=fields["address"],
        email=fields.get("email"),
        phone=fields.get("phone"),
        password=passwords.hash_password(fields["password"], runtime),
        created_at=now,
        updated_at=now,
    )
    try:
        users.add(user, runtime)
    except Refused as refused:
        raise taken(refused) from refused
    return user


def taken(refused: Refused) -> ValidationFailed:
    """Return the field errors for contacts that another account has."""
    taken_fields = (field for field in (users.EMAIL, users.PHONE) if field in refused.stored)
    return ValidationFailed({field: [f"user with this {field} already exists."] for field in taken_fields})


def sign_in(
    email: str | None, phone: str | None, password: str, *, device: str, runtime: Runtime
) -> TokenPair:
    """Begin a session and return its tokens.

    Raises:
        SignInRefused: no open account has this contact and this password; which of them is wrong isn't told,
        by word or time.
        Unavailable: DynamoDB is busy or out of reach.
    """
    user = users.find_by_contact(email, phone, runtime)
    known = user is not None and not user.closed
    if not passwords.matches(password, user.password if user and known else None, runtime) or user is None:
        raise SignInRefused
    if passwords.is_outdated(user.password, runtime):
        _strengthen(user, password, runtime)
    return sessions.begin(STAFF, str(user.id), device=device, runtime=runtime)


def _strengthen(user: User, password: str, runtime: Runtime) -> None:
    stronger = replace(user, password=passwords.hash_password(password, runtime), version=user.version + 1)
    try:
        users.replace_account(user, stronger, runtime)
    except Refused:
        return  # the account changed meanwhile: the next sign-in tries again


def refresh(refresh_token: str, *, runtime: Runtime) -> TokenPair:
    """Exchange a refresh token for a new pair; one that was used before ends the session.

    Raises:
        TokenNotValid: the token is not good, or not good any more.
        Unavailable: DynamoDB is busy or out of reach.
    """
    return sessions.refresh(tokens.read(refresh_token, tokens.REFRESH, STAFF, runtime), runtime=runtime)


def sign_out(*, principal: StaffPrincipal, runtime: Runtime) -> None:
    """End the session behind the principal's token.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    sessions.end(STAFF, str(principal.id), principal.session_id, runtime=runtime)
