"""Staff accounts: registering, signing in and out, refreshing (companion, "Staff accounts")."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth import old_sessions as sessions
from chalicelib.auth import old_throttling as abuse
from chalicelib.auth import passwords
from chalicelib.auth.model import STAFF
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.auth.tokens import TokenPair
from chalicelib.errors import SignInRefused, ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.table import id_blocks, keys
from chalicelib.table.engine import Refused, read
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork
from chalicelib.web.uniqueness import Unique


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
    return ValidationFailed({field: [_taken(field)] for field in taken_fields})


def _taken(field: str) -> str:
    return f"user with this {field} already exists."


def uniqueness(own_id: int | None, runtime: Runtime) -> Unique:
    """Return what tells why an account can't have a contact; `own_id` is the one that may keep its own."""

    def why_not(field: str, contact: Key) -> str | None:
        holder = users.holder_in(read([contact], runtime), contact)
        return None if holder in (None, own_id) else _taken(field)

    return {
        users.EMAIL: lambda email: why_not(users.EMAIL, users.contact_key(email, None)) if email else None,
        users.PHONE: lambda phone: why_not(users.PHONE, users.contact_key(None, phone)) if phone else None,
    }


def sign_in(
    email: str | None, phone: str | None, password: str, *, device: str, address: str, runtime: Runtime
) -> TokenPair:
    """Begin a session and return its tokens.

    An account that does not exist costs the same calls and the same hashing, and has to wait just the same.

    Raises:
        Throttled: the account or the address has to wait after wrong tries.
        SignInRefused: no open account has this contact and this password; which of them is wrong isn't told,
        by word or time.
        Unavailable: DynamoDB is busy or out of reach.
    """
    contact, watch = users.contact_key(email, phone), abuse.watched(address, runtime)
    records = read([contact, *watch.keys], runtime)
    holder = users.holder_in(records, contact)
    watch = watch.of("sign-in", STAFF, contact.pk if holder is None else str(holder))
    account = keys.user(holder or 0)
    records |= read([account, *watch.keys[-1:]], runtime)
    abuse.ensure_patience(watch, records, runtime)
    user = records.get(User, account)
    user = None if user is None or user.closed else user
    if not passwords.matches(password, user.password if user else None, runtime) or user is None:
        abuse.note_wrong(watch, runtime)
        raise SignInRefused
    return sessions.begin_watched(
        STAFF,
        str(user.id),
        device=device,
        runtime=runtime,
        session_epoch=user.session_epoch,
        watch=watch,
        records=records,
        along=_strengthening(user, password, runtime),
    )


def _strengthening(user: User, password: str, runtime: Runtime) -> Callable[[UnitOfWork], None] | None:
    """Return what replaces a hash of too few iterations; where the account changes meanwhile, next time."""
    if not passwords.is_outdated(user.password, runtime):
        return None
    stronger = replace(user, password=passwords.hash_password(password, runtime), version=user.version + 1)
    return lambda work: users.strengthen(work, user, stronger)


def refresh(refresh_token: str, *, address: str, runtime: Runtime) -> TokenPair:
    """Exchange a refresh token for a new pair; one that was used before ends the session.

    Raises:
        TokenNotValid: the token is not good, or not good any more.
        Throttled: the account or the address has to wait after wrong ones.
        Unavailable: DynamoDB is busy or out of reach.
    """
    return sessions.refresh(refresh_token, STAFF, address=address, runtime=runtime)


def sign_out(*, principal: StaffPrincipal, runtime: Runtime) -> None:
    """End the session behind the principal's token.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    sessions.end(STAFF, str(principal.id), principal.session_id, runtime=runtime)
