"""A confirmation code as it comes in."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.web.fields import MailedCode, Text


@dataclass(frozen=True, kw_only=True)
class GivenCode:
    """The code, and of what kind of contact it is."""

    type_code: Annotated[str, Text(20)]
    code: Annotated[str, MailedCode()] = field(repr=False)
