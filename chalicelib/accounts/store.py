"""Staff accounts and the guards that keep their addresses and phones unique."""

from collections.abc import Iterable

from chalicelib.accounts.model import User
from chalicelib.auth.model import STAFF, Session
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.engine import read as read_items
from chalicelib.table.items import GuardItem, Item, OwnedOrganizationsItem, UserItem
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version, put
from chalicelib.table.snapshot import Snapshot, document

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
    "password",
    "is_staff",
    "closed",
    "session_epoch",
    "surviving_session",
    "version",
)


EMAIL = "email"
PHONE = "phone"


def item_of(user: User) -> UserItem:
    """Return the item that keeps an account."""
    return UserItem(*keys.user(user.id), doc=document(user), version=user.version)


def guards_of(user: User) -> dict[str, GuardItem]:
    """Return the claims on what must be unique, by field."""
    guards = {}
    if user.email is not None:
        guards[EMAIL] = GuardItem(*keys.email_guard(STAFF, user.email), holder=str(user.id))
    if user.phone is not None:
        guards[PHONE] = GuardItem(*keys.phone_guard(user.phone), holder=str(user.id))
    return guards


def add(user: User, runtime: Runtime) -> None:
    """Create an account and claim its email and phone.

    Raises:
        Refused: an email or a phone is taken; its subjects are `email`, `phone`.
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("user", item_of(user), absent())
    for field, guard in guards_of(user).items():
        work.put(field, guard, absent())
    work.commit()


def find_by_contact(email: str | None, phone: str | None, runtime: Runtime) -> User | None:
    """Return the account that claims this email, or this phone, None when there is none (two calls)."""
    contact = contact_key(email, phone)
    holder = holder_in(read_items([contact], runtime), contact)
    return None if holder is None else find(holder, runtime)


def find(user_id: int, runtime: Runtime) -> User | None:
    """Return an account by its id, None when there is none."""
    return read_items([keys.user(user_id)], runtime).get(User, keys.user(user_id))


def contact_key(email: str | None, phone: str | None) -> Key:
    """Return the key of the claim on an email, or else on a phone."""
    return keys.email_guard(STAFF, email) if email is not None else keys.phone_guard(phone or "")


def holder_in(snapshot: Snapshot, contact: Key) -> int | None:
    """Return whose account claims a contact, from a snapshot that holds its key."""
    guard = snapshot.item(contact)
    return int(guard.holder) if isinstance(guard, GuardItem) else None


def replace(read: User, changed: User, runtime: Runtime) -> None:
    """Write a changed account over the one that was read; new contacts are claimed, the old ones freed.

    Raises:
        Refused: the account changed in between (subject `user`), or a contact is taken (`email`, `phone`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    before, after = guards_of(read), guards_of(changed)
    moved = [field for field in (EMAIL, PHONE) if not is_same(before, after, field)]
    if not moved:
        put(item_of(changed), at_version(read.version), runtime, "user")
        return
    work = UnitOfWork(runtime)
    work.put("user", item_of(changed), at_version(read.version))
    for field in moved:
        if field in before:
            work.delete(f"old {field}", before[field])
        if field in after:
            work.put(field, after[field], absent())
    work.commit()


def strengthen(work: UnitOfWork, read: User, stronger: User) -> None:
    """Write an account whose password's hash alone is another in a transaction (subject `user`)."""
    work.put("user", item_of(stronger), at_version(read.version))


def is_same(before: dict[str, GuardItem], after: dict[str, GuardItem], field: str) -> bool:
    """Tell whether two states of an account claim the same email, or the same phone."""
    return _place(before, field) == _place(after, field)


def _place(guards: dict[str, GuardItem], field: str) -> str | None:
    return guards[field].pk if field in guards else None


def close(read: User, closed: User, sessions: Iterable[Session], runtime: Runtime) -> None:
    """Write a closed account over the open one that was read, free its contacts and delete its sessions.

    Raises:
        Refused: the account changed in between (subject `user`), or its user founded an open
            organization (`founded`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("user", item_of(closed), at_version(read.version))
    founded = OwnedOrganizationsItem(*keys.owned_organizations(read.id), open=0, closed=True)
    work.put("founded", founded, absent() | (OwnedOrganizationsItem.open <= 0))
    for field, guard in guards_of(read).items():
        work.delete(f"old {field}", guard)
    work.delete("confirmation", Item(*keys.confirmation(read.id)))
    for session in sessions:
        key = keys.session(session.audience, session.owner, session.id)
        work.delete(f"session {session.id}", Item(*key))
    work.commit()
