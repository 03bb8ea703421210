"""How much of a product can still be bought.

An item of its own, so that a sale rewrites one small item and no index entry.
"""

from chalicelib.errors import DomainError
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import StockItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork

STOCK = AttributeKind[int]("stock", lambda available: available, available=int)


def available(preloaded: Preloaded, product_uuid: str) -> int:
    """Return what can be bought of a product, 0 where there is none."""
    return preloaded.get(STOCK, keys.stock(product_uuid)) or 0


def take(work: UnitOfWork, product_uuid: str, quantity: int, otherwise: DomainError | None = None) -> None:
    """Take a quantity off the stock, if there is so much; a negative one is given back.

    Args:
        work: writes it.
        product_uuid: the product.
        quantity: how much.
        otherwise: what it means that there is not so much; None to decide the request anew.
    """
    item = StockItem(*keys.stock(product_uuid))
    enough = StockItem.available >= max(quantity, 0)
    work.update(item, [StockItem.available.add(-quantity)], enough, otherwise)
