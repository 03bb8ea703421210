"""Products as they go out, money as the Customer API document prints it."""

from collections.abc import Iterable
from typing import Annotated, TypedDict

from chalicelib.shop import money
from chalicelib.shop.products.model import PRODUCT_STATUSES, ProductWithStock
from chalicelib.web.values import Money, Schema, Uuid

ProductStatus = Annotated[str, Schema(enum=PRODUCT_STATUSES)]


class ListedProduct(TypedDict):
    """A product in the list, whose key there is its uuid; `quantity` is what can still be bought."""

    status: ProductStatus
    name: str
    description: str
    price: Money
    product_type: str
    quantity: int


class ProductObject(TypedDict):
    """A product outside a list."""

    uuid: Uuid
    status: ProductStatus
    name: str
    description: str
    price: Money
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


def products_by_uuid(page: Iterable[ProductWithStock]) -> dict[Uuid, ListedProduct]:
    """Return a page of the list."""
    return {found.product.uuid: listed_product(found) for found in page}
