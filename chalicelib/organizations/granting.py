"""What decides who may give which right: the giver's rights and all roles, as read together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.auth import old_authentication as admission
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import PermissionDenied
from chalicelib.organizations import rights
from chalicelib.organizations import store as organizations
from chalicelib.organizations.roles import store as roles
from chalicelib.organizations.roles.store import RoleBook
from chalicelib.runtime import Runtime
from chalicelib.table.engine import read
from chalicelib.table.keys import Key
from chalicelib.table.snapshot import Snapshot


@dataclass(frozen=True)
class Office:
    """A principal with the rights held in an organization, and that organization's roles."""

    principal: StaffPrincipal
    book: RoleBook
    records: Snapshot


def office(principal: StaffPrincipal, records: Snapshot) -> Office:
    """Return the office of a principal, from what was read along with the session."""
    return Office(principal, roles.book_in(records, principal.organization.id), records)


def read_again(entered: Office, right: str, also: Iterable[Key], runtime: Runtime) -> Office:
    """Read an office anew, because its roles changed: the principal's rights may have changed with them.

    Args:
        entered: the office as it was read before.
        right: what the principal has to hold still.
        also: keys to read in the same call.
        runtime: the way to wait between tries.

    Raises:
        PermissionDenied: the principal does not hold the right any more.
        Unavailable: DynamoDB is busy or out of reach.
    """
    before = entered.principal
    home = before.organization.id
    records = read([*organizations.authority_keys(home, before.id), *also], runtime)
    nobody = replace(before, named_organization=None, rights=frozenset[str](), is_member=False)
    principal = admission.with_rights(nobody, home, records)
    if right not in principal.rights:
        raise PermissionDenied
    return office(principal, records)


def ensure_grantable(entered: Office, codenames: Iterable[str]) -> None:
    """Refuse to give a right that the principal does not hold (companion, "Organizations").

    Raises:
        PermissionDenied: there is such a right.
    """
    if not rights.effective(codenames) <= entered.principal.rights:
        raise PermissionDenied
