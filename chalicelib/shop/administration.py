"""Shop administration by staff users with `is_staff` (companion, "Shop administration")."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import NotFound
from chalicelib.runtime import Runtime
from chalicelib.shop.errors import StockBelowZero, WrongState
from chalicelib.shop.orders import service as shop_orders
from chalicelib.shop.orders import store as order_table
from chalicelib.shop.orders.model import ALLOWED_FROM, ERROR, PAID, ShopOrder, may_become
from chalicelib.shop.products import service as catalogue
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.shop.products.service import Offer
from chalicelib.table import old_counts as tallies
from chalicelib.table import optimistic
from chalicelib.table.engine import read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot

_FIRST_STOCK = "first stock"
_STOCK_SET = "stock set"


def create_product(fields: Mapping[str, Any], *, principal: StaffPrincipal, runtime: Runtime) -> Offer:
    """Create a product with its first stock.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    described = {name: value for name, value in fields.items() if name != "quantity"}
    product = Product(uuid=runtime.new_uuid(), created_at=runtime.now(), **described)
    quantity: int = fields.get("quantity", 0)
    products.add(product, quantity, _receipt(_FIRST_STOCK, principal, runtime), runtime)
    return product, quantity


def _receipt(reason: str, principal: StaffPrincipal, runtime: Runtime) -> dict[str, str]:
    return {"at": runtime.now(), "by": str(principal.id), "reason": reason}


def change_product(
    uuid: str | None, fields: Mapping[str, Any], *, records: Snapshot, runtime: Runtime
) -> Offer:
    """Change a product's description; lines in buckets and orders keep their price.

    Raises:
        NotFound: there is no such product on the list.
        Unavailable: DynamoDB is busy or out of reach, or the product keeps changing.
    """
    return _change_product(uuid, fields, records, runtime)


def withdraw_product(uuid: str | None, *, records: Snapshot, runtime: Runtime) -> None:
    """Take a product off the list; it stays in buckets and orders.

    Raises:
        NotFound: there is no such product on the list.
        Unavailable: DynamoDB is busy or out of reach, or the product keeps changing.
    """
    _change_product(uuid, {"withdrawn": True}, records, runtime)


def _change_product(
    uuid: str | None, fields: Mapping[str, Any], records: Snapshot, runtime: Runtime
) -> Offer:
    def write(records: Snapshot) -> Offer:
        product, available = catalogue.offer_in(uuid, records)
        changed = replace(product, **fields, version=product.version + 1)
        products.replace(product, changed, runtime)
        return changed, available

    return optimistic.write(write, records, lambda: read(catalogue.product_keys(uuid), runtime), runtime)


def set_stock(
    uuid: str | None, quantity: int, *, principal: StaffPrincipal, records: Snapshot, runtime: Runtime
) -> Offer:
    """Set how much of a product can be bought.

    Raises:
        NotFound: there is no such product on the list.
        Unavailable: DynamoDB is busy or out of reach, or the stock keeps changing.
    """
    receipt = _receipt(_STOCK_SET, principal, runtime)
    return _receive(uuid, lambda available: quantity - available, receipt, records, runtime)


def adjust_stock(
    uuid: str | None,
    adjust: int,
    reason: str,
    *,
    principal: StaffPrincipal,
    records: Snapshot,
    runtime: Runtime,
) -> Offer:
    """Change how much of a product can be bought.

    Raises:
        NotFound: there is no such product on the list.
        StockBelowZero: there is not so much to take away.
        Unavailable: DynamoDB is busy or out of reach, or the stock keeps changing.
    """
    return _receive(uuid, lambda _: adjust, _receipt(reason, principal, runtime), records, runtime)


def _receive(
    uuid: str | None,
    delta_from: Callable[[int], int],
    receipt: dict[str, str],
    records: Snapshot,
    runtime: Runtime,
) -> Offer:
    def write(records: Snapshot) -> Offer:
        product, available = catalogue.offer_in(uuid, records)
        delta = delta_from(available)
        if available + delta < 0:
            raise StockBelowZero
        products.receive(product.uuid, available, delta, receipt, runtime)
        return product, available + delta

    return optimistic.write(write, records, lambda: read(catalogue.product_keys(uuid), runtime), runtime)


def order_tally_keys() -> list[Key]:
    """Return the keys of the count of all orders."""
    return tallies.tally_keys(tallies.SHOP_ORDERS)


def list_orders(
    status: str | None, *, records: Snapshot, limit: int, after: Position | None, runtime: Runtime
) -> tuple[Page[ShopOrder], int]:
    """Return one page of all orders, newest first, and how many there are.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    page = order_table.page(status, runtime, limit=limit, after=after)
    counted = status or tallies.TOTAL
    return page, tallies.counted(records, tallies.SHOP_ORDERS, counted)


def order_in(uuid: str | None, records: Snapshot) -> ShopOrder:
    """Return any customer's order, from records that hold its key.

    Raises:
        NotFound: there is none.
    """
    order = order_table.find(records, uuid) if uuid is not None else None
    if order is None:
        raise NotFound
    return order


def set_paid(order: ShopOrder, date_paid: str | None, *, runtime: Runtime) -> ShopOrder:
    """Note that an order was paid.

    Args:
        order: as it was read.
        date_paid: when, None for now.
        runtime: the clock, and the way to wait between tries.

    Raises:
        WrongState: its status is neither `new` nor `to_pay`.
        Unavailable: DynamoDB is busy or out of reach, or the order keeps changing.
    """
    return _move(order, PAID, {"date_paid": date_paid or runtime.now()}, runtime)


def set_error(order: ShopOrder, *, runtime: Runtime) -> ShopOrder:
    """Give up on an order; its products go back on stock.

    Raises:
        WrongState: its status is neither `new` nor `to_pay`.
        Unavailable: DynamoDB is busy or out of reach, or the order keeps changing.
    """
    return _move(order, ERROR, {}, runtime)


def _move(order: ShopOrder, status: str, fields: Mapping[str, Any], runtime: Runtime) -> ShopOrder:
    def write(order: ShopOrder) -> ShopOrder:
        if not may_become(order, status):
            raise WrongState(ALLOWED_FROM[status])
        moved = replace(order, **fields, status=status, version=order.version + 1)
        order_table.move(order, moved, runtime)
        return moved

    return optimistic.write(write, order, lambda: shop_orders.read_again(order, runtime), runtime)
