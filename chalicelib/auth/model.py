"""Sessions, and the audiences that tokens and sessions are for."""

from dataclasses import field

from chalicelib.frozen import frozen

STAFF_AUDIENCE = "staff"
CUSTOMER_AUDIENCE = "customer"


@frozen
class Session:
    """A sign-in. `refresh_id` is the `jti` of the one refresh token that is still good.

    `owner` is a user's id as text or a customer's uuid; `expires_at` is in seconds since 1970;
    `session_epoch` is the account's at sign-in.
    """

    id: int
    audience: str
    owner: str
    device: str
    created_at: str
    expires_at: int
    refresh_id: str = field(repr=False)
    session_epoch: int = 0
