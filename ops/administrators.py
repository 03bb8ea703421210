"""Shop administrators: staff accounts with `is_staff`, which only the command line gives (companion)."""

import getpass
import sys
from dataclasses import replace

from chalicelib.accounts import inputs as users_in
from chalicelib.accounts import registration as staff_accounts
from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.errors import ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.table.engine import Refused
from ops import CommandError


def create(email: str, password: str | None, runtime: Runtime) -> str:
    """Make a shop administrator, or make one of the account that has this email.

    Args:
        email: the account's email; it counts as confirmed.
        password: of a new account; asked for when there is none.
        runtime: settings, clock, chance.

    Returns:
        What was done, as a sentence.

    Raises:
        CommandError: the email or the password can't be taken.
    """
    user = users.find_by_contact(email, None, runtime)
    if user is not None and user.is_staff:
        return f"{email} (user {user.id}) is a shop administrator already."
    known = user is not None
    if user is None:
        user = _register(email, password if password is not None else _asked(), runtime)
    entitled = replace(user, is_staff=True, confirmed_email=True, version=user.version + 1)
    try:
        users.replace(user, entitled, runtime)
    except Refused as refused:
        raise CommandError(f"the account of {email} changed at the same time; try again.") from refused
    made = "is now" if known else "was registered and is"
    return f"{email} (user {user.id}) {made} a shop administrator."


def _register(email: str, password: str, runtime: Runtime) -> User:
    name = email.partition("@")[0] or email
    body = {"surname": name, "name": name, "patronymic": "", "address": "", "email": email}
    try:
        fields = users_in.load_registration({**body, "password": password})
        return staff_accounts.register(fields, runtime=runtime)
    except ValidationFailed as error:
        problems = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.fields.items())
        raise CommandError(problems) from error


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password of the new administrator: ")
    if getpass.getpass("Once more: ") != first:
        raise CommandError("the two passwords are not the same.")
    return first
