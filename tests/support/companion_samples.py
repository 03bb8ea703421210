"""The sample requests of the companion endpoints for staff, one per route: see `samples.py`, which
takes them over.
"""

from chalicelib import routes
from chalicelib.accounts import store as users
from chalicelib.accounts.confirmation import codes
from chalicelib.accounts.confirmation import store as confirmations
from chalicelib.contract import Route
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.organizations.store import item_of, name_guard_of
from chalicelib.table import keys, preloaded
from chalicelib.table.items import OwnedOrganizationsItem
from chalicelib.table.preloaded import read as preload
from chalicelib.table.unit_of_work import UnitOfWork
from tests.support.forgery import claims_of
from tests.support.sample import Builder, Sample
from tests.support.scene import Scene

CODE = "281343"


def _in_organization(scene: Scene, _: int | str) -> Sample:
    return Sample({"organization": scene.organization.id})


def _nothing(_: Scene, __: int | str) -> Sample:
    return Sample()


def _own(_: Scene, who: int | str) -> Sample:
    return Sample({"id": who})


def _replace_user(_: Scene, who: int | str) -> Sample:
    body = {"surname": "Changed", "name": "Jane", "patronymic": "", "address": ""}
    return Sample({"id": who}, body)


def _change_user(_: Scene, who: int | str) -> Sample:
    return Sample({"id": who}, {"surname": "Changed"})


def _close_user(_: Scene, who: int | str) -> Sample:
    # Founders among the callers have closed what they founded.
    OwnedOrganizationsItem(*keys.owned_organizations(int(who)), open=0).save()
    return Sample({"id": who})


def _accept_code(scene: Scene, who: int | str) -> Sample:
    mail_code(scene, int(who), CODE)
    return Sample(body={"type_code": "email", "code": int(CODE)})


def mail_code(scene: Scene, user_id: int, code: str) -> None:
    """Leave the table as if this code had been mailed to a user."""
    runtime = scene.world.runtime
    user = users.find(user_id, runtime)
    assert user is not None
    assert user.email is not None
    before = confirmations.confirmation_of(user_id, preload([keys.confirmation(user_id)], runtime), runtime)
    digest = codes.digest(code, user_id, user.email, runtime)
    work = UnitOfWork(runtime)
    confirmations.replace(work, user_id, before, digest, runtime.epoch() + 60, runtime)
    work.commit()


def _delete_session(scene: Scene, who: int | str) -> Sample:
    return Sample({"id": claims_of(scene.world.token(who))["sid"]})


def _create_organization(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"name": f"Founded by {scene.staff.user().id}"})


def _replace_organization(scene: Scene, _: int | str) -> Sample:
    return Sample({"organization": scene.organization.id}, {"name": f"Renamed after {scene.staff.user().id}"})


def _change_organization(scene: Scene, _: int | str) -> Sample:
    return Sample({"organization": scene.organization.id}, {"description": "Changed"})


def _close_organization(scene: Scene, _: int | str) -> Sample:
    # As it was when the scene was made: somebody may have closed it since.
    item_of(scene.organization).save()
    name_guard_of(scene.organization).save()
    return _in_organization(scene, _)


def membership(scene: Scene) -> Member:
    """Make a member with a role without rights and return the membership."""
    user = scene.member()
    key = keys.member(scene.organization.id, user.id)
    return preloaded.read([key], scene.world.runtime).require(MEMBER, key)


def _create_member(scene: Scene, _: int | str) -> Sample:
    role = scene.staff.role(scene.organization, [])
    body = {"organization": scene.organization.id, "user": scene.staff.user().id, "role": role.id}
    return Sample(body=body)


