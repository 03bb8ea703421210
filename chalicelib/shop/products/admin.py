"""The administration of products and their stock: `/api/admin/products`."""

from dataclasses import replace
from typing import Any

from chalicelib.auth.staff import ADMINISTRATOR, StaffCall
from chalicelib.contract import ADDS, DELETES, LISTS
from chalicelib.errors import NotFound
from chalicelib.shop.errors import StockBelowZero
from chalicelib.shop.products import service, store
from chalicelib.shop.products.model import Product, ProductWithStock, StockChange
from chalicelib.shop.products.schemas import (
    ListedProduct,
    NewProduct,
    NewStock,
    ProductChange,
    ProductFilters,
    ProductObject,
    StockAdjustment,
    product_object,
    products_by_uuid,
)
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Counted, Paging
from chalicelib.web.values import Uuid


@endpoint(
    GET,
    "/api/admin/products",
    who=ADMINISTRATOR,
    query=ProductFilters,
    paging=Paging.ENVELOPE,
    uses=LISTS,
)
def admin_list_products(call: StaffCall, filters: ProductFilters) -> Counted[dict[Uuid, ListedProduct]]:
    """List products, as the public list does."""
    page, count = service.list_products(call, filters)
    return Counted(page, count, products_by_uuid(page.items))


@endpoint(POST, "/api/admin/products", who=ADMINISTRATOR, takes=NewProduct, status=201, uses=ADDS)
def admin_create_product(call: StaffCall, new: NewProduct) -> ProductObject:
    """Create a product, with its first stock."""
    product = Product(
        uuid=call.runtime.new_uuid(),
        name=new.name,
        description=new.description,
        price=new.price,
        product_type=new.product_type,
        status=new.status,
        created_at=call.now,
    )
    store.add(call.work, product, _stock_change(call, new.quantity, "first stock"))
    return product_object(ProductWithStock(product, new.quantity))


@endpoint(
    GET,
    "/api/admin/products/{uuid}",
    who=ADMINISTRATOR,
    errors=(NotFound,),
    preload=service.product_keys,
    loads=service.product_of_path,
)
def admin_show_product(call: StaffCall, found: ProductWithStock) -> ProductObject:
    """Show a product."""
    return product_object(found)


@endpoint(
    PUT,
    "/api/admin/products/{uuid}",
    who=ADMINISTRATOR,
    takes=ProductChange,
    errors=(NotFound,),
    uses=ADDS | DELETES,
    preload=service.product_keys,
    loads=service.product_of_path,
)
def admin_replace_product(call: StaffCall, before: ProductWithStock, change: ProductChange) -> ProductObject:
    """Change a product's description."""
    return product_object(_changed(call, before, **changes_in(change)))


@endpoint(
    PATCH,
    "/api/admin/products/{uuid}",
    who=ADMINISTRATOR,
    takes=ProductChange,
    partial=True,
    errors=(NotFound,),
    uses=ADDS | DELETES,
    preload=service.product_keys,
    loads=service.product_of_path,
)
def admin_change_product(call: StaffCall, before: ProductWithStock, change: ProductChange) -> ProductObject:
    """Change some fields of a product."""
    return product_object(_changed(call, before, **changes_in(change)))


@endpoint(
    DELETE,
    "/api/admin/products/{uuid}",
    who=ADMINISTRATOR,
    status=204,
    errors=(NotFound,),
    uses=ADDS | DELETES,
    preload=service.product_keys,
    loads=service.product_of_path,
)
def admin_withdraw_product(call: StaffCall, before: ProductWithStock) -> None:
    """Take a product off the list; it stays in buckets and orders."""
    _changed(call, before, withdrawn=True)


def _changed(call: StaffCall, before: ProductWithStock, **changes: Any) -> ProductWithStock:
    after = replace(before.product, **changes, version=before.product.version + 1)
    store.replace(call.work, before.product, after)
    return replace(before, product=after)


@endpoint(
    PUT,
    "/api/admin/products/{uuid}/stock",
    who=ADMINISTRATOR,
    takes=NewStock,
    errors=(NotFound,),
    uses=ADDS,
    preload=service.product_keys,
    loads=service.stocked_product_of_path,
)
def admin_set_stock(call: StaffCall, before: ProductWithStock, new: NewStock) -> ProductObject:
    """Set how much of a product can be bought, withdrawn or not."""
    return _stock_changed(call, before, new.quantity - before.available, "stock set")


@endpoint(
    POST,
    "/api/admin/products/{uuid}/stock",
    who=ADMINISTRATOR,
    takes=StockAdjustment,
    errors=(NotFound, StockBelowZero),
    uses=ADDS,
    preload=service.product_keys,
    loads=service.stocked_product_of_path,
)
def admin_adjust_stock(call: StaffCall, before: ProductWithStock, change: StockAdjustment) -> ProductObject:
    """Change how much of a product can be bought, withdrawn or not."""
    if before.available + change.adjust < 0:
        raise StockBelowZero
    return _stock_changed(call, before, change.adjust, change.reason)


def _stock_changed(call: StaffCall, before: ProductWithStock, delta: int, reason: str) -> ProductObject:
    store.change_stock(call.work, before.product.uuid, before.available, _stock_change(call, delta, reason))
    return product_object(replace(before, available=before.available + delta))


def _stock_change(call: StaffCall, delta: int, reason: str) -> StockChange:
    return StockChange(delta=delta, changed_at=call.now, changed_by=str(call.principal.id), reason=reason)
