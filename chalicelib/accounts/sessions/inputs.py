"""What a sign-in says."""

from dataclasses import dataclass
from typing import Annotated

from chalicelib.accounts.inputs import ensure_contact
from chalicelib.web.fields import Text, TypedPhone

_LONGEST_PASSWORD = 1024  # an existing password is compared, not judged


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """An email, or else a phone, and the account's password."""

    email: Annotated[str | None, Text(254, null=True)] = None
    phone: Annotated[str | None, TypedPhone(null=True)] = None
    password: Annotated[str, Text(_LONGEST_PASSWORD)]

    precondition = staticmethod(ensure_contact)
