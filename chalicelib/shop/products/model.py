"""Products."""

from dataclasses import dataclass

PRODUCT_STATUSES = ("new", "promotions", "sales")


@dataclass(frozen=True, slots=True)
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
