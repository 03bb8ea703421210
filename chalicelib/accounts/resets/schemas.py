"""What it takes to get a new password."""

from dataclasses import field
from typing import Annotated

from chalicelib.accounts.schemas import PASSWORD_LENGTHS
from chalicelib.frozen import frozen
from chalicelib.web.contact_fields import MAX_EMAIL_LENGTH
from chalicelib.web.fields import MailedCode, Text


@frozen(kw_only=True)
class PasswordReset:
    """The address, the code that was mailed there, and the new password."""

    email: Annotated[str, Text(MAX_EMAIL_LENGTH)]
    code: Annotated[str, MailedCode()] = field(repr=False)
    password: Annotated[str, Text(*PASSWORD_LENGTHS)] = field(repr=False)
