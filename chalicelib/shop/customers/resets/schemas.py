"""What it takes to get a new password."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.shop.fields import NewPassword
from chalicelib.web.contact_fields import MAX_EMAIL_LENGTH
from chalicelib.web.fields import MailedCode, Text


@dataclass(frozen=True, kw_only=True)
class CustomerPasswordReset:
    """The address, the code that was mailed there, and the new password."""

    email: Annotated[str, Text(MAX_EMAIL_LENGTH)]
    code: Annotated[str, MailedCode()] = field(repr=False)
    password: Annotated[str, NewPassword()] = field(repr=False)
