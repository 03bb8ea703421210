"""Memberships as they come in."""

from dataclasses import dataclass
from typing import Annotated

from chalicelib.web.fields import UNSET, PrimaryKey, Unset


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A membership to create."""

    user: Annotated[int, PrimaryKey()]
    role: Annotated[int, PrimaryKey()]


@dataclass(frozen=True, kw_only=True)
class MemberChange:
    """What a PUT or a PATCH sets."""

    user: Annotated[int | Unset, PrimaryKey(required=True)] = UNSET
    role: Annotated[int | Unset, PrimaryKey(required=True)] = UNSET
