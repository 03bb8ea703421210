"""Order codes: 15 digits, unique for all time, not guessable from the id by eye."""

from itertools import pairwise

import pytest

from chalicelib.orders.model import order_code

SPAN = 9 * 10**14
CODES_OF_RECORD = {
    1: 249119676806814,
    2: 711252621027649,
    3: 243039830860448,
    100: 197972322569323,
    10**6: 261934176623396,
    SPAN - 1: 342268754544845,
}


def test_order_1_has_the_code_that_the_document_prints() -> None:
    assert order_code(1) == 249119676806814


def test_twenty_thousand_ids_have_as_many_codes_of_15_digits() -> None:
    ids = [*range(1, 19_001), *range(SPAN - 1000, SPAN)]

    codes = [order_code(number) for number in ids]

    assert len(set(codes)) == len(ids) == 20_000
    assert {len(str(code)) for code in codes} == {15}


def test_a_code_stays_the_same_for_ever() -> None:
    assert {number: order_code(number) for number in CODES_OF_RECORD} == CODES_OF_RECORD


def test_neighbours_do_not_look_alike() -> None:
    pairs = [(str(order_code(number)), str(order_code(number + 1))) for number in range(1, 1001)]

    alike = [sum(one == other for one, other in zip(*pair, strict=True)) for pair in pairs]
    distances = [abs(int(one) - int(other)) for one, other in pairs]

    assert sum(alike) / len(alike) < 3  # of 15 digits; chance alone gives one and a half
    assert max(alike) < 10
    assert min(distances) > 10**9
    assert len(set(distances)) == len(distances)


def test_codes_do_not_grow_with_the_ids() -> None:
    codes = [order_code(number) for number in range(1, 1001)]

    rising = sum(one < other for one, other in pairwise(codes))

    assert 400 < rising < 600


@pytest.mark.parametrize("number", [0, -1, SPAN, SPAN + 1])
def test_an_id_out_of_range_has_no_code(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        order_code(number)
