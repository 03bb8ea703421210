"""Requests of customers and administrators that meet at one bucket, order, product or account."""

from typing import Any

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from tests.models.half_visible import Requests, Sent
from tests.support.companion_samples import CODE, leave_reset_code
from tests.support.shop import PASSWORD, Administrator, Shop, Shopper
from tests.support.world import NOTHING, World

NEW_PASSWORD = "another good one"


def _by(who: Shopper | Administrator, method: str, target: str, body: Any = NOTHING) -> list[Sent]:
    return [Sent(method, target, body, who.token)]


def _log_in(username: str, password: str) -> list[Sent]:
    return [Sent("POST", "/api/login", {"username": username, "password": password})]


def _register(username: str, email: str) -> list[Sent]:
    return [Sent("POST", "/api/register", {"username": username, "email": email, "password": PASSWORD})]


def bucket(world: World) -> Requests:
    shop = Shop(world)
    me, other, boss = shop.shopper(), shop.shopper(), shop.administrator()
    there, new = shop.product(5, name="there"), shop.product(3, name="new one")
    line = me.line(there, 2)
    product, stock = f"/api/admin/products/{new.uuid}", f"/api/admin/products/{new.uuid}/stock"
    held = f"/api/admin/products/{there.uuid}"
    return {
        "list": _by(me, "GET", "/api/bucket"),
        "add": _by(me, "POST", "/api/bucket", {"quantity": 2, "product": new.uuid}),
        "add what is there": _by(me, "POST", "/api/bucket", {"quantity": 1, "product": there.uuid}),
        "other adds": _by(other, "POST", "/api/bucket", {"quantity": 2, "product": new.uuid}),
        "other adds all": _by(other, "POST", "/api/bucket", {"quantity": 3, "product": new.uuid}),
        "raise": _by(me, "POST", f"/api/bucket/{line}", {"quantity": 4}),
        "lower": _by(me, "POST", f"/api/bucket/{line}", {"quantity": 1}),
        "remove": _by(me, "DELETE", f"/api/bucket/{line}"),
        "order": _by(me, "POST", "/api/orders", {"payment": "cash"}),
        "close": _by(me, "DELETE", f"/api/profile/{me.uuid}", {"password": PASSWORD}),
        "withdraw the new": _by(boss, "DELETE", product),
        "withdraw what is there": _by(boss, "DELETE", held),
        "price of the new": _by(boss, "PATCH", product, {"price": "99.00"}),
        "price of what is there": _by(boss, "PATCH", held, {"price": "99.00"}),
        "set stock": _by(boss, "PUT", stock, {"quantity": 1}),
        "adjust stock": _by(boss, "POST", stock, {"adjust": -2, "reason": "broken"}),
        "withdraw and sell out": [
            *_by(boss, "DELETE", product),
            *_by(boss, "PUT", stock, {"quantity": 0}),
        ],
        "list orders": _by(me, "GET", "/api/orders"),
        "remove and add again": [
            *_by(me, "DELETE", f"/api/bucket/{line}"),
            *_by(me, "POST", "/api/bucket", {"quantity": 1, "product": there.uuid}),
        ],
    }


def orders(world: World) -> Requests:
    shop = Shop(world)
    me, boss = shop.shopper(), shop.administrator()
    one, two = shop.product(5, name="one"), shop.product(5, name="two")
    order = me.ordered(one, 2)
    me.line(two)
    mine, admin = f"/api/orders/{order}", f"/api/admin/orders/{order}"
    return {
        "cancel": _by(me, "POST", f"{mine}/set_canceled"),
        "set paid": _by(boss, "POST", f"{admin}/set_paid"),
        "set error": _by(boss, "POST", f"{admin}/set_error"),
        "place": _by(me, "POST", "/api/orders", {"payment": "card"}),
        "close": _by(me, "DELETE", f"/api/profile/{me.uuid}", {"password": PASSWORD}),
        "show": _by(me, "GET", mine),
        "admin shows": _by(boss, "GET", admin),
        "list": _by(me, "GET", "/api/orders"),
        "list new": _by(me, "GET", "/api/orders?status=new"),
        "admin lists": _by(boss, "GET", "/api/admin/orders"),
        "admin lists paid": _by(boss, "GET", "/api/admin/orders?status=paid"),
        "pay and cancel": [
            *_by(boss, "POST", f"{admin}/set_paid"),
            *_by(me, "POST", f"{mine}/set_canceled"),
        ],
    }


