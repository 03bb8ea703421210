"""Products and their stock. Money is in cents."""

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


@dataclass(frozen=True, slots=True)
class ProductWithStock:
    """A product, and how much of it can still be bought."""

    product: Product
    available: int


@dataclass(frozen=True, slots=True)
class StockChange:
    """By how much an administrator changed a product's stock, and why."""

    delta: int
    changed_at: str
    changed_by: str
    reason: str
