"""What a sign-in says."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.accounts.schemas import ensure_contact
from chalicelib.web.contact_fields import MAX_EMAIL_LENGTH, TypedPhone
from chalicelib.web.fields import Secret, Text


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """An email, or else a phone, and the account's password."""

    email: Annotated[str | None, Text(MAX_EMAIL_LENGTH, null=True)] = None
    phone: Annotated[str | None, TypedPhone(null=True)] = None
    password: Annotated[str, Secret()] = field(repr=False)

    precondition = staticmethod(ensure_contact)
