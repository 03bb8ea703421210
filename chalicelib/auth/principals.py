"""Identity as an explicit frozen value; services see this and never a header or a token."""

from dataclasses import dataclass, field

from chalicelib.accounts.model import User
from chalicelib.organizations.model import Organization
from chalicelib.shop.customers.model import Customer


@dataclass(frozen=True)
class StaffPrincipal:
    """A signed-in staff user, with the rights held in the organization that the request is about.

    Attributes:
        user: the account.
        session_id: the session behind the token.
        organization: the organization that the request names, None when it names none or none that is open.
        rights: the codenames held there, with everything that they imply.
        inside: whether the user is a member of it, or its creator.
    """

    user: User = field(repr=False)
    session_id: int = field(repr=False)
    organization: Organization | None = None
    rights: frozenset[str] = frozenset()
    inside: bool = False

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def home(self) -> Organization:
        """The organization that the request is about; only for routes that need a right in one."""
        assert self.organization is not None, "this route needs no right in an organization"
        return self.organization


@dataclass(frozen=True)
class CustomerPrincipal:
    """A signed-in shop customer."""

    customer: Customer = field(repr=False)
    session_id: int = field(repr=False)

    @property
    def id(self) -> str:
        """The customer's uuid."""
        return self.customer.uuid
