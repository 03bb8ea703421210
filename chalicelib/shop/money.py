"""Money: whole minor units (cents), never a binary float."""

from decimal import Decimal

_CENTS = 100
MAX_PRICE = 99_999_999  # 999999.99, the largest price that the fields allow


def text(cents: int) -> str:
    """Return an amount as the documents print it: `3000.00`."""
    whole, rest = divmod(cents, _CENTS)
    return f"{whole}.{rest:02d}"


def number(cents: int) -> float:
    """Return an amount as a JSON number, for the one answer that prints one (`POST /api/bucket`).

    The nearest binary number has the same two decimals up to amounts far beyond the largest price.
    """
    return cents / _CENTS


def cents(amount: Decimal) -> int:
    """Return the minor units of an amount that has at most two decimals.

    Raises:
        ValueError: it has more decimals, so that it is not an amount of money.
    """
    # A fraction is exact, where a Decimal's arithmetic rounds to 28 digits.
    numerator, denominator = amount.as_integer_ratio()
    whole, rest = divmod(numerator * _CENTS, denominator)
    if rest:
        raise ValueError(f"{amount} has more than two decimals")
    return whole
