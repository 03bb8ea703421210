"""Members of an organization: `/organizations/member-…`."""

from chalicelib.auth.staff import StaffCall, member_with, member_with_or_own_membership
from chalicelib.contract import ADDS, DELETES, LISTS, WRITES, OrganizationIn
from chalicelib.errors import NotFound
from chalicelib.organizations.members import service, store
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.schemas import MemberChange, MemberObject, NewMember, member_object
from chalicelib.organizations.roles.service import change_members
from chalicelib.table.paging import Page
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Paging


@endpoint(
    POST,
    "/organizations/member-c",
    who=member_with("organization_member_create"),
    organization=OrganizationIn.BODY,
    takes=NewMember,
    references=service.references,
    taken=service.taken,
    status=201,
    uses=ADDS,
    new_id="member",
    preload=service.user_key,
)
def create_member(call: StaffCall, new: NewMember) -> MemberObject:
    """Invite a user to be a member of the organization that the body names.

    Until the user accepts, the membership gives no right.
    """
    service.ensure_may_have(call, new.user, new.role)
    service.ensure_room(call, new.user)
    now, organization = call.now, call.principal.organization
    member = Member(
        id=call.next_id("member"),
        organization=organization.id,
        user=new.user,
        role=new.role,
        organization_creator=organization.creator,
        created_at=now,
        updated_at=now,
        version=service.first_version(call),
        accepted=False,
    )
    store.add(call.work, member)
    change_members(call, {member.role: 1})
    return member_object(member)


@endpoint(
    GET,
    "/organizations/member-l/{organization}",
    who=member_with("organization_member_view"),
    organization=OrganizationIn.PATH,
    paging=Paging.LINK,
    uses=LISTS,
)
def list_members(call: StaffCall) -> Page[MemberObject]:
    """List the members of an organization, those who have not accepted yet too."""
    return store.page(call.principal.organization.id, call.page, call.runtime).map(member_object)


@endpoint(
    GET,
    "/organizations/member-r/{id}/{organization}",
    who=member_with("organization_member_view"),
    organization=OrganizationIn.PATH,
    errors=(NotFound,),
    preload=service.id_key,
    preload_next=service.member_key,
    loads=service.member_to_show,
)
def show_member(call: StaffCall, member: Member) -> MemberObject:
    """Show a member of an organization."""
    return member_object(member)


@endpoint(
    PUT,
    "/organizations/member-ud/{id}",
    who=member_with("organization_member_change"),
    organization=OrganizationIn.BODY,
    takes=MemberChange,
    references=service.references,
    taken=service.taken,
    uses=WRITES | DELETES,
    preload=service.id_and_user_keys,
    preload_next=service.member_keys,
    loads=service.member_to_change,
)
def replace_member(call: StaffCall, member: Member, change: MemberChange) -> MemberObject:
    """Change a membership; another user is invited to it."""
    return member_object(service.change_member(call, member, changes_in(change)))


@endpoint(
    PATCH,
    "/organizations/member-ud/{id}",
    who=member_with("organization_member_change"),
    organization=OrganizationIn.BODY,
    takes=MemberChange,
    partial=True,
    references=service.references,
    taken=service.taken,
    uses=WRITES | DELETES,
    preload=service.id_and_user_keys,
    preload_next=service.member_keys,
    loads=service.member_to_change,
)
def change_member(call: StaffCall, member: Member, change: MemberChange) -> MemberObject:
    """Change a membership's role, or invite another user to it."""
    return member_object(service.change_member(call, member, changes_in(change)))


@endpoint(
    DELETE,
    "/organizations/member-ud/{id}",
    who=member_with_or_own_membership("organization_member_delete"),
    organization=OrganizationIn.BODY,
    status=204,
    uses=WRITES | DELETES,
    preload=service.id_key,
    preload_next=service.member_keys,
    loads=service.member_to_delete,
)
def delete_member(call: StaffCall, member: Member) -> None:
    """Take a user's membership away, or leave the organization, or decline its invitation."""
    store.delete(call.work, member, call.preloaded)
    change_members(call, {member.role: -1}, leaving=member)
