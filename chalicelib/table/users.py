"""Staff accounts and the guards that keep their addresses and phones unique."""

from chalicelib.domain.records import STAFF, User
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import read
from chalicelib.table.items import GuardItem, UserItem
from chalicelib.table.snapshot import document
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version, put

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
    key = keys.email_guard(STAFF, email) if email is not None else keys.phone_guard(phone or "")
    guard = read([key], runtime).item(key)
    if not isinstance(guard, GuardItem):
        # The second call is made all the same, so that its time does not tell whether an account exists.
        read([keys.user(0)], runtime)
        return None
    account = keys.user(int(guard.holder))
    return read([account], runtime).get(User, account)


def replace_account(read_user: User, changed: User, runtime: Runtime) -> None:
    """Write a changed account, whose contacts are the same, over the one that was read.

    Raises:
        Refused: somebody else changed it in between.
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(item_of(changed), at_version(read_user.version), runtime)
