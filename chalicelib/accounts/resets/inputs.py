"""What it takes to get a new password."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.accounts.inputs import PASSWORD_LENGTHS
from chalicelib.web.contact_fields import LONGEST_EMAIL
from chalicelib.web.fields import MailedCode, Text


@dataclass(frozen=True, kw_only=True)
class PasswordReset:
    """The address, the code that was mailed there, and the new password."""

    email: Annotated[str, Text(LONGEST_EMAIL)]
    code: Annotated[str, MailedCode()] = field(repr=False)
    password: Annotated[str, Text(*PASSWORD_LENGTHS)] = field(repr=False)
