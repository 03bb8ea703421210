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
    assert not texts.has_meaningless_characters("".join(map(_assigned, compared)))


def _assigned(character: str) -> str:
    return "" if unicodedata.category(character) in ("Cn", "Co") else character


# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 16.0.
IGNORABLE = "ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 3164 fe00-fe0f feff ffa0 \
fff0-fff8 1bca0-1bca3 1d173-1d17a e0000-e0fff"


@pytest.mark.parametrize("span", IGNORABLE.split())
def test_what_unicode_shows_nothing_for_makes_no_difference(span: str) -> None:
    first, _, last = span.partition("-")
    for number in range(int(first, 16), int(last or first, 16) + 1):
        assert texts.compared(f"ba{chr(number)}nk") == "bank", hex(number)
        assert texts.has_meaningless_characters(chr(number)), hex(number)
        assert texts.shows_nothing(f" {chr(number)}"), hex(number)


@pytest.mark.parametrize(
    "same",
    [
        ("a@münchen.de", "A@MÜNCHEN.de", "a@xn--mnchen-3ya.de", "a@XN--MNCHEN-3YA.DE"),
        ("a@mail.почта.рф", "a@mail.xn--80a1acny.xn--p1ai"),
    ],
    ids=lambda same: same[0],
)
def test_a_domain_is_the_same_as_it_is_read_and_as_it_is_sent(same: tuple[str, ...]) -> None:
    assert len({texts.address_compared(text) for text in same}) == 1


@pytest.mark.parametrize("domain", ["xn--", "xn--a", "xn--\u00fc", "xn--99999999999", "xn--abc-", "xn--0"])
def test_what_stands_for_no_domain_is_compared_as_it_is_written(domain: str) -> None:
    assert texts.address_compared(f"a@{domain}.de") == texts.compared(f"a@{domain}.de")


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_any_domain_can_be_a_key(label: str) -> None:
    assert texts.address_compared(f"a@xn--{label}.de").encode()


def test_a_mark_is_the_letter_that_it_stands_on() -> None:
    assert texts.without_marks("हिन्दी") == "हहननदद"
    assert texts.without_marks("cre\u0300me") == "creeme"
    assert texts.without_marks("\u0301a -\u0301b") == " a - b"
