"""Members of an organization."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A user's place in an organization.

    `founder` is the organization's creator, who never changes: kept here so that a user's organizations
    are listed with one
    read less.
    """

    id: int
    organization: int
    user: int
    role: int
    founder: int
    created_at: str
    updated_at: str
    version: int = 1
