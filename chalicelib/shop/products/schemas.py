"""Products and changes of stock as they come in, and what the list can be filtered by."""

from dataclasses import dataclass
from typing import Annotated

from chalicelib.shop.fields import Integer, Price
from chalicelib.shop.products.model import PRODUCT_STATUSES
from chalicelib.web.fields import UNSET, Choice, Text, Unset
from chalicelib.web.query import Parameter

MAX_STOCK = 10**9

_NAME = Text(50, required=True)
_DESCRIPTION = Text(1000, required=True, blank=True)
_PRICE = Price(required=True)
_TYPE = Text(50, required=True)
_STATUS = Choice(PRODUCT_STATUSES, required=True)


@dataclass(frozen=True, kw_only=True)
class NewProduct:
    """A product to create, with its first stock."""

    name: Annotated[str, _NAME]
    description: Annotated[str, _DESCRIPTION]
    price: Annotated[int, _PRICE]  # in cents
    product_type: Annotated[str, _TYPE]
    status: Annotated[str, _STATUS]
    quantity: Annotated[int, Integer(0, MAX_STOCK)] = 0


@dataclass(frozen=True, kw_only=True)
class ProductChange:
    """What a PUT (all) or a PATCH (any) sets."""

    name: Annotated[str | Unset, _NAME] = UNSET
    description: Annotated[str | Unset, _DESCRIPTION] = UNSET
    price: Annotated[int | Unset, _PRICE] = UNSET  # in cents
    product_type: Annotated[str | Unset, _TYPE] = UNSET
    status: Annotated[str | Unset, _STATUS] = UNSET


@dataclass(frozen=True, kw_only=True)
class NewStock:
    """How much is to be there from now on."""

    quantity: Annotated[int, Integer(0, MAX_STOCK)]


@dataclass(frozen=True, kw_only=True)
class StockAdjustment:
    """By how much the stock changes, and why."""

    adjust: Annotated[int, Integer(-MAX_STOCK, MAX_STOCK)]
    reason: Annotated[str, Text(500)]


@dataclass(frozen=True, kw_only=True)
class ProductFilters:
    """What the list is filtered by: the beginning of any word of the name, and the type."""

    name: Annotated[str | None, Parameter()] = None
    type: Annotated[str | None, Parameter()] = None
