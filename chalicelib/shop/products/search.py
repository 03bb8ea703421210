"""How a product's name is searched: any of its words from the start, ignoring case (spec, Customer API)."""

import re

_WORDS = re.compile(r"(?<!\S)\S|\b\w")


def normalized(text: str) -> str:
    """Return text as it is compared: without case, blanks at its ends, and repeated blanks."""
    return " ".join(text.casefold().split())


def word_starts(name: str) -> set[str]:
    """Return the name from each of its words on: what a search text has to be the beginning of.

    A word begins after a blank, and after a sign within it: `LED telewizor (nowy)` is found by `led tele`,
    `tele`, `(now` and `now`.
    """
    compared = normalized(name)
    return {compared[match.start() :] for match in _WORDS.finditer(compared)}
