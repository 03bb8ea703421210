"""How much of a product can still be bought.

An item of its own, so that a sale rewrites one small item and no index entry. Each change that an
administrator makes is kept: the sum of the changes = available + in buckets + sold can be checked product by
product.
"""

from chalicelib.errors import DomainError
from chalicelib.shop.products.model import StockChange
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind, DocumentKind
from chalicelib.table.items import StockChangeItem, StockItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, absent

STOCK = AttributeKind[int]("stock", lambda available: available, available=int)
STOCK_CHANGE = DocumentKind("stock-change", StockChange, "delta", "changed_at", "changed_by", "reason")


def available(preloaded: Preloaded, product_uuid: str) -> int:
    """Return what can be bought of a product, 0 where there is none."""
    return preloaded.get(STOCK, keys.stock(product_uuid)) or 0


def add(work: UnitOfWork, product_uuid: str, first: StockChange) -> None:
    """Write the first stock of a new product."""
    work.put(StockItem(*keys.stock(product_uuid), available=first.delta), absent())
    _add_change(work, product_uuid, first)


def change(work: UnitOfWork, product_uuid: str, before: int, changed: StockChange) -> None:
    """Change a stock from what was read."""
    item = StockItem(*keys.stock(product_uuid))
    work.update(item, [StockItem.available.add(changed.delta)], StockItem.available == before)
    _add_change(work, product_uuid, changed)


def _add_change(work: UnitOfWork, product_uuid: str, changed: StockChange) -> None:
    key = keys.stock_change(product_uuid, changed.changed_at, work.id)
    work.put(StockChangeItem(*key, doc=STOCK_CHANGE.to_document(changed)), absent())


def take(work: UnitOfWork, product_uuid: str, quantity: int, otherwise: DomainError | None = None) -> None:
    """Take a quantity off the stock, if there is enough; a negative one is given back.

    Args:
        work: writes it.
        product_uuid: the product.
        quantity: how much.
        otherwise: the error if there is not enough; None to run the request again.
    """
    item = StockItem(*keys.stock(product_uuid))
    enough = StockItem.available >= max(quantity, 0)
    work.update(item, [StockItem.available.add(-quantity)], enough, otherwise)
