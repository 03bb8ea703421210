"""The sample requests of the companion endpoints for staff; see `samples.py`, which includes them."""

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth import mailed_codes
from chalicelib.auth.mailed_codes import Codes
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.organizations.store import item_of, name_guard_of
from chalicelib.runtime import Runtime
from chalicelib.table import keys, preloaded
from chalicelib.table.items import MailingsItem, OwnedOrganizationsItem
from chalicelib.table.preloaded import read as preload
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.endpoint import Endpoint
from tests.support.endpoints import ENDPOINTS
from tests.support.forgery import claims_of
from tests.support.sample import Builder, Sample
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import World

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
    # Creators among the callers have closed their organizations.
    OwnedOrganizationsItem(*keys.owned_organizations(int(who)), open=0).save()
    return Sample({"id": who}, {"old_password": PASSWORD})


def _accept_code(scene: Scene, who: int | str) -> Sample:
    mail_code(scene, int(who), CODE)
    return Sample(body={"type_code": "email", "code": int(CODE)})


def mail_code(scene: Scene, user_id: int, code: str) -> None:
    """Leave the table as if this code had been mailed to a user."""
    runtime = scene.world.runtime
    user = users.find(user_id, runtime)
    assert user is not None
    assert user.email is not None
    _leave(codes_of(user), code, str(user_id), runtime)


def _mail_reset_code(scene: Scene, _: int | str) -> Sample:
    return Sample(body={"email": scene.staff.user().email})


def _reset_password(scene: Scene, _: int | str) -> Sample:
    user = scene.staff.user()
    leave_reset_code(scene.world, STAFF_AUDIENCE, str(user.id), str(user.email))
    return Sample(body={"email": user.email, "code": CODE, "password": "another good one"})


def leave_reset_code(world: World, audience: str, owner: str, email: str) -> None:
    """Leave the table as if the code for a new password had been mailed."""
    _leave(Codes(mailed_codes.RESET, audience, email), CODE, owner, world.runtime)


def _leave(codes: Codes, code: str, owner: str, runtime: Runtime) -> None:
    before, work = preload(codes.preload, runtime), UnitOfWork(runtime)
    codes.replace(work, code, owner=owner, address=codes.email, preloaded=before, runtime=runtime)
    work.commit()
    MailingsItem(*keys.mailings(codes.email)).delete()  # an address gets five a day, and some tests want more


def codes_of(user: User) -> Codes:
    """Return the codes that confirm a user's address."""
    return Codes(mailed_codes.CONFIRMATION, STAFF_AUDIENCE, str(user.email))


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


def _delete_member(scene: Scene, who: int | str) -> Sample:
    # Who is a member leaves: the one whom everybody may take away.
    key = keys.member(scene.organization.id, int(who))
    own = preloaded.read([key], scene.world.runtime).get(MEMBER, key)
    return Sample({"id": (own or membership(scene)).id}, {"organization": scene.organization.id})


def _list_invitations(scene: Scene, who: int | str) -> Sample:
    _invite(scene, who)
    return Sample()


def _accept_invitation(scene: Scene, who: int | str) -> Sample:
    return Sample({"id": _invite(scene, who).id})


def _invite(scene: Scene, who: int | str) -> Member:
    user = users.find(int(who), scene.world.runtime)
    return scene.staff.invitation(scene.staff.organization(scene.staff.user()), user=user)


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


COMPANION_SAMPLES: dict[Endpoint, Builder] = {
    ENDPOINTS["list-my-orders-to-execute"]: _nothing,
    ENDPOINTS["show-user"]: _own,
    ENDPOINTS["replace-user"]: _replace_user,
    ENDPOINTS["change-user"]: _change_user,
    ENDPOINTS["close-user"]: _close_user,
    ENDPOINTS["mail-code"]: _nothing,
    ENDPOINTS["accept-code"]: _accept_code,
    ENDPOINTS["mail-reset-code"]: _mail_reset_code,
    ENDPOINTS["reset-password"]: _reset_password,
    ENDPOINTS["list-sessions"]: _own,
    ENDPOINTS["delete-session"]: _delete_session,
    ENDPOINTS["create-organization"]: _create_organization,
    ENDPOINTS["list-organizations"]: _nothing,
    ENDPOINTS["show-organization"]: _in_organization,
    ENDPOINTS["replace-organization"]: _replace_organization,
    ENDPOINTS["change-organization"]: _change_organization,
    ENDPOINTS["close-organization"]: _close_organization,
    ENDPOINTS["list-permissions"]: _in_organization,
    ENDPOINTS["create-member"]: _create_member,
    ENDPOINTS["list-members"]: _in_organization,
    ENDPOINTS["show-member"]: _show_member,
    ENDPOINTS["replace-member"]: _replace_member,
    ENDPOINTS["change-member"]: _change_member,
    ENDPOINTS["delete-member"]: _delete_member,
    ENDPOINTS["list-invitations"]: _list_invitations,
    ENDPOINTS["accept-invitation"]: _accept_invitation,
    ENDPOINTS["create-role"]: _create_role,
    ENDPOINTS["list-roles"]: _in_organization,
    ENDPOINTS["show-role"]: _show_role,
    ENDPOINTS["replace-role"]: _replace_role,
    ENDPOINTS["change-role"]: _change_role,
    ENDPOINTS["delete-role"]: _delete_role,
    ENDPOINTS["create-service"]: _create_service,
    ENDPOINTS["list-services"]: _in_organization,
    ENDPOINTS["show-service"]: _show_service,
    ENDPOINTS["replace-service"]: _replace_service,
    ENDPOINTS["change-service"]: _change_service,
    ENDPOINTS["delete-service"]: _delete_service,
    ENDPOINTS["create-client"]: _create_client,
    ENDPOINTS["list-clients"]: _in_organization,
    ENDPOINTS["show-client"]: _show_client,
    ENDPOINTS["replace-client"]: _replace_client,
    ENDPOINTS["change-client"]: _change_client,
    ENDPOINTS["delete-client"]: _delete_client,
}
