"""Every write of the shop as a request, and what a client is told who repeats one that took effect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.web.endpoint import Endpoint
from tests.support.companion_samples import CODE, leave_reset_code
from tests.support.endpoints import ENDPOINTS
from tests.support.shop import PASSWORD, Shop
from tests.support.shop_samples import PRODUCT
from tests.support.world import NOTHING, Answer

MISMATCH = (404, {"code": 3001, "message": "user or password not match."})
NOT_FOUND = (404, {"message": "not found"})
INVALID_TOKEN = (403, {"message": "Given token not valid for any token type"})


@dataclass(frozen=True)
class Request:
    """A request that is sent as often as wanted."""

    shop: Shop
    path: str
    body: Any = NOTHING
    token: str | None = None

    def send(self, endpoint: Endpoint) -> Answer:
        """Send it to a route's method."""
        return self.shop.world.call(endpoint.method, self.path, self.body, token=self.token)


@dataclass(frozen=True)
class Write:
    """A write endpoint.

    Attributes:
        route: the endpoint.
        prepare: makes everything anew that the request names.
        repeated: what the same request gets when it had taken effect and only its answer was lost; None when
            it succeeds once more, because doing it twice is doing it once.
        name: tells it from another write of the same route.
        anew: members of the body that a second success answers with other values.
    """

    endpoint: Endpoint
    prepare: Callable[[Shop], Request]
    repeated: tuple[int, dict[str, Any]] | None = None
    name: str = ""
    anew: frozenset[str] = frozenset()

    def told(self, answer: Answer) -> tuple[int, Any]:
        """Return an answer's status and body, without the values that each success has anew."""
        body = answer.json if answer.text else None
        if isinstance(body, dict):
            body = {name: name if name in self.anew else value for name, value in body.items()}
        return answer.status, body


def _register(shop: Shop) -> Request:
    name = f"another.{shop.customer().username}"
    body = {"username": name, "password": PASSWORD, "email": f"{name}@shop.example"}
    return Request(shop, "/api/register", body)


def _log_in(shop: Shop) -> Request:
    return Request(shop, "/api/login", {"username": shop.customer().username, "password": PASSWORD})


def _refresh(shop: Shop) -> Request:
    token = shop.world.token(shop.customer().uuid, audience=CUSTOMER_AUDIENCE, refresh=True)
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


def _remove_profile(shop: Shop) -> Request:
    shopper = shop.shopper()
    shopper.line(shop.product(), 2)
    return Request(shop, f"/api/profile/{shopper.uuid}", {"password": PASSWORD}, shopper.token)


def _forget(shop: Shop) -> Request:
    return Request(shop, "/api/password/reset", {"email": shop.customer().email})


def _reset(shop: Shop) -> Request:
    customer = shop.customer()
    leave_reset_code(shop.world, CUSTOMER_AUDIENCE, customer.uuid, customer.email)
    body = {"email": customer.email, "code": CODE, "password": "onlydarkside"}
    return Request(shop, "/api/password/reset/confirm", body)


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
    Write(ENDPOINTS["register-customer"], _register, (400, _TAKEN)),
    Write(ENDPOINTS["log-in-customer"], _log_in, anew=frozenset({"access", "refresh"})),
    # A refresh token that comes a second time could be a thief's: the session ends, the client logs in anew.
    Write(ENDPOINTS["refresh-customer"], _refresh, INVALID_TOKEN),
    Write(ENDPOINTS["log-out-customer"], _log_out, INVALID_TOKEN),
    Write(ENDPOINTS["change-profile"], _change_city),
    Write(ENDPOINTS["change-profile"], _change_names, name="change-profile and what is unique"),
    Write(
        ENDPOINTS["set-password"],
        _set_password,
        MISMATCH,
    ),
    Write(ENDPOINTS["remove-profile"], _remove_profile, INVALID_TOKEN),
    Write(ENDPOINTS["mail-customer-reset-code"], _forget),
    Write(ENDPOINTS["reset-customer-password"], _reset, MISMATCH),
    Write(ENDPOINTS["add-to-bucket"], _add, _conflict(1041, "Product already in bucket")),
    Write(ENDPOINTS["change-bucket-line"], _change_quantity),
    Write(ENDPOINTS["remove-bucket-line"], _remove, NOT_FOUND),
    Write(ENDPOINTS["place-order"], _place, _conflict(1083, "bucket is empty")),
    Write(
        ENDPOINTS["cancel-order"],
        _cancel,
        _conflict(1003, "only status `new`, `to_pay`, `paid` is avaliable to return"),
    ),
    # A second product, and a second movement of stock: the administrator looks before trying again.
    Write(
        ENDPOINTS["admin-create-product"],
        _administer("products", PRODUCT | {"quantity": 3}),
        anew=frozenset({"uuid"}),
    ),
    Write(ENDPOINTS["admin-replace-product"], _administer("products/{product}", PRODUCT)),
    Write(ENDPOINTS["admin-change-product"], _administer("products/{product}", {"price": "12.50"})),
    Write(ENDPOINTS["admin-withdraw-product"], _administer("products/{product}"), NOT_FOUND),
    Write(ENDPOINTS["admin-set-stock"], _administer("products/{product}/stock", {"quantity": 7})),
    Write(
        ENDPOINTS["admin-adjust-stock"],
        _administer("products/{product}/stock", {"adjust": -1, "reason": "lost"}),
        anew=frozenset({"quantity"}),
    ),
    Write(ENDPOINTS["admin-set-paid"], _administer("orders/{order}/set_paid"), _MOVED),
    Write(ENDPOINTS["admin-set-error"], _administer("orders/{order}/set_error"), _MOVED),
)
