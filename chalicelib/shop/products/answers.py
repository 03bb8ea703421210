"""Products as they go out, money as the Customer API document prints it."""

from typing import TypedDict

from chalicelib.shop import money
from chalicelib.shop.products.model import Product


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


def listed_product(product: Product, quantity: int) -> ListedProduct:
    """Return a product of the list, with how much can still be bought."""
    return {
        "status": product.status,
        "name": product.name,
        "description": product.description,
        "price": money.text(product.price),
        "product_type": product.product_type,
        "quantity": quantity,
    }


def product_object(product: Product, quantity: int) -> ProductObject:
    """Return a product outside a list."""
    return {"uuid": product.uuid, **listed_product(product, quantity)}
