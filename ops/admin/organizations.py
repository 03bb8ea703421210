"""Organizations, for the operator: open a closed one again."""

from dataclasses import replace

from chalicelib import ids
from chalicelib.errors import SessionOver, ValidationFailed
from chalicelib.organizations import store
from chalicelib.organizations.model import Organization
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.keys import key_of
from chalicelib.table.preloaded import read
from chalicelib.table.unit_of_work import UnitOfWork
from ops import CommandError


def reopen(named: str, name: str | None, agreed: bool, runtime: Runtime) -> str:
    """Reopen a closed organization, and return what was done."""
    organization = _find(named, runtime)
    name = organization.name if name is None else name.strip()
    if not 0 < len(name) <= 150:
        raise CommandError("a name has 1 to 150 characters.")
    if not organization.closed:
        return f"organization {organization.id} ({organization.name}) is open."
    if not agreed:
        raise CommandError(
            f"this lets user {organization.creator} and all members into organization {organization.id} "
            f"({name}) again; say --yes to do it."
        )
    opened = replace(
        organization, name=name, closed=False, updated_at=runtime.now(), version=organization.version + 1
    )
    work = UnitOfWork(runtime)
    store.reopen(work, organization, opened)
    try:
        work.commit()
    except ValidationFailed as error:
        raise CommandError(f"another organization is called {name} by now: give a --name.") from error
    except SessionOver as error:
        raise CommandError(f"its creator, user {organization.creator}, has closed the account.") from error
    return f"organization {organization.id} ({name}) is open again."


def _find(named: str, runtime: Runtime) -> Organization:
    key = key_of(keys.organization, ids.parse(named))
    found = read([key], runtime).get(store.ORGANIZATION, key)
    if found is None:
        raise CommandError(f"there is no organization {named}.")
    return found
