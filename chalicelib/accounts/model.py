"""Staff accounts."""

from dataclasses import field, replace
from typing import Any

from chalicelib.auth.model import Session
from chalicelib.frozen import frozen

DEFAULT_IMAGE = "/static/Users/default-user-image.jpeg"


@frozen
class User:
    """A staff account. `phone` is E.164, `email` as it was typed; both are unique, `email` without case.

    `confirmation_lost_at` is when the account, once confirmed, changed its confirmed contact; None if never.
    """

    id: int
    surname: str
    name: str
    patronymic: str
    address: str
    email: str | None
    phone: str | None
    created_at: str
    updated_at: str
    confirmed_email: bool = False
    confirmed_phone: bool = False
    confirmation_lost_at: str | None = None
    password_hash: str = field(default="", repr=False)
    is_staff: bool = False
    closed: bool = False
    session_epoch: int = 0
    surviving_session: int | None = None
    version: int = 1

    def accepts(self, session: Session) -> bool:
        """Tell whether neither a new password nor the closing of the account ended a session."""
        in_epoch = session.session_epoch == self.session_epoch or session.id == self.surviving_session
        return in_epoch and not self.closed

    @property
    def confirmed(self) -> bool:
        """Whether the account may use anything beyond itself (spec, "Account not confirmed")."""
        return self.confirmed_email or self.confirmed_phone

    def is_unconfirmed_since(self, moment: str) -> bool:
        """Tell whether nobody has confirmed the account since a moment."""
        return not self.confirmed and (self.confirmation_lost_at or self.created_at) <= moment


def erased(user: User, now: str) -> User:
    """Return what is left of a closed account: no personal data."""
    return User(
        id=user.id,
        surname="",
        name="",
        patronymic="",
        address="",
        email=None,
        phone=None,
        created_at=user.created_at,
        updated_at=now,
        closed=True,
        session_epoch=user.session_epoch + 1,
        version=user.version + 1,
    )


def without_contacts(user: User, lost: list[str], now: str) -> User:
    """Return what is left of an account that loses contacts: if it was never confirmed, no personal data."""
    if user.confirmation_lost_at is None:
        return erased(user, now)
    nothing: dict[str, Any] = dict.fromkeys(lost)
    return replace(user, **nothing, version=user.version + 1)


def taken(field: str) -> str:
    """Return the message about a contact that another account holds."""
    return f"user with this {field} already exists."
