"""Members of an organization: `/organizations/member-…`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes
from chalicelib.errors import NotFound, PermissionDenied
from chalicelib.organizations.members import service as members
from chalicelib.organizations.members.answers import member_object
from chalicelib.organizations.members.model import Member
from chalicelib.table.keys import Key
from chalicelib.web import list_query
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


def _member(request: StaffRequest) -> Iterable[Key]:
    return members.keys_of_member(request.organization_id, request.path_id())


def _member_and_named(request: StaffRequest) -> Iterable[Key]:
    return [*_member(request), *members.keys_named_in(request.body)]


@endpoint(routes.CREATE_MEMBER, reads=lambda request: members.keys_named_in(request.body))
def create_member(request: StaffRequest) -> Response:
    """Make a user a member of the organization that the body names."""
    from chalicelib.organizations import inputs as organizations_in

    existing = members.references(request.principal, request.records)
    unique = members.uniqueness(request.principal, request.runtime)
    fields = organizations_in.load_member(request.body, existing, unique)
    member = members.create(
        fields, principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(201, member_object(member))


@endpoint(routes.LIST_MEMBERS)
def list_members(request: StaffRequest) -> Response:
    """List the members of an organization."""
    asked = list_query.parse(request, request.principal.organization.id)
    page = members.list_page(
        principal=request.principal, limit=asked.limit, after=asked.after, runtime=request.runtime
    )
    headers = paging.link_to_next(request, asked.list_name, page.next)
    return json_response(200, [member_object(shown) for shown in page.items], headers)


@endpoint(routes.SHOW_MEMBER, reads=_member)
def show_member(request: StaffRequest) -> Response:
    """Show a member of an organization."""
    return json_response(200, member_object(_named(request, NotFound)))


@endpoint(routes.REPLACE_MEMBER, reads=_member_and_named)
def replace_member(request: StaffRequest) -> Response:
    """Change a membership."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_MEMBER, reads=_member_and_named)
def change_member(request: StaffRequest) -> Response:
    """Change a membership's role, or its user."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.organizations import inputs as organizations_in

    member = _named(request, PermissionDenied)
    existing = members.references(request.principal, request.records)
    unique = members.uniqueness(request.principal, request.runtime, member)
    fields = organizations_in.load_member(request.body, existing, unique, partial=partial)
    changed = members.change(
        member, fields, principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(200, member_object(changed))


@endpoint(routes.DELETE_MEMBER, reads=_member)
def delete_member(request: StaffRequest) -> Response:
    """Take a user's membership away."""
    member = _named(request, PermissionDenied)
    members.delete(member, principal=request.principal, records=request.records, runtime=request.runtime)
    return no_content()


def _named(request: StaffRequest, missing: type[NotFound] | type[PermissionDenied]) -> Member:
    return members.member_in(
        request.principal, request.path_id(), request.records, request.runtime, missing=missing
    )
