"""What customers of the shop can call. Made by `manage.py clients`."""

from __future__ import annotations

from typing import Literal

from orders_and_shop import types
from orders_and_shop._sync.transport import Pages, Transport
from orders_and_shop.calls import Headers, segment


class CustomerClient(Transport):
    """What customers of the shop can call.

    Every method takes `headers` to send besides, say an `Idempotency-Key`: a write that has one is repeated
    as well when the API is too busy.
    """

    _refresh_path = "/api/token/refresh"

    def register_customer(self, body: types.Registration, *, headers: Headers = None) -> types.CustomerObject:
        """Register a shop customer.

        Who may call: anyone.

        Args:
            body: A customer to register.
            headers: Sent besides.
        """
        answer: types.CustomerObject = self._json(
            "POST", "/api/register", body=body, headers=headers, signed=False
        )
        return answer

    def log_in_customer(self, body: types.Login, *, headers: Headers = None) -> types.LoggedIn:
        """Log in with username and password.

        Who may call: anyone.

        Args:
            body: The credentials of a customer.
            headers: Sent besides.
        """
        answer: types.LoggedIn = self._json("POST", "/api/login", body=body, headers=headers, signed=False)
        self._session.begin(answer)
        return answer

    def refresh_customer(self, body: types.RefreshToken, *, headers: Headers = None) -> types.CustomerTokens:
        """Exchange a refresh token for a new pair of tokens.

        Who may call: anyone.

        Args:
            body: A refresh token to exchange.
            headers: Sent besides.
        """
        answer: types.CustomerTokens = self._json(
            "POST", "/api/token/refresh", body=body, headers=headers, signed=False
        )
        self._session.begin(answer)
        return answer

    def log_out_customer(self, *, headers: Headers = None) -> types.StatusMessage:
        """End the session behind the token.

        Who may call: signed in.

        Args:
            headers: Sent besides.
        """
        answer: types.StatusMessage = self._json("POST", "/api/logout", headers=headers)
        self._session.end()
        return answer

    def show_profile(
        self, *, page_size: int | None = None, cursor: str | None = None, headers: Headers = None
    ) -> Pages[types.CustomerObjectPage, types.CustomerObject]:
        """Show my profile, in the envelope of a list of one.

        Who may call: signed in.

        Args:
            page_size: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(self, "/api/profile", {"page_size": page_size, "cursor": cursor}, headers, signed=True)

    def change_profile(
        self, uuid: str, body: types.Profile, *, headers: Headers = None
    ) -> types.ProfileObject:
        """Change my profile; optional fields that are absent stay as they are.

        Who may call: signed in.

        Args:
            uuid: The customer's uuid.
            body: A profile; of the optional fields, those that are not given stay as they are.
            headers: Sent besides.
        """
        answer: types.ProfileObject = self._json(
            "PUT", f"/api/profile/{segment(uuid)}", body=body, headers=headers
        )
        return answer

    def remove_profile(
        self, uuid: str, body: types.ProfileRemoval, *, headers: Headers = None
    ) -> types.StatusMessage:
        """Close my account and erase my personal data; my bucket is given back, my orders stay.

        Who may call: signed in.

        Args:
            uuid: The customer's uuid.
            body: The customer's password.
            headers: Sent besides.
        """
        answer: types.StatusMessage = self._json(
            "DELETE", f"/api/profile/{segment(uuid)}", body=body, headers=headers
        )
        return answer

    def set_password(
        self, uuid: str, body: types.PasswordChange, *, headers: Headers = None
    ) -> types.ChangedPassword:
        """Change my password; every other session of mine ends.

        Who may call: signed in.

        Args:
            uuid: The customer's uuid.
            body: The credentials of a customer, and the new password.
            headers: Sent besides.
        """
        answer: types.ChangedPassword = self._json(
            "PUT", f"/api/profile/{segment(uuid)}/setpassword", body=body, headers=headers
        )
        return answer

    def mail_customer_reset_code(
        self, body: types.ForgottenPassword, *, headers: Headers = None
    ) -> types.StatusMessage:
        """Mail a code for a new password, if there is such a customer.

        Who may call: anyone.

        Args:
            body: The account's address. Its form is not checked: an invalid one simply belongs to no
                account.
            headers: Sent besides.
        """
        answer: types.StatusMessage = self._json(
            "POST", "/api/password/reset", body=body, headers=headers, signed=False
        )
        return answer

    def reset_customer_password(
        self, body: types.CustomerPasswordReset, *, headers: Headers = None
    ) -> types.StatusMessage:
        """Set a new password with the code that was mailed; every session ends.

        Who may call: anyone.

        Args:
            body: The address, the code that was mailed there, and the new password.
            headers: Sent besides.
        """
        answer: types.StatusMessage = self._json(
            "POST", "/api/password/reset/confirm", body=body, headers=headers, signed=False
        )
        return answer

    def list_products(
        self,
        *,
        name: str | None = None,
        type: str | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[types.ListedProductPage, tuple[str, types.ListedProduct]]:
        """List the products whose name has a word that begins like this and whose type is this.

        Who may call: anyone.

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
            "/api/products",
            {"name": name, "type": type, "page_size": page_size, "cursor": cursor},
            headers,
            signed=False,
        )

    def show_product(self, uuid: str, *, headers: Headers = None) -> types.ProductObject:
        """Show a product.

        Who may call: anyone.

        Args:
            uuid: The product's uuid.
            headers: Sent besides.
        """
        answer: types.ProductObject = self._json(
            "GET", f"/api/products/{segment(uuid)}", headers=headers, signed=False
        )
        return answer

    def list_bucket(
        self, *, page_size: int | None = None, cursor: str | None = None, headers: Headers = None
    ) -> Pages[types.BucketLineObjectPage, types.BucketLineObject]:
        """List what is in my bucket, as it was put in.

        Who may call: signed in.

        Args:
            page_size: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(self, "/api/bucket", {"page_size": page_size, "cursor": cursor}, headers, signed=True)

    def add_to_bucket(self, body: types.NewLine, *, headers: Headers = None) -> types.AddedLine:
        """Put a product into my bucket, which reserves it.

        Who may call: signed in.

        Args:
            body: A product to put in.
            headers: Sent besides.
        """
        answer: types.AddedLine = self._json("POST", "/api/bucket", body=body, headers=headers)
        return answer

    def change_bucket_line(
        self, uuid: str, body: types.LineChange, *, headers: Headers = None
    ) -> types.ChangedLine:
        """Change the quantity of a line; 0 removes it. What is raised has the product's present price.

        Who may call: signed in.

        Args:
            uuid: The line's uuid.
            body: The quantity that a line is to have; 0 removes it.
            headers: Sent besides.
        """
        answer: types.ChangedLine = self._json(
            "POST", f"/api/bucket/{segment(uuid)}", body=body, headers=headers
        )
        return answer

    def remove_bucket_line(self, uuid: str, *, headers: Headers = None) -> types.StatusMessage:
        """Remove a line; its products go back on stock.

        Who may call: signed in.

        Args:
            uuid: The line's uuid.
            headers: Sent besides.
        """
        answer: types.StatusMessage = self._json("DELETE", f"/api/bucket/{segment(uuid)}", headers=headers)
        return answer

    def place_order(
        self, body: types.NewShopOrder, *, headers: Headers = None
    ) -> types.ShopOrderWithCustomer:
        """Order all that is in my bucket.

        Who may call: signed in.

        Args:
            body: How the order will be paid; it takes everything in the bucket.
            headers: Sent besides.
        """
        answer: types.ShopOrderWithCustomer = self._json("POST", "/api/orders", body=body, headers=headers)
        return answer

    def list_my_orders(
        self,
        *,
        status: Literal["new", "to_pay", "paid", "returned", "error"] | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        headers: Headers = None,
    ) -> Pages[types.ShopOrderObjectPage, types.ShopOrderObject]:
        """List my orders, newest first.

        Who may call: signed in.

        Args:
            status: Only orders with this status.
            page_size: How many entries a page has at most.
            cursor: Where the page begins: part of the address of a next or previous page, as it came.
            headers: Sent besides.
        """
        return Pages(
            self,
            "/api/orders",
            {"status": status, "page_size": page_size, "cursor": cursor},
            headers,
            signed=True,
        )

    def show_my_order(self, uuid: str, *, headers: Headers = None) -> types.ShopOrderDetails:
        """Show an order of mine with its lines.

        Who may call: signed in.

        Args:
            uuid: The order's uuid.
            headers: Sent besides.
        """
        answer: types.ShopOrderDetails = tuple(
            self._json("GET", f"/api/orders/{segment(uuid)}", headers=headers)
        )
        return answer

    def cancel_order(self, uuid: str, *, headers: Headers = None) -> types.StatusMessage:
        """Cancel an order of mine; its products return to stock.

        Who may call: signed in.

        Args:
            uuid: The order's uuid.
            headers: Sent besides.
        """
        answer: types.StatusMessage = self._json(
            "POST", f"/api/orders/{segment(uuid)}/set_canceled", headers=headers
        )
        return answer
