"""Memberships as they come in, and as they go out."""

from typing import Annotated, TypedDict

from chalicelib.frozen import frozen
from chalicelib.organizations.members.model import Member
from chalicelib.web.fields import UNSET, PrimaryKey, Unset
from chalicelib.web.values import Id, Time


@frozen(kw_only=True)
class NewMember:
    """A membership to create."""

    user: Annotated[int, PrimaryKey()]
    role: Annotated[int, PrimaryKey()]


@frozen(kw_only=True)
class MemberChange:
    """What a PUT or a PATCH sets."""

    user: Annotated[int | Unset, PrimaryKey(required=True)] = UNSET
    role: Annotated[int | Unset, PrimaryKey(required=True)] = UNSET


class MemberObject(TypedDict):
    """A membership; its user, role and organization are ids. Until it is accepted it gives no right."""

    id: Id
    user: Id
    role: Id
    organization: Id
    accepted: bool
    created_at: Time
    updated_at: Time


def member_object(member: Member) -> MemberObject:
    """Return a membership."""
    return {
        "id": member.id,
        "user": member.user,
        "role": member.role,
        "organization": member.organization,
        "accepted": member.accepted,
        "created_at": member.created_at,
        "updated_at": member.updated_at,
    }
