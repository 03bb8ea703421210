"""The public list of products: `/api/products`."""

from typing import Any

from chalice.app import Response

from chalicelib import routes, uuids
from chalicelib.shop.products import service as catalogue
from chalicelib.shop.products.answers import listed_product, product_object
from chalicelib.web import envelope
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import AnonymousRequest, Request
from chalicelib.web.responses import json_response


@endpoint(routes.LIST_PRODUCTS)
def list_products(request: AnonymousRequest) -> Response:
    """List the products whose name has a word that begins like this and whose type is this."""
    return listed(request)


def listed(request: Request[Any]) -> Response:
    """Return the page of products that a request asks for."""
    name, product_type = paging.text(request, "name"), paging.text(request, "type")
    asked = envelope.asked(request, name, product_type)
    page, count = catalogue.list_page(
        name, product_type, limit=asked.size, after=asked.after, runtime=request.runtime
    )
    results = {product.uuid: listed_product(product, available) for product, available in page.items}
    return json_response(200, envelope.envelope(request, asked, page, count, results))


@endpoint(routes.SHOW_PRODUCT)
def show_product(request: AnonymousRequest) -> Response:
    """Show a product."""
    offer = catalogue.show(uuids.parse(request.path["uuid"]), runtime=request.runtime)
    return json_response(200, product_object(*offer))
