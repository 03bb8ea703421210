"""Every write of the shop as a request, and what a client is told who repeats one that took effect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib import routes
from chalicelib.auth.model import CUSTOMER
from chalicelib.contract import Route
from tests.support.shop import PASSWORD, Shop
from tests.support.shop_samples import PRODUCT
from tests.support.world import NOTHING, Answer

NOT_FOUND = (404, {"message": "not found"})
INVALID_TOKEN = (403, {"message": "Given token not valid for any token type"})


@dataclass(frozen=True)
class Request:
    """A request that is sent as often as wanted."""

    shop: Shop
    path: str
    body: Any = NOTHING
    token: str | None = None

    def send(self, route: Route) -> Answer:
        """Send it to a route's method."""
        return self.shop.world.call(route.method, self.path, self.body, token=self.token)


@dataclass(frozen=True)
class Write:
    """A write endpoint.

    Attributes:
        route: the endpoint.
        prepare: makes everything anew that the request names.
        repeated: what the same request gets when it had taken effect and only its answer was lost; None when
            it succeeds once more, because doing it twice is doing it once.
        name: tells it from another write of the same route.
    """

    route: Route
    prepare: Callable[[Shop], Request]
    repeated: tuple[int, dict[str, Any]] | None = None
    name: str = ""


def _register(shop: Shop) -> Request:
    name = f"another.{shop.customer().username}"
    body = {"username": name, "password": PASSWORD, "email": f"{name}@shop.example"}
    return Request(shop, "/api/register", body)


def _log_in(shop: Shop) -> Request:
    return Request(shop, "/api/login", {"username": shop.customer().username, "password": PASSWORD})


def _refresh(shop: Shop) -> Request:
    token = shop.world.token(shop.customer().uuid, audience=CUSTOMER, refresh=True)
    return Request(shop, "/api/token/refresh", {"refresh": token})


def _log_out(shop: Shop) -> Request:
    return Request(shop, "/api/logout", token=shop.shopper().token)


def _change_city(shop: Shop) -> Request:
    shopper = shop.shopper()
    body = {"username": shopper.customer.username, "email": shopper.customer.email, "city": "Kraków"}
    return Request(shop, f"/api/profile/{shopper.uuid}", body, shopper.token)


def _change_names(shop: Shop) -> Request:
    shopper = shop.shopper()
    name = f"renamed.{shopper.customer.username}"
    body = {"username": name, "email": f"{name}@shop.example"}
    return Request(shop, f"/api/profile/{shopper.uuid}", body, shopper.token)


def _set_password(shop: Shop) -> Request:
    shopper = shop.shopper()
    body = {"username": shopper.customer.username, "old_password": PASSWORD, "password": "onlydarkside"}
    return Request(shop, f"/api/profile/{shopper.uuid}/setpassword", body, shopper.token)


def _add(shop: Shop) -> Request:
    body = {"quantity": 2, "product": shop.product().uuid}
    return Request(shop, "/api/bucket", body, shop.shopper().token)


def _change_quantity(shop: Shop) -> Request:
    shopper = shop.shopper()
    return Request(shop, f"/api/bucket/{shopper.line(shop.product())}", {"quantity": 5}, shopper.token)


def _remove(shop: Shop) -> Request:
    shopper = shop.shopper()
    return Request(shop, f"/api/bucket/{shopper.line(shop.product(), 3)}", token=shopper.token)


def _place(shop: Shop) -> Request:
    shopper = shop.shopper()
    shopper.line(shop.product(), 2)
    shopper.line(shop.product(), 3)
    return Request(shop, "/api/orders", {"payment": "payu"}, shopper.token)


def _cancel(shop: Shop) -> Request:
    shopper = shop.shopper()
    order = shopper.ordered(shop.product(), 4)
    return Request(shop, f"/api/orders/{order}/set_canceled", token=shopper.token)


def _administer(path: str, body: Any = NOTHING) -> Callable[[Shop], Request]:
    def prepare(shop: Shop) -> Request:
        named = {"product": shop.product().uuid} if "{product}" in path else {}
        if "{order}" in path:
            named["order"] = shop.shopper().ordered(shop.product(), 4)
        return Request(shop, "/api/admin/" + path.format(**named), body, shop.administrator().token)

    return prepare


def _conflict(code: int, message: str) -> tuple[int, dict[str, Any]]:
    return 409, {"code": code, "message": message}


_TAKEN = {
    "message": "Validation error.",
    "details": {"username": ["A user with that username already exists."]},
}
_MOVED = _conflict(1003, "only status `new`, `to_pay` is avaliable")

WRITES = (
    Write(routes.REGISTER_CUSTOMER, _register, (400, _TAKEN)),
    Write(routes.LOG_IN_CUSTOMER, _log_in),
    # A refresh token that comes a second time could be a thief's: the session ends, the client logs in anew.
    Write(routes.REFRESH_CUSTOMER, _refresh, INVALID_TOKEN),
    Write(routes.LOG_OUT_CUSTOMER, _log_out, INVALID_TOKEN),
    Write(routes.CHANGE_PROFILE, _change_city),
    Write(routes.CHANGE_PROFILE, _change_names, name="change-profile and what is unique"),
    Write(
        routes.SET_PASSWORD, _set_password, (404, {"code": 3001, "message": "user or password not match."})
    ),
    Write(routes.ADD_TO_BUCKET, _add, _conflict(1041, "Product already in bucket")),
    Write(routes.CHANGE_BUCKET_LINE, _change_quantity),
    Write(routes.REMOVE_BUCKET_LINE, _remove, NOT_FOUND),
    Write(routes.PLACE_ORDER, _place, _conflict(1083, "bucket is empty")),
    Write(
        routes.CANCEL_ORDER,
        _cancel,
        _conflict(1003, "only status `new`, `to_pay`, `paid` is avaliable to return"),
    ),
    # A second product, and a second movement of stock: the administrator looks before trying again.
    Write(routes.ADMIN_CREATE_PRODUCT, _administer("products", PRODUCT | {"quantity": 3})),
    Write(routes.ADMIN_REPLACE_PRODUCT, _administer("products/{product}", PRODUCT)),
    Write(routes.ADMIN_CHANGE_PRODUCT, _administer("products/{product}", {"price": "12.50"})),
    Write(routes.ADMIN_WITHDRAW_PRODUCT, _administer("products/{product}"), NOT_FOUND),
    Write(routes.ADMIN_SET_STOCK, _administer("products/{product}/stock", {"quantity": 7})),
    Write(
        routes.ADMIN_ADJUST_STOCK, _administer("products/{product}/stock", {"adjust": -1, "reason": "lost"})
    ),
    Write(routes.ADMIN_SET_PAID, _administer("orders/{order}/set_paid"), _MOVED),
    Write(routes.ADMIN_SET_ERROR, _administer("orders/{order}/set_error"), _MOVED),
)
