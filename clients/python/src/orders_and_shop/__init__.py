"""A client of the orders and shop API, sync and async.

Staff use `StaffClient`, customers of the shop `CustomerClient`; each has a method per operation of the API.
Bodies and answers are the dictionaries of `orders_and_shop.types`. A refused call raises `ApiError`, a broken
connection one of httpx's errors.
"""

from orders_and_shop._async.customer import AsyncCustomerClient
from orders_and_shop._async.staff import AsyncStaffClient
from orders_and_shop._async.transport import AsyncPages
from orders_and_shop._sync.customer import CustomerClient
from orders_and_shop._sync.staff import StaffClient
from orders_and_shop._sync.transport import Pages
from orders_and_shop._version import __version__
from orders_and_shop.errors import ApiError
from orders_and_shop.pages import Page
from orders_and_shop.session import TokenPair

__all__ = [
    "ApiError",
    "AsyncCustomerClient",
    "AsyncPages",
    "AsyncStaffClient",
    "CustomerClient",
    "Page",
    "Pages",
    "StaffClient",
    "TokenPair",
    "__version__",
]
