"""What can be done with a bucket; whatever is put in is reserved at once (Customer API document).

Every movement is one transaction of the bucket and the product's stock. The bucket is conditioned on the
version that was read, the stock on having enough, and whatever takes from the stock on the product's being as
it was read: once a new price or a withdrawal is answered, nothing is taken at the old one.
"""

from dataclasses import replace

from chalicelib.auth.customers import CustomerCall
from chalicelib.errors import NotFound
from chalicelib.shop.bucket import store
from chalicelib.shop.bucket.model import MAX_BUCKET_LINES, Bucket, BucketLine
from chalicelib.shop.bucket.schemas import NewLine
from chalicelib.shop.errors import AlreadyInBucket, BucketFull, NotEnoughProducts, ProductNotAvailable
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.shop.products.store import PRODUCT
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.request import Request

_NO_STOCK_IS_LARGER = 10**12  # DynamoDB takes no number of more than 38 digits to compare with


def bucket_key(request: Request) -> list[Key]:
    """Return the key of the customer's bucket."""
    return [keys.bucket(request.subject)]


def keys_to_add(request: Request) -> list[Key | None]:
    """Return the keys of all that adding a product looks at."""
    product = request.given.get("product")
    return [*bucket_key(request), key_of(keys.product, product), key_of(keys.stock, product)]


def raised_product_key(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the key of the product whose line is raised; lowering needs none."""
    line = store.bucket_of(preloaded, request.subject).line(request.uuid)
    raised = line is not None and request.given.get("quantity", 0) > line.quantity
    return [keys.product(line.product)] if line is not None and raised else []


def own_bucket(call: CustomerCall) -> Bucket:
    """Return the customer's bucket."""
    return store.bucket_of(call.preloaded, call.principal.id)


def put_in(call: CustomerCall, new: NewLine) -> BucketLine:
    """Put a product into the customer's bucket and return its line.

    Raises:
        AlreadyInBucket, ProductNotAvailable, NotEnoughProducts, BucketFull: as the document's table says.
    """
    bucket = own_bucket(call)
    product = _product_to_add(call, bucket, new)
    line = BucketLine(
        call.runtime.new_uuid(),
        product.uuid,
        new.quantity,
        product.price,
        number=bucket.version + 1,
        reserved_at=call.now,
    )
    store.write(call.work, bucket, bucket.with_line(line))
    products.take_stock(call.work, product.uuid, new.quantity)
    products.ensure_unchanged(call.work, product)
    return line


def _product_to_add(call: CustomerCall, bucket: Bucket, new: NewLine) -> Product:
    """Return the product that is to be put in.

    Raises:
        AlreadyInBucket, ProductNotAvailable, NotEnoughProducts, BucketFull: as the document's table says.
    """
    if new.product in bucket.lines:
        raise AlreadyInBucket
    product = call.preloaded.get(PRODUCT, key_of(keys.product, new.product))
    if product is None or product.withdrawn:
        raise ProductNotAvailable
    left = products.available_stock(call.preloaded, product.uuid)
    if new.quantity > left:
        # It may be missing because it was just reserved in this very bucket, after that had been read.
        call.read_again(bucket_key(call.request))
        if new.product in own_bucket(call).lines:
            raise AlreadyInBucket
        raise NotEnoughProducts if left else ProductNotAvailable
    if len(bucket.lines) >= MAX_BUCKET_LINES:
        raise BucketFull
    return product


def set_quantity(call: CustomerCall, quantity: int) -> None:
    """Change the quantity of the line that the path names, moving just the difference from or to the stock.

    Raises:
        NotFound: the customer's bucket has no such line.
        ProductNotAvailable: more is wanted of a product that was withdrawn.
        NotEnoughProducts: more is wanted than is left.
    """
    bucket = own_bucket(call)
    line = bucket.line(call.request.uuid)
    if line is None:
        raise NotFound
    more = quantity - line.quantity
    if more > 0:
        line = _at_present_price(call, line)
    if more > _NO_STOCK_IS_LARGER:
        raise NotEnoughProducts
    if more:
        store.write(call.work, bucket, bucket.with_line(replace(line, quantity=quantity)))
        products.take_stock(call.work, line.product, more, otherwise=NotEnoughProducts())


def _at_present_price(call: CustomerCall, line: BucketLine) -> BucketLine:
    """Return a line as if it was put in now, as long as its product does not change meanwhile."""
    product = call.preloaded.get(PRODUCT, keys.product(line.product))
    if product is None or product.withdrawn:
        raise ProductNotAvailable
    products.ensure_unchanged(call.work, product)
    return replace(line, price=product.price, reserved_at=call.now)
