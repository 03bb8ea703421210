"""The shop's sample requests; see `samples.py`, which includes them."""

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.web.endpoint import Endpoint
from tests.support.companion_samples import CODE, leave_reset_code
from tests.support.endpoints import ENDPOINTS
from tests.support.sample import Builder, Sample
from tests.support.scene import Scene
from tests.support.shop import PASSWORD, Shop, Shopper


def _shop(scene: Scene) -> Shop:
    return Shop(scene.world, scene.staff)


def _shopper(scene: Scene, who: int | str) -> Shopper:
    """Return the customer who asks, or another one in the place of somebody who is not a customer."""
    shop = _shop(scene)
    if isinstance(who, int):
        return shop.shopper()
    return shop.signed_in(shop.registered(who))


def _nothing(_: Scene, __: int | str) -> Sample:
    return Sample()


def _register(scene: Scene, _: int | str) -> Sample:
    name = f"another.{_shop(scene).customer().username}"
    return Sample(body={"username": name, "password": PASSWORD, "email": f"{name}@shop.example"})


def _log_in(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"username": _shop(scene).customer().username, "password": PASSWORD})


def _refresh(scene: Scene, _: int | str) -> Sample:
    token = scene.world.token(_shop(scene).customer().uuid, audience=CUSTOMER_AUDIENCE, refresh=True)
    return Sample(body={"refresh": token})


def _change_profile(scene: Scene, who: int | str) -> Sample:
    shopper = _shopper(scene, who)
    body = {"username": shopper.customer.username, "email": shopper.customer.email, "city": "Gdańsk"}
    return Sample({"uuid": shopper.uuid}, body)


def _set_password(scene: Scene, who: int | str) -> Sample:
    shopper = _shopper(scene, who)
    body = {
        "username": shopper.customer.username,
        "old_password": PASSWORD,
        "password": "another good one",
    }
    return Sample({"uuid": shopper.uuid}, body)


def _remove_profile(scene: Scene, who: int | str) -> Sample:
    return Sample({"uuid": _shopper(scene, who).uuid}, {"password": PASSWORD})


def _mail_reset_code(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"email": _shop(scene).customer().email})


def _reset_password(scene: Scene, _: int | str) -> Sample:
    customer = _shop(scene).customer()
    leave_reset_code(scene.world, CUSTOMER_AUDIENCE, customer.uuid, customer.email)
    return Sample(body={"email": customer.email, "code": int(CODE), "password": "another good one"})


def _add_to_bucket(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"quantity": 1, "product": _shop(scene).product().uuid})


def _change_line(scene: Scene, who: int | str) -> Sample:
    return Sample({"uuid": _shopper(scene, who).line(_shop(scene).product())}, {"quantity": 2})


def _remove_line(scene: Scene, who: int | str) -> Sample:
    return Sample({"uuid": _shopper(scene, who).line(_shop(scene).product())})


def _place_order(scene: Scene, who: int | str) -> Sample:
    _shopper(scene, who).line(_shop(scene).product())
    return Sample(body={"payment": "CARD"})


def _own_order(scene: Scene, who: int | str) -> Sample:
    return Sample({"uuid": _shopper(scene, who).ordered(_shop(scene).product())})


def _any_order(scene: Scene, _: int | str) -> Sample:
    shop = _shop(scene)
    return Sample({"uuid": shop.shopper().ordered(shop.product())})


def _product(scene: Scene, _: int | str) -> Sample:
    return Sample({"uuid": _shop(scene).product().uuid})


def _new_product(_: Scene, __: int | str) -> Sample:
    return Sample(body=PRODUCT | {"quantity": 3})


def _replace_product(scene: Scene, _: int | str) -> Sample:
    return Sample({"uuid": _shop(scene).product().uuid}, PRODUCT)


def _change_product(scene: Scene, _: int | str) -> Sample:
    return Sample({"uuid": _shop(scene).product().uuid}, {"price": "12.50"})


def _set_stock(scene: Scene, _: int | str) -> Sample:
    return Sample({"uuid": _shop(scene).product().uuid}, {"quantity": 7})


def _adjust_stock(scene: Scene, _: int | str) -> Sample:
    return Sample({"uuid": _shop(scene).product().uuid}, {"adjust": -1, "reason": "broken"})


def _customer(scene: Scene, _: int | str) -> Sample:
    return Sample({"uuid": _shop(scene).customer().uuid})


PRODUCT = {
    "name": "radio",
    "description": "Two bands",
    "price": "99.99",
    "product_type": "rtv",
    "status": "sales",
}

SHOP_SAMPLES: dict[Endpoint, Builder] = {
    ENDPOINTS["show-profile"]: _nothing,
    ENDPOINTS["change-profile"]: _change_profile,
    ENDPOINTS["set-password"]: _set_password,
    ENDPOINTS["remove-profile"]: _remove_profile,
    ENDPOINTS["mail-customer-reset-code"]: _mail_reset_code,
    ENDPOINTS["reset-customer-password"]: _reset_password,
    ENDPOINTS["list-products"]: _nothing,
    ENDPOINTS["list-bucket"]: _nothing,
    ENDPOINTS["add-to-bucket"]: _add_to_bucket,
    ENDPOINTS["change-bucket-line"]: _change_line,
    ENDPOINTS["remove-bucket-line"]: _remove_line,
    ENDPOINTS["place-order"]: _place_order,
    ENDPOINTS["show-my-order"]: _own_order,
    ENDPOINTS["cancel-order"]: _own_order,
    ENDPOINTS["register-customer"]: _register,
    ENDPOINTS["log-in-customer"]: _log_in,
    ENDPOINTS["refresh-customer"]: _refresh,
    ENDPOINTS["log-out-customer"]: _nothing,
    ENDPOINTS["show-product"]: _product,
    ENDPOINTS["list-my-orders"]: _nothing,
    ENDPOINTS["admin-list-products"]: _nothing,
    ENDPOINTS["admin-create-product"]: _new_product,
    ENDPOINTS["admin-show-product"]: _product,
    ENDPOINTS["admin-replace-product"]: _replace_product,
    ENDPOINTS["admin-change-product"]: _change_product,
    ENDPOINTS["admin-withdraw-product"]: _product,
    ENDPOINTS["admin-set-stock"]: _set_stock,
    ENDPOINTS["admin-adjust-stock"]: _adjust_stock,
    ENDPOINTS["admin-list-orders"]: _nothing,
    ENDPOINTS["admin-show-order"]: _any_order,
    ENDPOINTS["admin-set-paid"]: _any_order,
    ENDPOINTS["admin-set-error"]: _any_order,
    ENDPOINTS["admin-list-customers"]: _nothing,
    ENDPOINTS["admin-show-customer"]: _customer,
}
