"""How a name is found."""

import pytest

from chalicelib import texts
from chalicelib.shop.products.model import MAX_STARTS, word_starts


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("telewizor", {"telewizor"}),
        ("LED telewizor", {"led telewizor", "telewizor"}),
        ("  LED \t telewizor\n", {"led telewizor", "telewizor"}),
        ("LED-TV", {"led-tv", "tv"}),
        ("(nowy)", {"(nowy)", "nowy)"}),
        ("a a", {"a a", "a"}),
        ("Łódź Żółta", {"łódź żółta", "żółta"}),
        ("Straße", {"strasse"}),
        ("don't", {"don't", "t"}),
        ("50% off", {"50% off", "off"}),
        ("-", {"-"}),
        ("電話 赤い", {"電話 赤い", "赤い"}),
    ],
)
def test_a_name_is_found_from_each_of_its_words_on(name: str, starts: set[str]) -> None:
    assert set(word_starts(name)) == starts


def test_a_name_of_any_fifty_characters_has_a_bounded_number_of_beginnings() -> None:
    # Each is an action of a transaction of at most 100, and a second one when the product is renamed.
    ordinary = ("a " * 25, "a-" * 25, "-a" * 25, "a" * 50, ".a b" * 13, "(a " * 17)
    crowded = ("\ufdfa" * 50, "⒜" * 50, "½" * 50, "ῷ" * 50)

    assert max(len(word_starts(name[:50])) for name in ordinary) < MAX_STARTS
    assert max(len(word_starts(name)) for name in crowded) == MAX_STARTS


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("हिन्दी किताब", ["हिन्दी किताब", "किताब"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("cre\u0300me", ["cr\u00e8me"]),
        ("\u0301abc \u0301de", ["abc de", "de"]),
        ("İSTANBUL kahve", ["istanbul kahve", "kahve"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("", []),
        ("\u0301", []),
    ],
)
def test_a_mark_begins_no_word(name: str, starts: list[str]) -> None:
    assert word_starts(name) == [texts.words_compared(start) for start in starts]
