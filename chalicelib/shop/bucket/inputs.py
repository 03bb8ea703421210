"""What goes into a bucket (Customer API document)."""

from dataclasses import dataclass
from typing import Annotated

from chalicelib.shop.fields import Integer, Uuid

_UNBOUNDED = 10**4300  # larger than any number in a JSON body: the real limit is the stock


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A product to put in."""

    quantity: Annotated[int, Integer(1, _UNBOUNDED)]
    product: Annotated[str | None, Uuid()]  # None: what was sent names no product


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """The quantity that a line is to have; 0 removes it."""

    quantity: Annotated[int, Integer(0, _UNBOUNDED)]
