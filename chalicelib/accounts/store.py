"""Staff accounts and the guards that keep their addresses and phones unique."""

from collections.abc import Iterable, Sequence

from chalicelib.accounts.model import User, taken
from chalicelib.auth.model import STAFF_AUDIENCE, Session
from chalicelib.errors import StillOwnsOrganizations, ValidationFailed
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind, DocumentKind
from chalicelib.table.items import GuardItem, OwnedOrganizationsItem, UserItem
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded, read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork, absent, at_version

USER = DocumentKind(
    "user",
    User,
    "id",
    "surname",
    "name",
    "patronymic",
    "address",
    "email",
    "phone",
    "created_at",
    "updated_at",
    "confirmed_email",
    "confirmed_phone",
    "confirmation_lost_at",
    "password_hash",
    "is_staff",
    "closed",
    "session_epoch",
    "surviving_session",
    "version",
)
HOLDER = AttributeKind[int]("guard", lambda holder: int(holder), holder=str)
"""The id of the user who holds a contact."""

EMAIL, PHONE = "email", "phone"
CONTACTS = (EMAIL, PHONE)


def item_of(user: User) -> UserItem:
    """Return the item that keeps an account."""
    return UserItem(*keys.user(user.id), doc=USER.to_document(user), version=user.version)


def guards_of(user: User) -> dict[str, GuardItem]:
    """Return the claims on an account's contacts, by field."""
    return {field: GuardItem(*key, holder=str(user.id)) for field, key in _contact_keys(user).items()}


def holder_of(preloaded: Preloaded, contact: Key) -> User | None:
    """Return the account that holds a contact, both of which were read; None for a free contact.

    Raises:
        StaleState: the claim on it and the account are not of one moment.
    """
    number = preloaded.get(HOLDER, contact)
    if number is None:
        return None
    user = preloaded.require(USER, keys.user(number))
    if contact not in _contact_keys(user).values():
        raise StaleState
    return user


def _contact_keys(user: User) -> dict[str, Key]:
    found = {EMAIL: contact_key(email=user.email), PHONE: contact_key(phone=user.phone)}
    return {field: key for field, key in found.items() if key is not None}


def contact_key(email: str | None = None, phone: str | None = None) -> Key | None:
    """Return the key of the claim on an email, or else on a phone; None without either."""
    return key_of(keys.email_guard, STAFF_AUDIENCE, email) or key_of(keys.phone_guard, phone)


def changed_contacts(before: User, after: User) -> list[str]:
    """Return the contact fields that changed; a change of an address's case alone is none."""
    old, new = _contact_keys(before), _contact_keys(after)
    return [field for field in CONTACTS if old.get(field) != new.get(field)]


def find(user_id: int, runtime: Runtime) -> User | None:
    """Read an account."""
    return read([keys.user(user_id)], runtime).get(USER, keys.user(user_id))


def find_by_contact(email: str | None, phone: str | None, runtime: Runtime) -> User | None:
    """Read the account that has this email, or else this phone (two calls)."""
    contact = contact_key(email, phone)
    holder = read([contact], runtime).get(HOLDER, contact)
    return None if holder is None else find(holder, runtime)


@frozen
class Displaced:
    """An account that loses a contact to another one: as it was read, and what is left of it."""

    before: User
    after: User


def add(work: UnitOfWork, user: User, displaced: Sequence[Displaced] = ()) -> None:
    """Write a new account and claim its contacts."""
    work.put(item_of(user), absent())
    _claim(work, user, CONTACTS, displaced)


def _claim(work: UnitOfWork, user: User, fields: Iterable[str], displaced: Sequence[Displaced]) -> None:
    """Claim contacts: those that nobody has, and those of the accounts that are displaced."""
    claimed = {field: key for field, key in _contact_keys(user).items() if field in fields}
    lost = {key: each.before.id for each in displaced for key in _contact_keys(each.before).values()}
    for field, key in claimed.items():
        guard = GuardItem(*key, holder=str(user.id))
        if key in lost:
            work.put(guard, GuardItem.holder == str(lost[key]))
        else:
            work.put(guard, absent(), ValidationFailed({field: [taken(field)]}).as_failed_attempt())
    for each in displaced:
        work.put(item_of(each.after), at_version(each.before.version))
        old, left = _contact_keys(each.before), _contact_keys(each.after)
        for key in old.values():
            if key not in left.values() and key not in claimed.values():
                work.delete(key)


def replace(work: UnitOfWork, before: User, after: User, displaced: Sequence[Displaced] = ()) -> None:
    """Write a changed account over the one that was read; new contacts are claimed, the old ones freed."""
    work.put(item_of(after), at_version(before.version))
    changed, old = changed_contacts(before, after), _contact_keys(before)
    for field in changed:
        if field in old:
            work.delete(old[field])
    _claim(work, after, changed, displaced)


def close(work: UnitOfWork, before: User, closed: User, sessions: Iterable[Session]) -> None:
    """Write a closed account over the open one that was read, free its contacts and end its sessions."""
    work.put(item_of(closed), at_version(before.version))
    owned = OwnedOrganizationsItem(*keys.owned_organizations(before.id), open=0, account_closed=True)
    none_open = absent() | (OwnedOrganizationsItem.open <= 0)
    work.put(owned, none_open, otherwise=StillOwnsOrganizations())
    for key in _contact_keys(before).values():
        work.delete(key)
    for session in sessions:
        work.delete(keys.session(session.audience, session.owner, session.id))
