"""One request per endpoint that succeeds for whoever has the right; a contract test names endpoints without.

A builder makes new records for each request, so that the requests of one endpoint don't get in each other's
way. It gets the scene, and who asks: a user's id, or a customer's uuid.
"""

from chalicelib.web.endpoint import Endpoint
from tests.support.companion_samples import COMPANION_SAMPLES
from tests.support.endpoints import ENDPOINTS
from tests.support.sample import Builder, Sample
from tests.support.scene import Scene
from tests.support.shop_samples import SHOP_SAMPLES
from tests.support.staff import PASSWORD


def _create_order(scene: Scene, _: int | str) -> Sample:
    return Sample(body=scene.draft())


def _list(scene: Scene, _: int | str) -> Sample:
    scene.order()
    return Sample({"organization": scene.organization.id})


def _list_to_execute(scene: Scene, _: int | str) -> Sample:
    scene.order(executor=scene.creator)
    return Sample({"organization": scene.organization.id})


def _show_order(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": scene.order().id})


def _show_order_in(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": scene.order().id, "organization": scene.organization.id})


def _replace_order(scene: Scene, _: int | str) -> Sample:
    body = {
        "description": "Changed",
        "executor": scene.creator.id,
        "done": True,
        "organization": scene.organization.id,
    }
    return Sample({"id": scene.order().id}, body)


def _change_order(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": scene.order().id}, {"description": "Changed", "organization": scene.organization.id})


def _delete_order(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": scene.order().id}, {"organization": scene.organization.id})


def _register_user(scene: Scene, _: int | str) -> Sample:
    number = scene.staff.user().id
    body = {
        "surname": "Doe",
        "name": "Jane",
        "patronymic": "Ann",
        "address": "1 Main Street",
        "password": PASSWORD,
        "email": f"new{number}@example.com",
        "phone": f"+7913{number:07d}",
    }
    return Sample(body=body)


def _sign_in_user(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"email": scene.staff.user().email, "password": PASSWORD})


def _refresh_user(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"refresh": scene.world.token(scene.creator.id, refresh=True)})


def _nothing(scene: Scene, _: int | str) -> Sample:
    return Sample()


SAMPLES: dict[Endpoint, Builder] = {
    ENDPOINTS["create-order"]: _create_order,
    ENDPOINTS["list-orders"]: _list,
    ENDPOINTS["list-created-orders"]: _list,
    ENDPOINTS["list-orders-to-execute"]: _list_to_execute,
    ENDPOINTS["show-order"]: _show_order,
    ENDPOINTS["show-order-in"]: _show_order_in,
    ENDPOINTS["replace-order"]: _replace_order,
    ENDPOINTS["change-order"]: _change_order,
    ENDPOINTS["delete-order"]: _delete_order,
    ENDPOINTS["register-user"]: _register_user,
    ENDPOINTS["sign-in-user"]: _sign_in_user,
    ENDPOINTS["refresh-user"]: _refresh_user,
    ENDPOINTS["sign-out-user"]: _nothing,
    ENDPOINTS["show-default-image"]: _nothing,
    **COMPANION_SAMPLES,
    **SHOP_SAMPLES,
}
