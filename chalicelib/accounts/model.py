"""Staff accounts."""

from dataclasses import dataclass, field

from chalicelib.auth.model import Session


@dataclass(frozen=True, slots=True)
class User:
    """A staff account. `phone` is E.164, `email` as it was typed; both are unique, `email` without case."""

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
    password_hash: str = field(default="", repr=False)
    is_staff: bool = False
    closed: bool = False
    session_epoch: int = 0
    surviving_session: int | None = None
    version: int = 1

    def accepts(self, session: Session) -> bool:
        """Tell whether neither a new password nor the closing of the account ended a session."""
        in_time = session.session_epoch == self.session_epoch or session.id == self.surviving_session
        return in_time and not self.closed

    @property
    def confirmed(self) -> bool:
        """Whether the account may use anything beyond itself (spec, "Account not confirmed")."""
        return self.confirmed_email or self.confirmed_phone


def taken(field: str) -> str:
    """Return what is told of a contact that another account has."""
    return f"user with this {field} already exists."
