"""A confirmation code as it comes in, and what those who confirm an address are told."""

from dataclasses import field
from typing import Annotated, NotRequired, TypedDict

from chalicelib.frozen import frozen
from chalicelib.web import fields


@frozen(kw_only=True)
class GivenCode:
    """The code, and of what kind of contact it is."""

    type_code: Annotated[str, fields.Text(20)]
    code: Annotated[str, fields.MailedCode()] = field(repr=False)


class MailedCode(TypedDict):
    """Nothing when a code was mailed; `detail` says that none was needed."""

    detail: NotRequired[str]


class AcceptedCode(TypedDict):
    """The address is confirmed."""

    detail: str
