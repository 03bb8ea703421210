"""Products as they go out, money as the Customer API document prints it."""

from collections.abc import Iterable
from typing import TypedDict

from chalicelib.shop import money
from chalicelib.shop.products.model import ProductWithStock


class ListedProduct(TypedDict):
    """A product in the list, whose key there is its uuid; `quantity` is what can still be bought."""

    status: str
    name: str
    description: str
    price: str
    product_type: str
    quantity: int


class ProductObject(TypedDict):
    """A product outside a list."""

    uuid: str
    status: str
    name: str
    description: str
    price: str
    product_type: str
    quantity: int


def listed_product(found: ProductWithStock) -> ListedProduct:
    """Return a product of the list."""
    product = found.product
    return {
        "status": product.status,
        "name": product.name,
        "description": product.description,
        "price": money.text(product.price),
        "product_type": product.product_type,
        "quantity": found.available,
    }


def product_object(found: ProductWithStock) -> ProductObject:
    """Return a product outside a list."""
    return {"uuid": found.product.uuid, **listed_product(found)}


def products_by_uuid(page: Iterable[ProductWithStock]) -> dict[str, ListedProduct]:
    """Return a page of the list."""
    return {found.product.uuid: listed_product(found) for found in page}
