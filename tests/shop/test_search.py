"""How a name is found."""

import pytest

from chalicelib.shop.products.search import normalized, word_starts


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
    assert word_starts(name) == starts


@pytest.mark.parametrize(
    ("text", "compared"),
    [("TELE", "tele"), (" a  b ", "a b"), ("ẞ", "ss"), ("", ""), (" \t\n", ""), ("İ", "i̇")],
)
def test_text_is_compared_without_case_and_extra_blanks(text: str, compared: str) -> None:
    assert normalized(text) == compared


def test_a_name_of_any_fifty_characters_has_a_bounded_number_of_beginnings() -> None:
    # Each is an action of a transaction of at most 100, beside seven others.
    worst = max(
        ("a " * 25, "a-" * 25, "-a" * 25, "a" * 50, ".a b" * 13), key=lambda name: len(word_starts(name))
    )

    assert 2 * len(word_starts(worst[:50])) + 7 <= 100