def _show_member(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": membership(scene).id, "organization": scene.organization.id})


def _replace_member(scene: Scene, _: int | str) -> Sample:
    member, role = membership(scene), scene.staff.role(scene.organization, [])
    body = {"organization": scene.organization.id, "user": member.user, "role": role.id}
    return Sample({"id": member.id}, body)


def _change_member(scene: Scene, _: int | str) -> Sample:
    role = scene.staff.role(scene.organization, [])
    return Sample({"id": membership(scene).id}, {"organization": scene.organization.id, "role": role.id})


def _delete_member(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": membership(scene).id}, {"organization": scene.organization.id})


def _create_role(scene: Scene, _: int | str) -> Sample:
    name = f"Role of {scene.staff.user().id}"
    return Sample(body={"organization": scene.organization.id, "name": name, "permissions": []})


def _show_role(scene: Scene, _: int | str) -> Sample:
    role = scene.staff.role(scene.organization, [])
    return Sample({"id": role.id, "organization": scene.organization.id})


def _replace_role(scene: Scene, who: int | str) -> Sample:
    role = scene.staff.role(scene.organization, [])
    return Sample({"id": role.id}, _create_role(scene, who).body)


def _change_role(scene: Scene, _: int | str) -> Sample:
    role = scene.staff.role(scene.organization, [])
    body = {"organization": scene.organization.id, "name": f"Changed {role.id}"}
    return Sample({"id": role.id}, body)


def _delete_role(scene: Scene, _: int | str) -> Sample:
    role = scene.staff.role(scene.organization, [])
    return Sample({"id": role.id}, {"organization": scene.organization.id})


def _service(scene: Scene) -> dict[str, object]:
    return {
        "organization": scene.organization.id,
        "name": "Programming",
        "address": "1 Main Street",
        "phone": "+79518472961",
    }


def _create_service(scene: Scene, _: int | str) -> Sample:
    return Sample(body=_service(scene))


def _show_service(scene: Scene, _: int | str) -> Sample:
    service = scene.staff.service(scene.organization)
    return Sample({"id": service.id, "organization": scene.organization.id})


def _replace_service(scene: Scene, _: int | str) -> Sample:
    return Sample({"id": scene.staff.service(scene.organization).id}, _service(scene))


def _change_service(scene: Scene, _: int | str) -> Sample:
    body = {"organization": scene.organization.id, "name": "Changed"}
    return Sample({"id": scene.staff.service(scene.organization).id}, body)


def _delete_service(scene: Scene, _: int | str) -> Sample:
    body = {"organization": scene.organization.id}
    return Sample({"id": scene.staff.service(scene.organization).id}, body)


def _create_client(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"organization": [scene.organization.id], "name": "Client", "phone": "+79130000001"})


def _show_client(scene: Scene, _: int | str) -> Sample:
    client = scene.staff.client(scene.organization)
    return Sample({"id": client.id, "organization": scene.organization.id})


def _replace_client(scene: Scene, who: int | str) -> Sample:
    return Sample({"id": scene.staff.client(scene.organization).id}, _create_client(scene, who).body)


def _change_client(scene: Scene, _: int | str) -> Sample:
    body = {"organization": scene.organization.id, "name": "Changed"}
    return Sample({"id": scene.staff.client(scene.organization).id}, body)


def _delete_client(scene: Scene, _: int | str) -> Sample:
    body = {"organization": scene.organization.id}
    return Sample({"id": scene.staff.client(scene.organization).id}, body)


COMPANION_SAMPLES: dict[Route, Builder] = {
    routes.LIST_MY_ORDERS_TO_EXECUTE: _nothing,
    routes.SHOW_USER: _own,
    routes.REPLACE_USER: _replace_user,
    routes.CHANGE_USER: _change_user,
    routes.CLOSE_USER: _close_user,
    routes.MAIL_CODE: _nothing,
    routes.ACCEPT_CODE: _accept_code,
    routes.LIST_SESSIONS: _own,
    routes.DELETE_SESSION: _delete_session,
    routes.CREATE_ORGANIZATION: _create_organization,
    routes.LIST_ORGANIZATIONS: _nothing,
    routes.SHOW_ORGANIZATION: _in_organization,
    routes.REPLACE_ORGANIZATION: _replace_organization,
    routes.CHANGE_ORGANIZATION: _change_organization,
    routes.CLOSE_ORGANIZATION: _close_organization,
    routes.LIST_PERMISSIONS: _in_organization,
    routes.CREATE_MEMBER: _create_member,
    routes.LIST_MEMBERS: _in_organization,
    routes.SHOW_MEMBER: _show_member,
    routes.REPLACE_MEMBER: _replace_member,
    routes.CHANGE_MEMBER: _change_member,
    routes.DELETE_MEMBER: _delete_member,
    routes.CREATE_ROLE: _create_role,
    routes.LIST_ROLES: _in_organization,
    routes.SHOW_ROLE: _show_role,
    routes.REPLACE_ROLE: _replace_role,
    routes.CHANGE_ROLE: _change_role,
    routes.DELETE_ROLE: _delete_role,
    routes.CREATE_SERVICE: _create_service,
    routes.LIST_SERVICES: _in_organization,
    routes.SHOW_SERVICE: _show_service,
    routes.REPLACE_SERVICE: _replace_service,
    routes.CHANGE_SERVICE: _change_service,
    routes.DELETE_SERVICE: _delete_service,
    routes.CREATE_CLIENT: _create_client,
    routes.LIST_CLIENTS: _in_organization,
    routes.SHOW_CLIENT: _show_client,
    routes.REPLACE_CLIENT: _replace_client,
    routes.CHANGE_CLIENT: _change_client,
    routes.DELETE_CLIENT: _delete_client,
}
