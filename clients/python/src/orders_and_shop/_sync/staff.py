"""What staff can call: the Orders API and the shop's administration. Made by `manage.py clients`."""

from __future__ import annotations

from typing import Literal

from orders_and_shop import types
from orders_and_shop._sync.transport import Pages, Transport
from orders_and_shop.calls import Headers, segment


class StaffClient(Transport):
    """What staff can call: the Orders API and the shop's administration.

    Every method takes `headers` to send besides, say an `Idempotency-Key`: a write that has one is repeated
    as well when the API is too busy.
    """

    _refresh_path = "/users/auth/token/refresh/"

    def create_order(self, body: types.NewOrder, *, headers: Headers = None) -> types.CreatedOrder:
        """Create an order in the organization that the body names.

        Who may call: confirmed account and right `order_create`.

        Args:
            body: An order to create.
            headers: Sent besides.
        """
        answer: types.CreatedOrder = self._json("POST", "/orders/order-c/", body=body, headers=headers)
        return answer

    def list_orders(
        self,
        organization: int,
        *,
        done: bool | None = None,
        service: int | None = None,
        executor: int | None = None,
        client: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.OrderObject], types.OrderObject]:
        """List the orders of an organization, newest change first.

        Who may call: confirmed account and right `order_view`.

        Args:
            organization: The organization's id.
            done: Only orders that are done, or with `false` only those that are not.
            service: Only orders of this service.
            executor: Only orders that this user is to execute.
            client: Only orders for this client.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/orders/order-l/{segment(organization)}/",
            {
                "done": done,
                "service": service,
                "executor": executor,
                "client": client,
                "limit": limit,
                "cursor": cursor,
            },
            headers,
            signed=True,
        )

    def list_created_orders(
        self,
        organization: int,
        *,
        done: bool | None = None,
        service: int | None = None,
        executor: int | None = None,
        client: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.OrderObject], types.OrderObject]:
        """List the organization's orders that name me as their creator.

        Who may call: confirmed account and right `order_view`.

        Args:
            organization: The organization's id.
            done: Only orders that are done, or with `false` only those that are not.
            service: Only orders of this service.
            executor: Only orders that this user is to execute.
            client: Only orders for this client.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/orders/order-creator-l/{segment(organization)}/",
            {
                "done": done,
                "service": service,
                "executor": executor,
                "client": client,
                "limit": limit,
                "cursor": cursor,
            },
            headers,
            signed=True,
        )

    def list_orders_to_execute(
        self,
        organization: int,
        *,
        done: bool | None = None,
        service: int | None = None,
        executor: int | None = None,
        client: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.OrderObject], types.OrderObject]:
        """List the organization's orders that I am to execute.

        Who may call: confirmed account and right `order_view`.

        Args:
            organization: The organization's id.
            done: Only orders that are done, or with `false` only those that are not.
            service: Only orders of this service.
            executor: Only orders that this user is to execute.
            client: Only orders for this client.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/orders/order-executor-l/{segment(organization)}/",
            {
                "done": done,
                "service": service,
                "executor": executor,
                "client": client,
                "limit": limit,
                "cursor": cursor,
            },
            headers,
            signed=True,
        )

    def list_my_orders_to_execute(
        self,
        *,
        done: bool | None = None,
        service: int | None = None,
        executor: int | None = None,
        client: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.OrderObject], types.OrderObject]:
        """List the orders that I am to execute, in all open organizations that I belong to.

        Who may call: confirmed account.

        Args:
            done: Only orders that are done, or with `false` only those that are not.
            service: Only orders of this service.
            executor: Only orders that this user is to execute.
            client: Only orders for this client.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            "/users/user/executor/",
            {
                "done": done,
                "service": service,
                "executor": executor,
                "client": client,
                "limit": limit,
                "cursor": cursor,
            },
            headers,
            signed=True,
        )

    def show_order(self, id: int, *, headers: Headers = None) -> types.OrderObject:
        """Show an order.

        Who may call: confirmed account and right `order_view`.

        Args:
            id: The order's id.
            headers: Sent besides.
        """
        answer: types.OrderObject = self._json("GET", f"/orders/order-r/{segment(id)}/", headers=headers)
        return answer

    def show_order_in(self, id: int, organization: int, *, headers: Headers = None) -> types.OrderObject:
        """Show an order of the organization that the path names.

        Who may call: confirmed account and right `order_view`.

        Args:
            id: The order's id.
            organization: The organization's id.
            headers: Sent besides.
        """
        answer: types.OrderObject = self._json(
            "GET", f"/orders/order-r/{segment(id)}/{segment(organization)}/", headers=headers
        )
        return answer

    def replace_order(
        self, id: int, body: types.OrderChange, *, headers: Headers = None
    ) -> types.ChangedOrder:
        """Change an order's description and executor.

        Who may call: confirmed account and right `order_change`.

        Args:
            id: The order's id.
            body: What a PUT (all but `done`) or a PATCH (any) sets.
            headers: Sent besides.
        """
        answer: types.ChangedOrder = self._json(
            "PUT", f"/orders/order-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def change_order(
        self, id: int, body: types.PartialOrderChange, *, headers: Headers = None
    ) -> types.ChangedOrder:
        """Change some fields of an order.

        Who may call: confirmed account and right `order_change`.

        Args:
            id: The order's id.
            body: What a PUT (all but `done`) or a PATCH (any) sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.ChangedOrder = self._json(
            "PATCH", f"/orders/order-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def delete_order(self, id: int, body: types.InOrganization, *, headers: Headers = None) -> None:
        """Delete an order.

        Who may call: confirmed account and right `order_delete`.

        Args:
            id: The order's id.
            body: Names the organization in which the right is needed.
            headers: Sent besides.
        """
        self._call("DELETE", f"/orders/order-ud/{segment(id)}/", body=body, headers=headers)

    def register_user(self, body: types.NewUser, *, headers: Headers = None) -> types.RegisteredUser:
        """Register a staff account.

        Who may call: anyone.

        Args:
            body: An account to register.
            headers: Sent besides.
        """
        answer: types.RegisteredUser = self._json(
            "POST", "/users/auth/registration/", body=body, headers=headers, signed=False
        )
        return answer

    def show_user(self, id: int, *, headers: Headers = None) -> types.UserObject:
        """Show my account.

        Who may call: signed in.

        Args:
            id: The user's id.
            headers: Sent besides.
        """
        answer: types.UserObject = self._json("GET", f"/users/user/{segment(id)}/", headers=headers)
        return answer

    def replace_user(self, id: int, body: types.UserChange, *, headers: Headers = None) -> types.UserObject:
        """Change my account.

        Who may call: signed in.

        Args:
            id: The user's id.
            body: What a PUT or a PATCH sets; null or blanks take a contact away.
            headers: Sent besides.
        """
        answer: types.UserObject = self._json(
            "PUT", f"/users/user/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def change_user(
        self, id: int, body: types.PartialUserChange | None = None, *, headers: Headers = None
    ) -> types.UserObject:
        """Change some fields of my account.

        Who may call: signed in.

        Args:
            id: The user's id.
            body: What a PUT or a PATCH sets; null or blanks take a contact away. What is absent stays
                as it is.
            headers: Sent besides.
        """
        answer: types.UserObject = self._json(
            "PATCH", f"/users/user/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def close_user(self, id: int, body: types.Closing, *, headers: Headers = None) -> None:
        """Close my account, erase my personal data, and leave every organization.

        Who may call: signed in.

        Args:
            id: The user's id.
            body: What it takes to close an account.
            headers: Sent besides.
        """
        self._call("DELETE", f"/users/user/{segment(id)}/", body=body, headers=headers)
        self._session.end()

    def sign_in_user(self, body: types.Credentials, *, headers: Headers = None) -> types.Tokens:
        """Sign in with an email address or a phone.

        Who may call: anyone.

        Args:
            body: An email, or else a phone, and the account's password.
            headers: Sent besides.
        """
        answer: types.Tokens = self._json(
            "POST", "/users/auth/token/", body=body, headers=headers, signed=False
        )
        self._session.begin(answer)
        return answer

    def refresh_user(self, body: types.RefreshToken, *, headers: Headers = None) -> types.Tokens:
        """Exchange a refresh token for a new pair of tokens.

        Who may call: anyone.

        Args:
            body: A refresh token to exchange.
            headers: Sent besides.
        """
        answer: types.Tokens = self._json(
            "POST", "/users/auth/token/refresh/", body=body, headers=headers, signed=False
        )
        self._session.begin(answer)
        return answer

    def sign_out_user(self, *, headers: Headers = None) -> None:
        """End the session behind the token.

        Who may call: signed in.

        Args:
            headers: Sent besides.
        """
        self._call("POST", "/users/auth/logout/", headers=headers)
        self._session.end()

    def list_sessions(
        self, id: int, *, limit: int | None = None, cursor: str | None = None, headers: Headers = None
    ) -> Pages[list[types.SessionObject], types.SessionObject]:
        """List my sessions.

        Who may call: signed in.

        Args:
            id: The user's id.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/sessions/session-user-l/{segment(id)}/",
            {"limit": limit, "cursor": cursor},
            headers,
            signed=True,
        )

    def delete_session(self, id: int, *, headers: Headers = None) -> None:
        """End one of my sessions.

        Who may call: signed in.

        Args:
            id: The session's id.
            headers: Sent besides.
        """
        self._call("DELETE", f"/sessions/session-user-d/{segment(id)}/", headers=headers)

    def mail_code(self, *, headers: Headers = None) -> types.MailedCode:
        """Mail me a confirmation code.

        Who may call: signed in.

        Args:
            headers: Sent besides.
        """
        answer: types.MailedCode = self._json("POST", "/verify-info/verify-user-email/", headers=headers)
        return answer

    def accept_code(self, body: types.GivenCode, *, headers: Headers = None) -> types.AcceptedCode:
        """Confirm my address with the code that was mailed to it.

        Who may call: signed in.

        Args:
            body: The code, and of what kind of contact it is.
            headers: Sent besides.
        """
        answer: types.AcceptedCode = self._json(
            "POST", "/verify-info/accept-user-info/", body=body, headers=headers
        )
        return answer

    def mail_reset_code(self, body: types.ForgottenPassword, *, headers: Headers = None) -> types.Asked:
        """Mail a code for a new password, if there is such an account.

        Who may call: anyone.

        Args:
            body: The account's address. Its form is not checked: an invalid one simply belongs to no
                account.
            headers: Sent besides.
        """
        answer: types.Asked = self._json(
            "POST", "/users/auth/password-reset/", body=body, headers=headers, signed=False
        )
        return answer

    def reset_password(self, body: types.PasswordReset, *, headers: Headers = None) -> None:
        """Set a new password with the code that was mailed; every session ends.

        Who may call: anyone.

        Args:
            body: The address, the code that was mailed there, and the new password.
            headers: Sent besides.
        """
        self._call("POST", "/users/auth/password-reset/confirm/", body=body, headers=headers, signed=False)

    def show_default_image(self, *, headers: Headers = None) -> bytes:
        """Show the picture of a user without a picture.

        Who may call: anyone.

        Args:
            headers: Sent besides.
        """
        return (
            self._call("GET", "/static/Users/default-user-image.jpeg", headers=headers, signed=False)
        ).content

    def create_organization(
        self, body: types.NewOrganization, *, headers: Headers = None
    ) -> types.OrganizationObject:
        """Found an organization; I become its creator.

        Who may call: confirmed account.

        Args:
            body: An organization to create.
            headers: Sent besides.
        """
        answer: types.OrganizationObject = self._json(
            "POST", "/organizations/organization-lc/", body=body, headers=headers
        )
        return answer

    def list_organizations(
        self, *, limit: int | None = None, cursor: str | None = None, headers: Headers = None
    ) -> Pages[list[types.OrganizationObject], types.OrganizationObject]:
        """List the organizations that I created or am a member of.

        Who may call: signed in.

        Args:
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self, "/organizations/organization-lc/", {"limit": limit, "cursor": cursor}, headers, signed=True
        )

    def show_organization(self, organization: int, *, headers: Headers = None) -> types.OrganizationObject:
        """Show an organization.

        Who may call: confirmed account and member of the organization.

        Args:
            organization: The organization's id.
            headers: Sent besides.
        """
        answer: types.OrganizationObject = self._json(
            "GET", f"/organizations/organization-rud/{segment(organization)}/", headers=headers
        )
        return answer

    def replace_organization(
        self, organization: int, body: types.OrganizationChange, *, headers: Headers = None
    ) -> types.OrganizationObject:
        """Change an organization.

        Who may call: confirmed account and right `organization_change`.

        Args:
            organization: The organization's id.
            body: What a PUT or a PATCH sets.
            headers: Sent besides.
        """
        answer: types.OrganizationObject = self._json(
            "PUT", f"/organizations/organization-rud/{segment(organization)}/", body=body, headers=headers
        )
        return answer

    def change_organization(
        self,
        organization: int,
        body: types.PartialOrganizationChange | None = None,
        *,
        headers: Headers = None,
    ) -> types.OrganizationObject:
        """Change some fields of an organization.

        Who may call: confirmed account and right `organization_change`.

        Args:
            organization: The organization's id.
            body: What a PUT or a PATCH sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.OrganizationObject = self._json(
            "PATCH", f"/organizations/organization-rud/{segment(organization)}/", body=body, headers=headers
        )
        return answer

    def close_organization(self, organization: int, *, headers: Headers = None) -> None:
        """Close an organization.

        Nothing in it is destroyed, and nobody can access it any more.

        Who may call: confirmed account and right `organization_delete`.

        Args:
            organization: The organization's id.
            headers: Sent besides.
        """
        self._call("DELETE", f"/organizations/organization-rud/{segment(organization)}/", headers=headers)

    def list_permissions(
        self,
        organization: int,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.PermissionObject], types.PermissionObject]:
        """List the permissions that a role can have.

        Who may call: confirmed account and right `perm_view`.

        Args:
            organization: The organization's id.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/organizations/perm-l/{segment(organization)}/",
            {"limit": limit, "cursor": cursor},
            headers,
            signed=True,
        )

    def create_member(self, body: types.NewMember, *, headers: Headers = None) -> types.MemberObject:
        """Invite a user to be a member of the organization that the body names.

        Until the user accepts, the membership gives no right.

        Who may call: confirmed account and right `organization_member_create`.

        Args:
            body: A membership to create.
            headers: Sent besides.
        """
        answer: types.MemberObject = self._json(
            "POST", "/organizations/member-c/", body=body, headers=headers
        )
        return answer

    def list_members(
        self,
        organization: int,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.MemberObject], types.MemberObject]:
        """List the members of an organization, those who have not accepted yet too.

        Who may call: confirmed account and right `organization_member_view`.

        Args:
            organization: The organization's id.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/organizations/member-l/{segment(organization)}/",
            {"limit": limit, "cursor": cursor},
            headers,
            signed=True,
        )

    def show_member(self, id: int, organization: int, *, headers: Headers = None) -> types.MemberObject:
        """Show a member of an organization.

        Who may call: confirmed account and right `organization_member_view`.

        Args:
            id: The member's id.
            organization: The organization's id.
            headers: Sent besides.
        """
        answer: types.MemberObject = self._json(
            "GET", f"/organizations/member-r/{segment(id)}/{segment(organization)}/", headers=headers
        )
        return answer

    def replace_member(
        self, id: int, body: types.MemberChange, *, headers: Headers = None
    ) -> types.MemberObject:
        """Change a membership; another user is invited to it.

        Who may call: confirmed account and right `organization_member_change`.

        Args:
            id: The member's id.
            body: What a PUT or a PATCH sets.
            headers: Sent besides.
        """
        answer: types.MemberObject = self._json(
            "PUT", f"/organizations/member-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def change_member(
        self, id: int, body: types.PartialMemberChange, *, headers: Headers = None
    ) -> types.MemberObject:
        """Change a membership's role, or invite another user to it.

        Who may call: confirmed account and right `organization_member_change`.

        Args:
            id: The member's id.
            body: What a PUT or a PATCH sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.MemberObject = self._json(
            "PATCH", f"/organizations/member-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def delete_member(self, id: int, body: types.InOrganization, *, headers: Headers = None) -> None:
        """Take a user's membership away, or leave the organization, or decline its invitation.

        Who may call: own membership, or confirmed account and right `organization_member_delete`.

        Args:
            id: The member's id.
            body: Names the organization in which the right is needed.
            headers: Sent besides.
        """
        self._call("DELETE", f"/organizations/member-ud/{segment(id)}/", body=body, headers=headers)

    def list_invitations(
        self, *, limit: int | None = None, cursor: str | None = None, headers: Headers = None
    ) -> Pages[list[types.InvitationObject], types.InvitationObject]:
        """List the memberships that I was offered and have not accepted, the newest first.

        To decline one, delete the membership.

        Who may call: signed in.

        Args:
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self, "/organizations/invitation-l/", {"limit": limit, "cursor": cursor}, headers, signed=True
        )

    def accept_invitation(self, id: int, *, headers: Headers = None) -> types.MemberObject:
        """Accept a membership; its role's rights are mine from the next request on.

        Who may call: confirmed account.

        Args:
            id: The invitation's id.
            headers: Sent besides.
        """
        answer: types.MemberObject = self._json(
            "POST", f"/organizations/invitation-a/{segment(id)}/", headers=headers
        )
        return answer

    def create_role(self, body: types.NewRole, *, headers: Headers = None) -> types.RoleObject:
        """Create a role in the organization that the body names.

        Who may call: confirmed account and right `role_create`.

        Args:
            body: A role to create.
            headers: Sent besides.
        """
        answer: types.RoleObject = self._json("POST", "/organizations/role-c/", body=body, headers=headers)
        return answer

    def list_roles(
        self,
        organization: int,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.RoleObject], types.RoleObject]:
        """List the roles of an organization.

        Who may call: confirmed account and right `role_view`.

        Args:
            organization: The organization's id.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/organizations/role-l/{segment(organization)}/",
            {"limit": limit, "cursor": cursor},
            headers,
            signed=True,
        )

    def show_role(self, id: int, organization: int, *, headers: Headers = None) -> types.RoleObject:
        """Show a role of an organization.

        Who may call: confirmed account and right `role_view`.

        Args:
            id: The role's id.
            organization: The organization's id.
            headers: Sent besides.
        """
        answer: types.RoleObject = self._json(
            "GET", f"/organizations/role-r/{segment(id)}/{segment(organization)}/", headers=headers
        )
        return answer

    def replace_role(self, id: int, body: types.RoleChange, *, headers: Headers = None) -> types.RoleObject:
        """Change a role's name and permissions.

        Who may call: confirmed account and right `role_change`.

        Args:
            id: The role's id.
            body: What a PUT or a PATCH sets.
            headers: Sent besides.
        """
        answer: types.RoleObject = self._json(
            "PUT", f"/organizations/role-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def change_role(
        self, id: int, body: types.PartialRoleChange, *, headers: Headers = None
    ) -> types.RoleObject:
        """Change a role's name or permissions.

        Who may call: confirmed account and right `role_change`.

        Args:
            id: The role's id.
            body: What a PUT or a PATCH sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.RoleObject = self._json(
            "PATCH", f"/organizations/role-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def delete_role(self, id: int, body: types.InOrganization, *, headers: Headers = None) -> None:
        """Delete a role that no member has; nobody deletes rights that they do not hold.

        Who may call: confirmed account and right `role_delete`.

        Args:
            id: The role's id.
            body: Names the organization in which the right is needed.
            headers: Sent besides.
        """
        self._call("DELETE", f"/organizations/role-ud/{segment(id)}/", body=body, headers=headers)

    def create_service(self, body: types.NewService, *, headers: Headers = None) -> types.ServiceObject:
        """Create a service of the organization that the body names.

        Who may call: confirmed account and right `service_create`.

        Args:
            body: A service to create.
            headers: Sent besides.
        """
        answer: types.ServiceObject = self._json(
            "POST", "/organizations/service-c/", body=body, headers=headers
        )
        return answer

    def list_services(
        self,
        organization: int,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.ServiceObject], types.ServiceObject]:
        """List the services of an organization.

        Who may call: confirmed account and right `service_view`.

        Args:
            organization: The organization's id.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/organizations/service-l/{segment(organization)}/",
            {"limit": limit, "cursor": cursor},
            headers,
            signed=True,
        )

    def show_service(self, id: int, organization: int, *, headers: Headers = None) -> types.ServiceObject:
        """Show a service of an organization.

        Who may call: confirmed account and right `service_view`.

        Args:
            id: The service's id.
            organization: The organization's id.
            headers: Sent besides.
        """
        answer: types.ServiceObject = self._json(
            "GET", f"/organizations/service-r/{segment(id)}/{segment(organization)}/", headers=headers
        )
        return answer

    def replace_service(
        self, id: int, body: types.ServiceChange, *, headers: Headers = None
    ) -> types.ServiceObject:
        """Change a service.

        Who may call: confirmed account and right `service_change`.

        Args:
            id: The service's id.
            body: What a PUT or a PATCH sets.
            headers: Sent besides.
        """
        answer: types.ServiceObject = self._json(
            "PUT", f"/organizations/service-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def change_service(
        self, id: int, body: types.PartialServiceChange, *, headers: Headers = None
    ) -> types.ServiceObject:
        """Change some fields of a service.

        Who may call: confirmed account and right `service_change`.

        Args:
            id: The service's id.
            body: What a PUT or a PATCH sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.ServiceObject = self._json(
            "PATCH", f"/organizations/service-ud/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def delete_service(self, id: int, body: types.InOrganization, *, headers: Headers = None) -> None:
        """Take a service off the list.

        Who may call: confirmed account and right `service_delete`.

        Args:
            id: The service's id.
            body: Names the organization in which the right is needed.
            headers: Sent besides.
        """
        self._call("DELETE", f"/organizations/service-ud/{segment(id)}/", body=body, headers=headers)

    def create_client(self, body: types.NewClient, *, headers: Headers = None) -> types.ClientObject:
        """Create a client of the organization that the body names.

        Who may call: confirmed account and right `client_create`.

        Args:
            body: A client to create.
            headers: Sent besides.
        """
        answer: types.ClientObject = self._json("POST", "/clients/client-c/", body=body, headers=headers)
        return answer

    def list_clients(
        self,
        organization: int,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[list[types.ClientObject], types.ClientObject]:
        """List the clients of an organization.

        Who may call: confirmed account and right `client_view`.

        Args:
            organization: The organization's id.
            limit: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            f"/clients/client-l/{segment(organization)}/",
            {"limit": limit, "cursor": cursor},
            headers,
            signed=True,
        )

    def show_client(self, id: int, organization: int, *, headers: Headers = None) -> types.ClientObject:
        """Show a client of an organization.

        Who may call: confirmed account and right `client_view`.

        Args:
            id: The client's id.
            organization: The organization's id.
            headers: Sent besides.
        """
        answer: types.ClientObject = self._json(
            "GET", f"/clients/client-r/{segment(id)}/{segment(organization)}/", headers=headers
        )
        return answer

    def replace_client(
        self, id: int, body: types.ClientChange, *, headers: Headers = None
    ) -> types.ClientObject:
        """Change a client.

        Who may call: confirmed account and right `client_change`.

        Args:
            id: The client's id.
            body: What a PUT or a PATCH sets.
            headers: Sent besides.
        """
        answer: types.ClientObject = self._json(
            "PUT", f"/clients/client-u/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def change_client(
        self, id: int, body: types.PartialClientChange, *, headers: Headers = None
    ) -> types.ClientObject:
        """Change some fields of a client.

        Who may call: confirmed account and right `client_change`.

        Args:
            id: The client's id.
            body: What a PUT or a PATCH sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.ClientObject = self._json(
            "PATCH", f"/clients/client-u/{segment(id)}/", body=body, headers=headers
        )
        return answer

    def delete_client(self, id: int, body: types.InOrganizationOrList, *, headers: Headers = None) -> None:
        """Take a client off the list.

        Who may call: confirmed account and right `client_delete`.

        Args:
            id: The client's id.
            body: Names the organization in which the right is needed.
            headers: Sent besides.
        """
        self._call("DELETE", f"/clients/client-d/{segment(id)}/", body=body, headers=headers)

    def admin_list_products(
        self,
        *,
        name: str | None = None,
        type: str | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[types.ListedProductPage, tuple[str, types.ListedProduct]]:
        """List products, as the public list does.

        Who may call: shop administrator.

        Args:
            name: Only products whose name has a word that begins like this, whatever the case and the
                spelling.
            type: Only products of just this type.
            page_size: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            "/api/admin/products",
            {"name": name, "type": type, "page_size": page_size, "cursor": cursor},
            headers,
            signed=True,
        )

    def admin_create_product(self, body: types.NewProduct, *, headers: Headers = None) -> types.ProductObject:
        """Create a product, with its first stock.

        Who may call: shop administrator.

        Args:
            body: A product to create, with its first stock.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json("POST", "/api/admin/products", body=body, headers=headers)
        return answer

    def admin_show_product(self, uuid: str, *, headers: Headers = None) -> types.ProductObject:
        """Show a product.

        Who may call: shop administrator.

        Args:
            uuid: The product's uuid.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json(
            "GET", f"/api/admin/products/{segment(uuid)}", headers=headers
        )
        return answer

    def admin_replace_product(
        self, uuid: str, body: types.ProductChange, *, headers: Headers = None
    ) -> types.ProductObject:
        """Change a product's description.

        Who may call: shop administrator.

        Args:
            uuid: The product's uuid.
            body: What a PUT (all) or a PATCH (any) sets.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json(
            "PUT", f"/api/admin/products/{segment(uuid)}", body=body, headers=headers
        )
        return answer

    def admin_change_product(
        self, uuid: str, body: types.PartialProductChange | None = None, *, headers: Headers = None
    ) -> types.ProductObject:
        """Change some fields of a product.

        Who may call: shop administrator.

        Args:
            uuid: The product's uuid.
            body: What a PUT (all) or a PATCH (any) sets. What is absent stays as it is.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json(
            "PATCH", f"/api/admin/products/{segment(uuid)}", body=body, headers=headers
        )
        return answer

    def admin_withdraw_product(self, uuid: str, *, headers: Headers = None) -> None:
        """Take a product off the list; it stays in buckets and orders.

        Who may call: shop administrator.

        Args:
            uuid: The product's uuid.
            headers: Sent besides.
        """
        self._call("DELETE", f"/api/admin/products/{segment(uuid)}", headers=headers)

    def admin_set_stock(
        self, uuid: str, body: types.NewStock, *, headers: Headers = None
    ) -> types.ProductObject:
        """Set how much of a product can be bought, withdrawn or not.

        Who may call: shop administrator.

        Args:
            uuid: The product's uuid.
            body: How much is to be there from now on.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json(
            "PUT", f"/api/admin/products/{segment(uuid)}/stock", body=body, headers=headers
        )
        return answer

    def admin_adjust_stock(
        self, uuid: str, body: types.StockAdjustment, *, headers: Headers = None
    ) -> types.ProductObject:
        """Change how much of a product can be bought, withdrawn or not.

        Who may call: shop administrator.

        Args:
            uuid: The product's uuid.
            body: By how much the stock changes, and why.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json(
            "POST", f"/api/admin/products/{segment(uuid)}/stock", body=body, headers=headers
        )
        return answer

    def admin_list_orders(
        self,
        *,
        status: Literal["new", "to_pay", "paid", "returned", "error"] | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[types.ShopOrderWithCustomerPage, types.ShopOrderWithCustomer]:
        """List all customers' orders, newest first.

        Who may call: shop administrator.

        Args:
            status: Only orders with this status.
            page_size: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            "/api/admin/orders",
            {"status": status, "page_size": page_size, "cursor": cursor},
            headers,
            signed=True,
        )

    def admin_show_order(self, uuid: str, *, headers: Headers = None) -> types.ShopOrderDetailsWithCustomer:
        """Show any customer's order with its lines.

        Who may call: shop administrator.

        Args:
            uuid: The order's uuid.
            headers: Sent besides.
        """
        answer: types.ShopOrderDetailsWithCustomer = tuple(
            self._json("GET", f"/api/admin/orders/{segment(uuid)}", headers=headers)
        )
        return answer

    def admin_set_paid(
        self, uuid: str, body: types.PaymentNote | None = None, *, headers: Headers = None
    ) -> types.ShopOrderDetailsWithCustomer:
        """Mark an order as paid.

        Who may call: shop administrator.

        Args:
            uuid: The order's uuid.
            body: When an order was paid; the time of the request if absent.
            headers: Sent besides.
        """
        answer: types.ShopOrderDetailsWithCustomer = tuple(
            self._json("POST", f"/api/admin/orders/{segment(uuid)}/set_paid", body=body, headers=headers)
        )
        return answer

    def admin_set_error(self, uuid: str, *, headers: Headers = None) -> types.ShopOrderDetailsWithCustomer:
        """Mark an order as failed; its products return to stock.

        Who may call: shop administrator.

        Args:
            uuid: The order's uuid.
            headers: Sent besides.
        """
        answer: types.ShopOrderDetailsWithCustomer = tuple(
            self._json("POST", f"/api/admin/orders/{segment(uuid)}/set_error", headers=headers)
        )
        return answer

    def admin_list_customers(
        self,
        *,
        username: str | None = None,
        email: str | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[types.CustomerObjectPage, types.CustomerObject]:
        """List customers, newest first, or find the one with a username or an email.

        Who may call: shop administrator.

        Args:
            username: Only the customer with this name, whatever the case and the spelling.
            email: Only the customer with this email, whatever the case and the spelling.
            page_size: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            "/api/admin/customers",
            {"username": username, "email": email, "page_size": page_size, "cursor": cursor},
            headers,
            signed=True,
        )

    def admin_show_customer(self, uuid: str, *, headers: Headers = None) -> types.CustomerObject:
        """Show a customer; one whose account is closed is not found.

        Who may call: shop administrator.

        Args:
            uuid: The customer's uuid.
            headers: Sent besides.
        """
        answer: types.CustomerObject = self._json(
            "GET", f"/api/admin/customers/{segment(uuid)}", headers=headers
        )
        return answer
