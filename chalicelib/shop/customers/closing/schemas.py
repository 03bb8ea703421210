"""What it takes to close an account."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.web.fields import Secret


@dataclass(frozen=True, kw_only=True)
class ProfileRemoval:
    """The customer's password."""

    password: Annotated[str, Secret()] = field(repr=False)
