"""Numbers as JSON writes them."""

from decimal import Decimal, InvalidOperation
from math import isinf
from typing import Self

_MOST = 50  # digits, and places that the point is moved by


class Fraction(float):
    """A number with a fraction or an exponent, which remembers its digits: a float alone would round them.

    Args:
        digits: as they were sent.

    Raises:
        ValueError: it is larger than any float, so that nothing could be answered with it.
    """

    digits: str

    def __new__(cls, digits: str) -> Self:
        """Make the number that the digits are, or the float nearest to it."""
        number = super().__new__(cls, digits)
        if isinf(number):
            raise ValueError("the number is larger than any float")
        number.digits = digits
        return number

    def exactly(self) -> Decimal | None:
        """Return the exact number that was sent, None when it is too long to convert."""
        try:
            number = Decimal(self.digits)
        except InvalidOperation:  # the exponent itself is too large
            return None
        exponent = number.as_tuple().exponent
        short = len(self.digits) <= _MOST and isinstance(exponent, int) and abs(exponent) <= _MOST
        return number if short else None
