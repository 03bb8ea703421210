"""Products and changes of stock as they come in, filters of the list, and products as they go out."""

from collections.abc import Iterable
from typing import Annotated, TypedDict

from chalicelib.frozen import frozen
from chalicelib.shop import money
from chalicelib.shop.fields import Integer, Price
from chalicelib.shop.products.model import PRODUCT_STATUSES, ProductWithStock
from chalicelib.web.fields import UNSET, Choice, Text, Unset
from chalicelib.web.query import Parameter
from chalicelib.web.values import Money, Schema, Uuid

MAX_STOCK = 10**9

_NAME = Text(50, required=True)
_DESCRIPTION = Text(1000, required=True, blank=True)
_PRICE = Price(required=True)
_TYPE = Text(50, required=True)
_STATUS = Choice(PRODUCT_STATUSES, required=True)


@frozen(kw_only=True)
class NewProduct:
    """A product to create, with its first stock."""

    name: Annotated[str, _NAME]
    description: Annotated[str, _DESCRIPTION]
    price: Annotated[int, _PRICE]  # in cents
    product_type: Annotated[str, _TYPE]
    status: Annotated[str, _STATUS]
    quantity: Annotated[int, Integer(0, MAX_STOCK)] = 0


@frozen(kw_only=True)
class ProductChange:
    """What a PUT (all) or a PATCH (any) sets."""

    name: Annotated[str | Unset, _NAME] = UNSET
    description: Annotated[str | Unset, _DESCRIPTION] = UNSET
    price: Annotated[int | Unset, _PRICE] = UNSET  # in cents
    product_type: Annotated[str | Unset, _TYPE] = UNSET
    status: Annotated[str | Unset, _STATUS] = UNSET


@frozen(kw_only=True)
class NewStock:
    """How much is to be there from now on."""

    quantity: Annotated[int, Integer(0, MAX_STOCK)]


@frozen(kw_only=True)
class StockAdjustment:
    """By how much the stock changes, and why."""

    adjust: Annotated[int, Integer(-MAX_STOCK, MAX_STOCK)]
    reason: Annotated[str, Text(500)]


@frozen(kw_only=True)
class ProductFilters:
    """What the list is filtered by: the beginning of any word of the name, and the type."""

    name: Annotated[str | None, Parameter()] = None
    type: Annotated[str | None, Parameter()] = None


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
