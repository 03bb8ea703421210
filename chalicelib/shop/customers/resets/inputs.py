"""What it takes to get a new password."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.shop.fields import NewPassword
from chalicelib.web.contact_fields import LONGEST_EMAIL
from chalicelib.web.fields import MailedCode, Text


@dataclass(frozen=True, kw_only=True)
class CustomerPasswordReset:
    """The address, the code that was mailed there, and the new password."""

    email: Annotated[str, Text(LONGEST_EMAIL)]
    code: Annotated[str, MailedCode()] = field(repr=False)
    password: Annotated[str, NewPassword()] = field(repr=False)
