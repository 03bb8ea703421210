"""Shop customers as principals."""

from dataclasses import field

from chalicelib.auth import sessions
from chalicelib.auth.authentication import running_session
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.auth.permissions import Permission
from chalicelib.auth.tokens import Claims
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.store import CUSTOMER_KIND
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call


@frozen
class CustomerPrincipal:
    """A signed-in shop customer."""

    customer: Customer = field(repr=False)
    session_id: int = field(repr=False)

    @property
    def id(self) -> str:
        """The customer's uuid."""
        return self.customer.uuid


CustomerCall = Call[CustomerPrincipal]


class CustomerAuthentication:
    """Authenticates customers by their sessions."""

    audience = CUSTOMER_AUDIENCE

    def keys(self, claims: Claims, organization_id: int | None) -> list[Key]:
        """Return the keys of the session and the account."""
        return [sessions.key_of(claims), keys.customer(claims.subject)]

    def principal(
        self, claims: Claims, organization_id: int | None, preloaded: Preloaded, runtime: Runtime
    ) -> CustomerPrincipal:
        """Return the customer behind a token."""
        customer = preloaded.get(CUSTOMER_KIND, keys.customer(claims.subject))
        session = running_session(claims, customer, preloaded, runtime)
        assert customer is not None
        return CustomerPrincipal(customer, session.id)


CUSTOMER = Permission("signed in", lambda principal: True, CustomerAuthentication())
