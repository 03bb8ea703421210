"""When two texts are the same, and what of a text is a word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import texts

WITH_OTHER_FORMS = [
    character
    for character in map(chr, range(0x110000))
    if character.casefold() != character or unicodedata.decomposition(character)
]


@pytest.mark.parametrize(
    "same",
    [
        ("Bank", "bank", "BANK", "\uff22\uff41nk", "Ba\u200bnk", "\u202eBank", "Ban\u00adk", "Bank\ufe0f"),
        ("caf\u00e9", "cafe\u0301", "CAFE\u0301"),
        ("İSTANBUL", "istanbul", "I\u0307STANBUL", "i\u0307stanbul"),
        ("Straße", "STRASSE", "STRAẞE"),
        ("ﬁn", "fin"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ", "σίσυφοσ"),
    ],
    ids=lambda same: same[0],
)
def test_texts_that_are_the_same(same: tuple[str, ...]) -> None:
    assert len({texts.compared(text) for text in same}) == 1


@pytest.mark.parametrize("other", ["bankk", "b\u0430nk", "ba nk", "bånk", "bank."])
def test_texts_that_are_not(other: str) -> None:
    assert texts.compared(other) != texts.compared("bank")


def test_every_character_is_compared_as_its_cases_and_forms_are() -> None:
    for character in WITH_OTHER_FORMS:
        compared = texts.compared(character)
        forms = {character.lower(), character.casefold(), compared}
        forms |= {unicodedata.normalize(form, character) for form in ("NFC", "NFD", "NFKC", "NFKD")}
        assert {texts.compared(form) for form in forms} == {compared}, ascii(character)


@given(st.text())
def test_comparing_what_is_compared_changes_nothing(text: str) -> None:
    compared = texts.compared(text)

    assert texts.compared(compared) == compared
    assert texts.compared(unicodedata.normalize("NFD", text)) == compared
    assert not texts.has_format_characters(compared)


def test_a_mark_is_the_letter_that_it_stands_on() -> None:
    assert texts.without_marks("हिन्दी") == "हहननदद"
    assert texts.without_marks("cre\u0300me") == "creeme"
    assert texts.without_marks("\u0301a -\u0301b") == " a - b"
