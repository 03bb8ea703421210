"""Staff accounts, for the operator: show one, confirm one."""

from dataclasses import replace

from chalicelib import ids, texts
from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth import sessions
from chalicelib.auth.authentication import is_running
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.organizations import store as organizations
from chalicelib.organizations.members import store as members
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.model import Organization
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.preloaded import read
from chalicelib.table.unit_of_work import StaleState, UnitOfWork
from chalicelib.web.contact_fields import dialled
from ops import CommandError

_LISTED = 50


def find(named: str, runtime: Runtime) -> User:
    """Return the account with an id, an email or a phone."""
    number = ids.parse(named)
    if number is not None:
        user = users.find(number, runtime)
    elif "@" in named:
        user = users.find_by_contact(named, None, runtime)
    else:
        user = users.find_by_contact(None, dialled(named), runtime)
    if user is None:
        raise CommandError(f"there is no staff account {named}.")
    return user


def ensure_address(user: User, email: str) -> None:
    """Refuse to do something for the owner of an address that is only claimed like the one in the account."""
    if not texts.is_same_mailbox(user.email, email):
        raise CommandError(f"user {user.id} has {user.email}, which is not {email} to the letter.")


def show(named: str, runtime: Runtime) -> str:
    """Return what there is to know about an account: never its password."""
    user = find(named, runtime)
    lines = [
        f"user {user.id}{' (closed)' if user.closed else ''}",
        f"  name            {' '.join(filter(None, (user.surname, user.name, user.patronymic))) or '-'}",
        f"  email           {_contact(user.email, user.confirmed_email)}",
        f"  phone           {_contact(user.phone, user.confirmed_phone)}",
        f"  administrator   {'yes' if user.is_staff else 'no'}",
        f"  created         {user.created_at}",
        f"  updated         {user.updated_at}",
        f"  sessions        {_sessions(user, runtime)}",
        "  organizations",
        *_organizations(user, runtime),
        "  invitations",
        *_invitations(user, runtime),
    ]
    return "\n".join(lines)


def _contact(contact: str | None, confirmed: bool) -> str:
    return "-" if contact is None else f"{contact} ({'confirmed' if confirmed else 'not confirmed'})"


def _sessions(user: User, runtime: Runtime) -> str:
    page = sessions.page_of_owner(STAFF_AUDIENCE, str(user.id), PageRequest(100), runtime)
    running = [session for session in page.items if is_running(session, user, runtime)]
    return f"{len(running)}{' or more' if page.next else ''}"


def _organizations(user: User, runtime: Runtime) -> list[str]:
    return _listed(organizations.page_of_user(user.id, PageRequest(_LISTED), runtime), runtime)


def _invitations(user: User, runtime: Runtime) -> list[str]:
    return _listed(members.page_of_invitations(user.id, PageRequest(_LISTED), runtime), runtime)


def _listed(page: Page[Organization | Member] | Page[Member], runtime: Runtime) -> list[str]:
    numbers = [organizations.organization_id_of(entry) for entry in page.items]
    preloaded = read(map(keys.organization, numbers), runtime)
    lines = []
    for number, entry in zip(numbers, page.items, strict=True):
        organization = preloaded.get(organizations.ORGANIZATION, keys.organization(number))
        if organization is not None:
            closed = ", closed" if organization.closed else ""
            lines.append(f"    {number} {organization.name} ({_tie(entry)}{closed})")
    if page.next:
        lines.append("    …")
    return lines or ["    none"]


def _tie(entry: Organization | Member) -> str:
    if isinstance(entry, Organization):
        return "creator"
    return f"{'member' if entry.accepted else 'invited'} with role {entry.role}"


def confirm(named: str, phone: bool, runtime: Runtime) -> str:
    """Confirm an account's email, or its phone, and return what was done."""
    user = find(named, runtime)
    if "@" in named:
        ensure_address(user, named)
    contact = user.phone if phone else user.email
    if contact is None:
        raise CommandError(f"user {user.id} has no {'phone' if phone else 'email'}.")
    confirmed = replace(user, confirmed_phone=True) if phone else replace(user, confirmed_email=True)
    if confirmed == user:
        return f"{contact} of user {user.id} is confirmed already."
    confirmed = replace(confirmed, updated_at=runtime.now(), version=user.version + 1)
    work = UnitOfWork(runtime)
    users.replace(work, user, confirmed)
    try:
        work.commit()
    except StaleState as stale:
        raise CommandError(f"user {user.id} changed at the same time; try again.") from stale
    return f"{contact} of user {user.id} is confirmed."
