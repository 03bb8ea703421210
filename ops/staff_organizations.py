"""Organizations, for the operator: open a closed one again."""

from chalicelib import ids
from chalicelib.errors import PermissionDenied, ValidationFailed
from chalicelib.organizations import service as organizations
from chalicelib.organizations.model import Organization
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import read
from ops import CommandError


def reopen(named: str, name: str | None, agreed: bool, runtime: Runtime) -> str:
    """Let the people of a closed organization in again, and return what was done.

    Args:
        named: the organization's id.
        name: the name to open it under, None for its own.
        agreed: whether to do it, or only to say what would be done.
        runtime: settings, clock, chance.

    Raises:
        CommandError: there is no such organization, or it can't be opened.
    """
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
    try:
        organizations.reopen(organization, name, runtime=runtime)
    except ValidationFailed as error:
        raise CommandError(f"another organization is called {name} by now: give a --name.") from error
    except PermissionDenied as error:
        raise CommandError(f"its creator, user {organization.creator}, has closed the account.") from error
    return f"organization {organization.id} ({name}) is open again."


def _find(named: str, runtime: Runtime) -> Organization:
    number = ids.parse(named)
    found = None
    if number is not None:
        key = keys.organization(number)
        found = read([key], runtime).get(Organization, key)
    if found is None:
        raise CommandError(f"there is no organization {named}.")
    return found
