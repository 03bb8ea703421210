"""What it takes to close an account."""

from dataclasses import field
from typing import Annotated

from chalicelib.frozen import frozen
from chalicelib.web.fields import Secret


@frozen(kw_only=True)
class ProfileRemoval:
    """The customer's password."""

    password: Annotated[str, Secret()] = field(repr=False)
