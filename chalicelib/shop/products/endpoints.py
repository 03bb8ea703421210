"""The public list of products: `/api/products`."""

from chalicelib.auth.permissions import ANYONE
from chalicelib.contract import LISTS
from chalicelib.errors import NotFound
from chalicelib.shop.products import service
from chalicelib.shop.products.model import ProductWithStock
from chalicelib.shop.products.schemas import (
    ListedProduct,
    ProductFilters,
    ProductObject,
    product_object,
    products_by_uuid,
)
from chalicelib.web.call import PublicCall
from chalicelib.web.endpoint import GET, endpoint
from chalicelib.web.paging import Counted, Paging
from chalicelib.web.values import Uuid


@endpoint(
    GET,
    "/api/products",
    who=ANYONE,
    query=ProductFilters,
    paging=Paging.ENVELOPE,
    uses=LISTS,
)
def list_products(call: PublicCall, filters: ProductFilters) -> Counted[dict[Uuid, ListedProduct]]:
    """List the products whose name has a word that begins like this and whose type is this."""
    page, count = service.list_products(call, filters)
    return Counted(page, count, products_by_uuid(page.items))


@endpoint(
    GET,
    "/api/products/{uuid}",
    who=ANYONE,
    errors=(NotFound,),
    preload=service.product_keys,
    loads=service.product_of_path,
)
def show_product(call: PublicCall, found: ProductWithStock) -> ProductObject:
    """Show a product."""
    return product_object(found)
