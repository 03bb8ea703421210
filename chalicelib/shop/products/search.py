"""How a product's name is searched: any of its words from the start, ignoring case (spec, Customer API)."""

import re

from chalicelib import texts

# Of one name; each is an action of a transaction of at most 100, and a second one when it is renamed.
MAX_STARTS = 40
_WORDS = re.compile(r"(?<!\S)\S|\b\w")


def word_starts(name: str) -> list[str]:
    """Return the name from each of its first words on: what a search text has to be the beginning of.

    A word begins after a blank, and after a sign within it: `LED telewizor (nowy)` is found by `led tele`,
    `tele`, `(now` and `now`. A mark begins none. Only names of characters that stand for several have more
    than `MAX_STARTS` words.
    """
    compared = texts.words_compared(name)
    matches = _WORDS.finditer(texts.without_marks(compared))
    return [compared[match.start() :] for match in matches][:MAX_STARTS]