def products(world: World) -> Requests:
    shop = Shop(world)
    me, boss = shop.shopper(), shop.administrator()
    one = shop.product(5, name="colour television", product_type="tv")
    shop.product(5, name="colour radio")
    admin = f"/api/admin/products/{one.uuid}"
    new = {"name": "colour telephone", "description": "", "product_type": "tv", "status": "new"}
    return {
        "list": [Sent("GET", "/api/products")],
        "list type": [Sent("GET", "/api/products?type=tv")],
        "search": [Sent("GET", "/api/products?name=colour")],
        "search other": [Sent("GET", "/api/products?name=wireless")],
        "show": [Sent("GET", f"/api/products/{one.uuid}")],
        "admin shows": _by(boss, "GET", admin),
        "create": _by(boss, "POST", "/api/admin/products", {**new, "price": "5.00", "quantity": 4}),
        "rename": _by(boss, "PATCH", admin, {"name": "wireless television"}),
        "change type": _by(boss, "PATCH", admin, {"product_type": "things"}),
        "change price": _by(boss, "PATCH", admin, {"price": "7.77"}),
        "withdraw": _by(boss, "DELETE", admin),
        "set stock": _by(boss, "PUT", f"{admin}/stock", {"quantity": 1}),
        "set another stock": _by(boss, "PUT", f"{admin}/stock", {"quantity": 2}),
        "take from stock": _by(boss, "POST", f"{admin}/stock", {"adjust": -5, "reason": "gone"}),
        "buy": _by(me, "POST", "/api/bucket", {"quantity": 1, "product": one.uuid}),
    }


def customers(world: World) -> Requests:
    shop = Shop(world)
    me, other = shop.shopper(username="jane", email="jane@example.com"), shop.shopper()
    boss, elsewhere = shop.administrator(), shop.signed_in(me.customer)
    pair = world.tokens(me.uuid, audience=CUSTOMER_AUDIENCE)
    leave_reset_code(world, CUSTOMER_AUDIENCE, me.uuid, me.customer.email)
    mine, theirs = f"/api/profile/{me.uuid}", f"/api/profile/{other.uuid}"
    same = {"username": "same", "email": "same@example.com"}
    unchanged = {"username": "jane", "email": "jane@example.com"}
    new = {"username": "jane", "old_password": PASSWORD, "password": NEW_PASSWORD}
    reset = {"email": "jane@example.com", "code": int(CODE), "password": "a third good one"}
    return {
        "register": _register("same", "same@example.com"),
        "register the email": _register("another", "same@example.com"),
        "register the username": _register("same", "another@example.com"),
        "register what is taken": _register("jane", "jane@example.com"),
        "change to the same": _by(me, "PUT", mine, same),
        "other changes to the same": _by(other, "PUT", theirs, same),
        "other changes the email": _by(other, "PUT", theirs, {**same, "username": other.customer.username}),
        "other takes mine": _by(other, "PUT", theirs, unchanged),
        "change the city": _by(me, "PUT", mine, {**unchanged, "city": "Gdynia"}),
        "set password": _by(me, "PUT", f"{mine}/setpassword", new),
        "close": _by(me, "DELETE", mine, {"password": PASSWORD}),
        "log in": _log_in("jane", PASSWORD),
        "log in under the new name": _log_in("same", PASSWORD),
        "log in with the new password": _log_in("jane", NEW_PASSWORD),
        "refresh": [Sent("POST", "/api/token/refresh", {"refresh": pair.refresh})],
        "log out": [Sent("POST", "/api/logout", NOTHING, pair.access)],
        "use that session": [Sent("GET", "/api/profile", NOTHING, pair.access)],
        "use another session": _by(elsewhere, "GET", "/api/profile"),
        "reset the password": [Sent("POST", "/api/password/reset/confirm", reset)],
        "ask for a reset": [Sent("POST", "/api/password/reset", {"email": "jane@example.com"})],
        "admin lists": _by(boss, "GET", "/api/admin/customers"),
        "admin looks for the name": _by(boss, "GET", "/api/admin/customers?username=jane"),
        "admin looks for the email": _by(boss, "GET", "/api/admin/customers?email=same@example.com"),
        "admin looks for the new name": _by(boss, "GET", "/api/admin/customers?username=same"),
        "admin shows": _by(boss, "GET", f"/api/admin/customers/{me.uuid}"),
    }


STAGES = {
    "a bucket": bucket,
    "an order of the shop": orders,
    "a product": products,
    "a customer": customers,
}
