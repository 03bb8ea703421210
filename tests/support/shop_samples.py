"""The shop's sample requests, one per route: see `samples.py`, which takes them over."""

from chalicelib import routes
from chalicelib.auth.model import CUSTOMER
from chalicelib.contract import Route
from tests.support.sample import Builder, Sample
from tests.support.scene import Scene
from tests.support.shop import PASSWORD, Shop, Shopper


def _shop(scene: Scene) -> Shop:
    return Shop(scene.world, scene.staff)


def _shopper(scene: Scene, who: int | str) -> Shopper:
    """Return the customer who asks, or for somebody who is none another one, whose things they ask for."""
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
    token = scene.world.token(_shop(scene).customer().uuid, audience=CUSTOMER, refresh=True)
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

SHOP_SAMPLES: dict[Route, Builder] = {
    routes.SHOW_PROFILE: _nothing,
    routes.CHANGE_PROFILE: _change_profile,
    routes.SET_PASSWORD: _set_password,
    routes.LIST_PRODUCTS: _nothing,
    routes.LIST_BUCKET: _nothing,
    routes.ADD_TO_BUCKET: _add_to_bucket,
    routes.CHANGE_BUCKET_LINE: _change_line,
    routes.REMOVE_BUCKET_LINE: _remove_line,
    routes.PLACE_ORDER: _place_order,
    routes.SHOW_MY_ORDER: _own_order,
    routes.CANCEL_ORDER: _own_order,
    routes.REGISTER_CUSTOMER: _register,
    routes.LOG_IN_CUSTOMER: _log_in,
    routes.REFRESH_CUSTOMER: _refresh,
    routes.LOG_OUT_CUSTOMER: _nothing,
    routes.SHOW_PRODUCT: _product,
    routes.LIST_MY_ORDERS: _nothing,
    routes.ADMIN_LIST_PRODUCTS: _nothing,
    routes.ADMIN_CREATE_PRODUCT: _new_product,
    routes.ADMIN_SHOW_PRODUCT: _product,
    routes.ADMIN_REPLACE_PRODUCT: _replace_product,
    routes.ADMIN_CHANGE_PRODUCT: _change_product,
    routes.ADMIN_WITHDRAW_PRODUCT: _product,
    routes.ADMIN_SET_STOCK: _set_stock,
    routes.ADMIN_ADJUST_STOCK: _adjust_stock,
    routes.ADMIN_LIST_ORDERS: _nothing,
    routes.ADMIN_SHOW_ORDER: _any_order,
    routes.ADMIN_SET_PAID: _any_order,
    routes.ADMIN_SET_ERROR: _any_order,
    routes.ADMIN_LIST_CUSTOMERS: _nothing,
    routes.ADMIN_SHOW_CUSTOMER: _customer,
}
