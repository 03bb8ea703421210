"""Shop customers."""

from dataclasses import dataclass, field

from chalicelib.auth.model import Session


@dataclass(frozen=True, slots=True)
class Customer:
    """A shop customer; `username` and `email` are unique without case.

    A session is good while it has the account's `generation`, or is the one that began the present generation
    (`kept_session`): so one write ends all other sessions at once.
    """

    uuid: str
    username: str
    email: str
    created_at: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    city: str = ""
    password: str = field(default="", repr=False)
    generation: int = 0
    kept_session: int | None = None
    version: int = 1

    def accepts(self, session: Session) -> bool:
        """Tell whether a session of this customer has not been ended by a change of the password."""
        return session.generation == self.generation or session.id == self.kept_session
