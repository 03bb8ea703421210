"""Every list of the API as something that grows and shrinks: how entries come and go, how they are named.

A list that an endpoint declares and that is not here fails `test_lists.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.auth.tokens import ACCESS
from chalicelib.auth.tokens import read as read_token
from chalicelib.web.endpoint import Endpoint
from tests.support.companion_samples import membership
from tests.support.endpoints import ENDPOINTS
from tests.support.scene import Scene
from tests.support.shop import PASSWORD, Shop
from tests.support.world import Answer, World


def _uuid(entry: Any) -> str:
    return str(entry["uuid"])


def _id(entry: Any) -> str:
    return str(entry["id"])


@dataclass
class ChangingList:
    """One list of a world.

    Attributes:
        target: its path, with filters.
        token: of who reads it.
        add: puts one more entry on the list and returns its name; None for a list that never changes.
        remove: takes an entry off the list by its name; None for a list that only grows.
        name: of an entry as the list shows it.
        ordered: whether the entries of all pages together are in the order of one page with all of them.
    """

    world: World = field(repr=False)
    target: str
    token: str | None = field(repr=False)
    add: Callable[[], str] | None
    remove: Callable[[str], object] | None
    name: Callable[[Any], str] = _uuid
    ordered: bool = True


Opens = Callable[[World], ChangingList]


def _succeeds(answer: Answer) -> Answer:
    assert answer.status in (200, 201, 204), answer.text
    return answer


def _staff_list(
    path: str,
    add: Callable[[Scene], Any],
    remove: str | None,
    *,
    body: Callable[[Scene], dict[str, Any]] = lambda scene: {},
    **settings: Any,
) -> Opens:
    """Return what opens a list of the organization's creator.

    Args:
        path: of the list; may name the organization, its creator and its client.
        add: makes one more entry and returns its id.
        remove: method and path of the request that takes it off.
        body: sent with that request, beside the organization.
        settings: further ones of the list.
    """

    def opened(world: World) -> ChangingList:
        scene = Scene(world)
        token = world.token(scene.creator.id)
        method, _, target = (remove or "").partition(" ")

        def removed(name: str) -> object:
            sent = {"organization": scene.organization.id, **body(scene)}
            return _succeeds(world.call(method, target.format(id=name), sent, token=token))

        return ChangingList(
            world,
            path.format(organization=scene.organization.id, creator=scene.creator.id, client=scene.client.id),
            token,
            lambda: str(add(scene)),
            removed if remove else None,
            **{"name": _id, **settings},
        )

    return opened


def _never_changing(path: str) -> Opens:
    def opened(world: World) -> ChangingList:
        scene = Scene(world)
        token = world.token(scene.creator.id)
        return ChangingList(world, path.format(organization=scene.organization.id), token, None, None, _id)

    return opened


def _session(scene: Scene) -> int:
    token = scene.world.token(scene.creator.id)
    return read_token(token, ACCESS, "staff", scene.world.runtime).session_id


def _profile(world: World) -> ChangingList:
    return ChangingList(world, "/api/profile", Shop(world).shopper().token, None, None)


def _products(path: str, **fields: str) -> Opens:
    """Return what opens a list of products, beside which there are some that a filter leaves out."""

    def opened(world: World) -> ChangingList:
        shop = Shop(world)
        administrator = shop.administrator()
        if fields:
            shop.product()
        return ChangingList(
            world,
            path,
            administrator.token if path.startswith("/api/admin") else None,
            lambda: shop.product(**fields).uuid,
            lambda uuid: _succeeds(administrator.call("DELETE", f"products/{uuid}")),
            name=lambda entry: str(entry[0]),
        )

    return opened


def _bucket(*, raising: bool = False) -> Opens:
    """Return what opens a bucket; lines are removed by a quantity of 0, or go when others are raised."""

    def opened(world: World) -> ChangingList:
        shop = Shop(world)
        customer = shop.shopper()

        def removed(line: str) -> object:
            if raising:
                for other in customer.lines()[:2]:
                    _succeeds(customer.change(other["bucket_uuid"], other["quantity"] + 1))
            return _succeeds(customer.change(line, 0) if raising else customer.remove(line))

        return ChangingList(
            world,
            "/api/bucket",
            customer.token,
            lambda: customer.line(shop.product()),
            removed,
            name=lambda entry: str(entry["bucket_uuid"]),
        )

    return opened


def _shop_orders(path: str, remove: str | None) -> Opens:
    def opened(world: World) -> ChangingList:
        shop = Shop(world)
        customer, administrator = shop.shopper(), shop.administrator()
        product = shop.product(1_000)
        customer.cancel(customer.ordered(product))  # one that a filter leaves out

        def removed(order: str) -> object:
            if remove == "set_canceled":
                return _succeeds(customer.cancel(order))
            return _succeeds(administrator.move(order, str(remove)))

        return ChangingList(
            world,
            path,
            administrator.token if path.startswith("/api/admin") else customer.token,
            lambda: customer.ordered(product),
            removed if remove else None,
            name=lambda entry: str(entry["order_uuid"]),
        )

    return opened


def _customers(world: World) -> ChangingList:
    shop = Shop(world)

    def removed(uuid: str) -> object:
        token = world.token(uuid, audience=CUSTOMER_AUDIENCE)
        return _succeeds(world.call("DELETE", f"/api/profile/{uuid}", {"password": PASSWORD}, token=token))

    return ChangingList(
        world, "/api/admin/customers", shop.administrator().token, lambda: shop.customer().uuid, removed
    )


_DELETES_ORDER = "DELETE /orders/order-ud/{id}/"
_CHANGES_ORDER = "PATCH /orders/order-ud/{id}/"


def _order(scene: Scene) -> int:
    scene.order(executor=scene.creator, done=True)  # one that a filter leaves out
    return scene.order(executor=scene.creator).id


def _invitation(scene: Scene) -> int:
    return scene.staff.invitation(scene.another().organization, "order_view", user=scene.creator).id


LISTS: dict[Endpoint, dict[str, Opens]] = {
    ENDPOINTS["list-orders"]: {
        "all": _staff_list("/orders/order-l/{organization}/", lambda scene: scene.order().id, _DELETES_ORDER),
        "not done": _staff_list(
            "/orders/order-l/{organization}/?done=false",
            _order,
            _CHANGES_ORDER,
            body=lambda _: {"done": True},
        ),
    },
    ENDPOINTS["list-invitations"]: {
        "all": _staff_list(
            "/organizations/invitation-l/", _invitation, "POST /organizations/invitation-a/{id}/"
        )
    },
    ENDPOINTS["list-created-orders"]: {
        "all": _staff_list(
            "/orders/order-creator-l/{organization}/", lambda scene: scene.order().id, _DELETES_ORDER
        )
    },
    ENDPOINTS["list-orders-to-execute"]: {
        "all": _staff_list(
            "/orders/order-executor-l/{organization}/",
            lambda scene: scene.order(executor=scene.creator).id,
            _CHANGES_ORDER,
            body=lambda scene: {"executor": scene.executor.id},
        )
    },
    ENDPOINTS["list-my-orders-to-execute"]: {
        "all": _staff_list(
            "/users/user/executor/",
            lambda scene: scene.order(executor=scene.creator).id,
            _CHANGES_ORDER,
            body=lambda scene: {"executor": scene.executor.id},
        ),
        "not done": _staff_list("/users/user/executor/?done=false", _order, _DELETES_ORDER),
    },
    ENDPOINTS["list-sessions"]: {
        # Newest first on each page, but the pages go by the sessions' random ids.
        "all": _staff_list(
            "/sessions/session-user-l/{creator}/",
            _session,
            "DELETE /sessions/session-user-d/{id}/",
            ordered=False,
        )
    },
    ENDPOINTS["list-organizations"]: {
        "all": _staff_list(
            "/organizations/organization-lc/",
            lambda scene: scene.staff.organization(scene.creator).id,
            "DELETE /organizations/organization-rud/{id}/",
        )
    },
    ENDPOINTS["list-permissions"]: {"all": _never_changing("/organizations/perm-l/{organization}/")},
    ENDPOINTS["list-members"]: {
        "all": _staff_list(
            "/organizations/member-l/{organization}/",
            lambda scene: membership(scene).id,
            "DELETE /organizations/member-ud/{id}/",
        )
    },
    ENDPOINTS["list-roles"]: {
        "all": _staff_list(
            "/organizations/role-l/{organization}/",
            lambda scene: scene.staff.role(scene.organization, []).id,
            "DELETE /organizations/role-ud/{id}/",
        )
    },
    ENDPOINTS["list-services"]: {
        "all": _staff_list(
            "/organizations/service-l/{organization}/",
            lambda scene: scene.staff.service(scene.organization).id,
            "DELETE /organizations/service-ud/{id}/",
        )
    },
    ENDPOINTS["list-clients"]: {
        "all": _staff_list(
            "/clients/client-l/{organization}/",
            lambda scene: scene.staff.client(scene.organization).id,
            "DELETE /clients/client-d/{id}/",
        )
    },
    ENDPOINTS["show-profile"]: {"all": _profile},
    ENDPOINTS["list-products"]: {
        "all": _products("/api/products"),
        "of a type": _products("/api/products?type=rtv", product_type="rtv"),
        "of a name": _products("/api/products?name=tele", name="LED telewizor telefunken"),
        "of a name and a type": _products(
            "/api/products?name=tele&type=rtv", name="tele", product_type="rtv"
        ),
    },
    ENDPOINTS["admin-list-products"]: {
        "all": _products("/api/admin/products"),
        "of a name": _products("/api/admin/products?name=tele", name="telewizor"),
    },
    ENDPOINTS["list-bucket"]: {"all": _bucket(), "while others are raised": _bucket(raising=True)},
    ENDPOINTS["list-my-orders"]: {
        "all": _shop_orders("/api/orders", None),
        "new": _shop_orders("/api/orders?status=new", "set_canceled"),
    },
    ENDPOINTS["admin-list-orders"]: {
        "all": _shop_orders("/api/admin/orders", None),
        "new": _shop_orders("/api/admin/orders?status=new", "set_paid"),
    },
    ENDPOINTS["admin-list-customers"]: {"all": _customers},
}


def every_list() -> list[tuple[Endpoint, str]]:
    """Return each list with each way of filtering it."""
    return [(endpoint, filtered) for endpoint, ways in LISTS.items() for filtered in ways]
