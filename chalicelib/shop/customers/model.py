"""Shop customers."""

from dataclasses import field

from chalicelib.auth.model import Session
from chalicelib.frozen import frozen


@frozen
class Customer:
    """A shop customer; `username` and `email` are unique without case.

    A session is valid if it has the account's `session_epoch`, or if it is the `surviving_session`, which
    started the current epoch. So one write ends all other sessions at once.
    """

    uuid: str
    username: str
    email: str
    created_at: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    city: str = ""
    password_hash: str = field(default="", repr=False)
    closed: bool = False
    session_epoch: int = 0
    surviving_session: int | None = None
    version: int = 1

    def accepts(self, session: Session) -> bool:
        """Tell whether neither a new password nor the closing of the account ended a session."""
        in_epoch = session.session_epoch == self.session_epoch or session.id == self.surviving_session
        return in_epoch and not self.closed
