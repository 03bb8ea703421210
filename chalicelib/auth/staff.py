"""Staff users as principals: the account, and the rights held in the organization that a request names."""

from dataclasses import field, replace

from chalicelib import ids
from chalicelib.accounts.model import User
from chalicelib.accounts.store import USER
from chalicelib.auth import rights, sessions
from chalicelib.auth.authentication import running_session
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.permissions import Permission, all_of, any_of
from chalicelib.auth.tokens import Claims
from chalicelib.errors import TokenNotValid
from chalicelib.frozen import frozen
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER, role_of
from chalicelib.organizations.model import Organization
from chalicelib.organizations.store import ORGANIZATION
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call


@frozen
class StaffPrincipal:
    """A signed-in staff user, with the rights held in the organization that the request is about.

    Attributes:
        user: the account.
        session_id: the session behind the token.
        named_organization: the one that the request names; None if it names none, or a closed one.
        rights: the codenames held there, with everything that they imply.
        is_member: whether the user has accepted to be a member of it, or is its creator.
        membership: the user's own in it, accepted or not.
    """

    user: User = field(repr=False)
    session_id: int = field(repr=False)
    named_organization: Organization | None = None
    rights: frozenset[str] = frozenset()
    is_member: bool = False
    membership: Member | None = None

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def organization(self) -> Organization:
        """The organization that the request is about; only for endpoints that need a right in one."""
        assert self.named_organization is not None, "this endpoint needs no right in an organization"
        return self.named_organization


StaffCall = Call[StaffPrincipal]


class StaffAuthentication:
    """Authenticates staff users by their sessions, and finds their rights by their roles."""

    audience = STAFF_AUDIENCE

    def keys(self, claims: Claims, organization_id: int | None) -> list[Key]:
        """Return the keys of the session, the account, and what decides its rights in an organization."""
        user_id = _user_id(claims)
        rights_keys = [] if organization_id is None else keys_of_rights(organization_id, user_id)
        return [sessions.key_of(claims), keys.user(user_id), *rights_keys]

    def principal(
        self, claims: Claims, organization_id: int | None, preloaded: Preloaded, runtime: Runtime
    ) -> StaffPrincipal:
        """Return the staff user behind a token, with the rights held in an organization."""
        user = preloaded.get(USER, keys.user(_user_id(claims)))
        session = running_session(claims, user, preloaded, runtime)
        assert user is not None
        return with_rights(StaffPrincipal(user, session.id), organization_id, preloaded)


def _user_id(claims: Claims) -> int:
    user_id = ids.parse(claims.subject)
    if user_id is None:
        raise TokenNotValid
    return user_id


def keys_of_rights(organization_id: int, user_id: int) -> list[Key]:
    """Return the keys of everything that decides a user's rights in an organization."""
    return [
        keys.organization(organization_id),
        keys.roles(organization_id),
        keys.member(organization_id, user_id),
    ]


def with_rights(
    principal: StaffPrincipal, organization_id: int | None, preloaded: Preloaded
) -> StaffPrincipal:
    """Return the principal with the rights held in an organization, from what was read of `keys_of_rights`.

    Its creator holds every right without being a member; whoever is only invited holds none; a closed
    organization lets nobody in.
    """
    if organization_id is None:
        return principal
    organization = preloaded.get(ORGANIZATION, keys.organization(organization_id))
    if organization is None or organization.closed:
        return principal
    if organization.creator == principal.id:
        return replace(principal, named_organization=organization, rights=rights.EVERY_RIGHT, is_member=True)
    member = preloaded.get(MEMBER, keys.member(organization.id, principal.id))
    principal = replace(principal, named_organization=organization, membership=member)
    if member is None or not member.accepted:
        return principal
    held = rights.effective(role_of(preloaded, member).permissions)
    return replace(principal, rights=held, is_member=True)


_AUTHENTICATION = StaffAuthentication()

SIGNED_IN = Permission("signed in", lambda principal: True, _AUTHENTICATION)
CONFIRMED = Permission("confirmed account", lambda principal: principal.user.confirmed, _AUTHENTICATION)
ADMINISTRATOR = Permission("shop administrator", lambda principal: principal.user.is_staff, _AUTHENTICATION)
MEMBER_OF_ORGANIZATION = all_of(
    CONFIRMED,
    Permission("member of the organization", lambda principal: principal.is_member, _AUTHENTICATION),
)


def member_with(right: str) -> Permission:
    """Return the permission of confirmed users who hold a right in the request's organization."""
    holds = Permission(f"right {right}", lambda principal: right in principal.rights, _AUTHENTICATION)
    return all_of(CONFIRMED, holds)


def member_with_or_own_membership(right: str) -> Permission:
    """Whoever has a membership there, for what they do to it, and confirmed users who hold a right."""
    own = Permission("own membership", lambda principal: principal.membership is not None, _AUTHENTICATION)
    return any_of(own, member_with(right))
