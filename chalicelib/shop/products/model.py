"""Products, their stock, and the words by which they are found. Money is in cents."""

import re

from chalicelib import texts
from chalicelib.frozen import frozen

PRODUCT_STATUSES = ("new", "promotions", "sales")

# Of one name; each is an action of a transaction of at most 100, and a second one when it is renamed.
MAX_STARTS = 40
_WORDS = re.compile(r"(?<!\S)\S|\b\w")


@frozen
class Product:
    """What is sold, without how much of it there is; a withdrawn one is off the list."""

    uuid: str
    name: str
    description: str
    price: int
    product_type: str
    status: str
    created_at: str
    withdrawn: bool = False
    version: int = 1


@frozen
class ProductWithStock:
    """A product, and how much of it can still be bought."""

    product: Product
    available: int


@frozen
class StockChange:
    """By how much an administrator changed a product's stock, and why."""

    delta: int
    changed_at: str
    changed_by: str
    reason: str


def word_starts(name: str) -> list[str]:
    """Return a product's name from each of its first words on: what a search text has to be the beginning of.

    A word begins after a blank, and after a sign within it: `LED telewizor (nowy)` is found by `led tele`,
    `tele`, `(now` and `now`. A mark begins none. Only names of characters that stand for several have more
    than `MAX_STARTS` words.
    """
    compared = texts.words_to_search(name)
    matches = _WORDS.finditer(texts.without_marks(compared))
    return [compared[match.start() :] for match in matches][:MAX_STARTS]
