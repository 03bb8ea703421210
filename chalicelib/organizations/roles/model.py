"""Roles of an organization."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of rights in one organization; `members` counts who has it."""

    id: int
    name: str
    permissions: tuple[str, ...]
    created_at: str
    updated_at: str
    members: int = 0
