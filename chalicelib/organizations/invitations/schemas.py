"""Invitations as they go out: nothing of an organization but its name."""

from typing import TypedDict

from chalicelib.organizations.members.model import Member
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles.model import Role
from chalicelib.web.values import Id, Time


class OrganizationName(TypedDict):
    """The organization that invites."""

    id: Id
    name: str


class RoleName(TypedDict):
    """The role that a membership comes with."""

    id: Id
    name: str


class InvitationObject(TypedDict):
    """A membership that I was offered and have not accepted yet."""

    id: Id
    organization: OrganizationName
    role: RoleName
    created_at: Time


def invitation_object(member: Member, organization: Organization, role: Role) -> InvitationObject:
    """Return an invitation."""
    return {
        "id": member.id,
        "organization": {"id": organization.id, "name": organization.name},
        "role": {"id": role.id, "name": role.name},
        "created_at": member.created_at,
    }
