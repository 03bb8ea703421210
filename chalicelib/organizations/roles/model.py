"""Roles of an organization."""

from chalicelib.frozen import frozen


@frozen
class Role:
    """A named set of rights in one organization; `member_count` says how many members have it."""

    id: int
    name: str
    permissions: tuple[str, ...]
    created_at: str
    updated_at: str
    member_count: int = 0
