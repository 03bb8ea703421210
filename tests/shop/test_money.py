"""Money in whole cents."""

from decimal import Decimal

import pytest

from chalicelib.shop import money

AMOUNTS = [
    (0, "0.00"),
    (1, "0.01"),
    (10, "0.10"),
    (99, "0.99"),
    (100, "1.00"),
    (300_000, "3000.00"),
    (money.MAX_PRICE, "999999.99"),
    (10**18 + 1, "10000000000000000.01"),
]


@pytest.mark.parametrize(("cents", "printed"), AMOUNTS)
def test_an_amount_is_printed_with_two_decimals(cents: int, printed: str) -> None:
    assert money.text(cents) == printed


@pytest.mark.parametrize(("cents", "printed"), AMOUNTS)
def test_what_was_printed_is_read_back(cents: int, printed: str) -> None:
    assert money.cents(Decimal(printed)) == cents


@pytest.mark.parametrize("amount", ["0.001", "1.999", "0.0000001", "999999.999"])
def test_more_than_two_decimals_are_no_money(amount: str) -> None:
    with pytest.raises(ValueError, match="more than two decimals"):
        money.cents(Decimal(amount))


@pytest.mark.parametrize("amount", ["1", "1.0", "1.000", "1E0", "10E-1"])
def test_zeros_behind_change_nothing(amount: str) -> None:
    assert money.cents(Decimal(amount)) == 100


def test_the_number_for_a_price_has_its_two_decimals() -> None:
    samples = [*range(0, 20_000), *range(money.MAX_PRICE - 20_000, money.MAX_PRICE + 1)]

    assert all(Decimal(repr(money.number(cents))) == Decimal(cents) / 100 for cents in samples)
