"""Shop administrators: staff accounts with `is_staff`, which only the command line gives (companion)."""

import getpass
import sys
from dataclasses import replace

from chalicelib.accounts import service
from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.accounts.schemas import NewUser
from chalicelib.auth import passwords
from chalicelib.errors import ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.table import sequences
from chalicelib.table.preloaded import read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork
from chalicelib.web import fields
from ops import CommandError
from ops.admin.users import ensure_address


def create(email: str, password: str | None, runtime: Runtime) -> str:
    """Register a shop administrator, or promote and confirm the account that has this email."""
    user = users.find_by_contact(email, None, runtime)
    if user is not None:
        ensure_address(user, email)
    if user is not None and user.is_staff:
        return f"{email} (user {user.id}) is a shop administrator already."
    work = UnitOfWork(runtime)
    try:
        if user is None:
            made = "was registered and is"
            user = _register(work, email, password if password is not None else _prompt_password(), runtime)
        else:
            made = "is now"
            entitled = replace(user, is_staff=True, confirmed_email=True, version=user.version + 1)
            users.replace(work, user, entitled)
        work.commit()
    except ValidationFailed as error:
        problems = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.fields.items())
        raise CommandError(problems) from error
    except StaleState as stale:
        raise CommandError(f"the account of {email} changed at the same time; try again.") from stale
    return f"{email} (user {user.id}) {made} a shop administrator."


def _register(work: UnitOfWork, email: str, password: str, runtime: Runtime) -> User:
    name = email.partition("@")[0] or email
    body = {"surname": name, "name": name, "patronymic": "", "address": "", "email": email}
    new = fields.parse(NewUser, {**body, "password": password}).complete()
    number = sequences.next_id("user", read(sequences.keys_for("user"), runtime), work)
    hashed = passwords.hash_password(new.password, runtime)
    user = service.new_user(number, new, hashed, runtime.now())
    administrator = replace(user, is_staff=True, confirmed_email=True)
    users.add(work, administrator)
    return administrator


def _prompt_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password of the new administrator: ")
    if getpass.getpass("Once more: ") != first:
        raise CommandError("the two passwords are not the same.")
    return first
