"""Members of an organization."""

from chalicelib.frozen import frozen

# One item names everybody who left an organization, one all that a user has accepted: 400 KB are the most.
MAX_MEMBERS = 5000
MAX_MEMBERSHIPS = 1000


@frozen
class Member:
    """A user's place in an organization; until the user accepts it, an invitation that gives no right.

    `organization_creator` never changes: it is kept here so that a user's organizations are listed with
    one read less.
    """

    id: int
    organization: int
    user: int
    role: int
    organization_creator: int
    created_at: str
    updated_at: str
    version: int = 1
    accepted: bool = True  # of what was stored before anybody was asked


@frozen
class Membership:
    """What is kept of an accepted membership with its user, by organization."""

    id: int
    role: int
