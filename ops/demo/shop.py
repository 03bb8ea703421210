"""The shop's part of the demo data (companion, "Demo data")."""

from chalicelib.auth import passwords
from chalicelib.runtime import Runtime
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product, StockChange
from chalicelib.table.unit_of_work import StaleState, UnitOfWork

CUSTOMER_UUID = "a860895f-788d-4bb2-baa7-06c263ed8754"
USERNAME, PASSWORD = "anakin", "obiwansux"
TELEWIZOR = "561f3505-018f-4352-bcda-c6d00092eea1"
TELEFON = "c7c6705d-9d18-4a70-a070-004fc5cfbc8e"

_CREATED_AT = "2017-12-16T10:00:00.000000Z"


def load(runtime: Runtime) -> None:
    """Put the customer and the two products of the Customer API document into the connected table."""
    anakin = Customer(
        uuid=CUSTOMER_UUID,
        username=USERNAME,
        email="a.skywalker@deathstar.im",
        first_name="lord_anakin",
        created_at=_CREATED_AT,
        password_hash=passwords.hash_password(PASSWORD, runtime),
    )
    telewizor = Product(
        uuid=TELEWIZOR,
        name="telewizor",
        description="LED TV",
        price=300_000,
        product_type="rtv",
        status="new",
        created_at="2017-12-16T10:01:00.000000Z",
    )
    telefon = Product(
        uuid=TELEFON,
        name="telefon",
        description="telefon komórkowy",
        price=100_000,
        product_type="rtv",
        status="new",
        created_at="2017-12-16T10:02:00.000000Z",
    )
    try:
        work = UnitOfWork(runtime)
        customers.add(work, anakin)
        work.commit()
        for product, quantity in ((telewizor, 9), (telefon, 7)):
            work = UnitOfWork(runtime)
            products.add(work, product, StockChange(quantity, _CREATED_AT, "demo", "demo data"))
            work.commit()
    except StaleState:
        return  # somebody else loads the same data into the same table
