"""A record of each kind that has a class of its own: what `goldens.py` stores."""

from chalicelib.accounts.model import User
from chalicelib.auth.model import Session
from chalicelib.orders.model import Order
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.members.model import Member, Membership
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.services.model import Service
from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.orders.model import OrderLine, ShopOrder
from chalicelib.shop.products.model import Product, StockChange

CREATED = "2026-01-14T08:30:00.000001Z"
UPDATED = "2026-01-15T09:45:00.000000Z"
NOW = "2026-01-15T12:00:00.000000Z"  # what the clock of a test's world shows
CUSTOMER_UUID = "0b8a2a7e-58a4-4c0c-9d5c-3f1f5f7c2e11"
PRODUCT_UUID = "5f0c7f3e-8d2b-4a39-9e0e-6f7d1a2b3c44"
ORDER_UUID = "9c1d2e3f-4a5b-4c6d-8e7f-0a1b2c3d4e55"
LINE_UUID = "d2c3b4a5-6f7e-4d8c-9b0a-1f2e3d4c5b66"
DIGEST = "e5aa705d67acf831d9bee738ab7ae16f586820a62faef164e6a44fb287652667"  # of code 281343, for user 5

USER = User(
    id=5,
    surname="Düring",
    name='Jane "JJ"',
    patronymic="",
    address="1 Main Street, #5",
    email="Jane#1@example.com",
    phone="+79130000001",
    created_at=CREATED,
    updated_at=UPDATED,
    confirmed_email=True,
    confirmed_phone=True,
    password_hash="pbkdf2_sha256$600000$salt$hash",
    is_staff=True,
    session_epoch=2,
    surviving_session=9007199254740991,
    version=3,
)
SESSION = Session(
    id=5126933103096310,
    audience="staff",
    owner="5",
    device="curl/8.5.0",
    created_at=NOW,
    expires_at=1769688000,
    refresh_id="1027c4d1c3864bc48d613e30d8f16adf",
    session_epoch=2,
)
ORGANIZATION = Organization(
    id=7,
    name="Быт #1",
    description="Repairs",
    address="2 Main Street",
    creator=5,
    created_at=CREATED,
    updated_at=UPDATED,
    numbers={"main": "+79999999999"},
    links={"vk": "vk.com", "others": [1, None]},
    version=2,
)
ROLES = {
    11: Role(11, "Managers", ("order_guru", "client_view"), CREATED, UPDATED, member_count=2),
    12: Role(12, "Nobody yet", (), CREATED, CREATED),
}
MEMBER = Member(
    id=13,
    organization=7,
    user=6,
    role=11,
    organization_creator=5,
    created_at=CREATED,
    updated_at=UPDATED,
    version=2,
)
MEMBERSHIPS = {7: Membership(id=13, role=11)}
A_SERVICE = Service(
    id=21,
    organization=7,
    name="Programming",
    address="3 Main Street",
    phone="+79518472961",
    created_at=CREATED,
    updated_at=UPDATED,
    version=2,
)
A_CLIENT = Client(
    id=22,
    organization=7,
    name="Luke",
    phone="+79130000002",
    created_at=CREATED,
    updated_at=UPDATED,
    surname="Skywalker",
    patronymic="Anakin",
    address="Tatooine",
    links={"vk": "vk.com/luke"},
    version=2,
)
ORDER = Order(
    id=31,
    order_code=4021871,
    organization=7,
    organization_creator=5,
    description="Fix the droid\nsoon",
    creator=6,
    executor=5,
    client=22,
    service=21,
    created_at=CREATED,
    updated_at=UPDATED,
    done=True,
    version=4,
)
CUSTOMER = Customer(
    uuid=CUSTOMER_UUID,
    username="Leia",
    email="Leia@alderaan.example",
    created_at=CREATED,
    first_name="Leia",
    last_name="Organa",
    phone="+48123456789",
    city="Łódź",
    password_hash="pbkdf2_sha256$600000$salt$hash",
    session_epoch=1,
    surviving_session=77,
    version=2,
)
PRODUCT = Product(
    uuid=PRODUCT_UUID,
    name="Telewizor",
    description="LED, 42″",
    price=129_999,
    product_type="rtv",
    status="promotions",
    created_at=CREATED,
    version=2,
)
CHANGE = StockChange(delta=10, changed_at=CREATED, changed_by="5", reason="first delivery")
BUCKET = Bucket(
    CUSTOMER_UUID,
    {PRODUCT_UUID: BucketLine(LINE_UUID, PRODUCT_UUID, 2, 129_999, number=1, reserved_at=CREATED)},
    version=1,
)
SHOP_ORDER = ShopOrder(
    uuid=ORDER_UUID,
    customer=CUSTOMER_UUID,
    status="paid",
    payment="card",
    date_created=CREATED,
    lines=(OrderLine(LINE_UUID, PRODUCT_UUID, 2, 129_999),),
    date_paid=UPDATED,
    version=2,
)
