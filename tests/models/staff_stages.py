"""Requests of staff that meet in one organization or at one account."""

from typing import Any

from chalicelib.accounts.model import User
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.members.store import MEMBER
from chalicelib.organizations.schemas import permission_objects
from chalicelib.table import keys
from chalicelib.table.preloaded import read
from tests.models.half_visible import NEW, Requests, Sent
from tests.support.companion_samples import CODE, leave_reset_code, mail_code
from tests.support.forgery import claims_of
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import NOTHING, World

OLD = {"old_password": PASSWORD}
NEW_PASSWORD, THIRD_PASSWORD = "another good one", "a third good one"


class Caller:
    """Makes requests of a user; `send` and `delete` are about an organization."""

    def __init__(self, scene: Scene, user: User) -> None:
        self.token = scene.world.token(user.id)
        self._home = {"organization": scene.organization.id}

    def get(self, target: str) -> list[Sent]:
        return [Sent("GET", target, NOTHING, self.token)]

    def call(self, method: str, target: str, body: Any = NOTHING) -> list[Sent]:
        return [Sent(method, target, body, self.token)]

    def send(self, method: str, target: str, **fields: Any) -> list[Sent]:
        return self.call(method, target, self._home | fields)

    def delete(self, target: str) -> list[Sent]:
        return self.send("DELETE", target)


def _membership(scene: Scene, user: User) -> Member:
    key = keys.member(scene.organization.id, user.id)
    return read([key], scene.world.runtime).require(MEMBER, key)


def _ids(*codenames: str) -> list[int]:
    return [shown["id"] for shown in permission_objects() if shown["codename"] in codenames]


def _close(caller: Caller, user: User) -> list[Sent]:
    return caller.call("DELETE", f"/users/user/{user.id}/", OLD)


def _with_new_role(caller: Caller, member: str, role: str) -> list[Sent]:
    """Give a membership a role that is made for it, and delete its old one."""
    made = caller.send("POST", "/organizations/role-c/", name="new", permissions=_ids("order_view"))
    return [*made, *caller.send("PATCH", member, role=NEW), *caller.delete(role)]


def invitation(world: World) -> Requests:
    scene = Scene(world)
    home, user, other = scene.organization.id, scene.staff.user(), scene.staff.user()
    offered = scene.staff.invitation(scene.organization, "order_view", user=user)
    role = scene.staff.role(scene.organization, ["order_view", "client_view"])
    me, them = Caller(scene, scene.creator), Caller(scene, user)
    ud, role_ud = f"/organizations/member-ud/{offered.id}/", f"/organizations/role-ud/{offered.role}/"
    invite = me.send("POST", "/organizations/member-c/", user=user.id, role=role.id)
    return {
        "accept": them.call("POST", f"/organizations/invitation-a/{offered.id}/"),
        "decline": them.delete(ud),
        "take back": me.delete(ud),
        "offer another role": me.send("PATCH", ud, role=role.id),
        "offer a new role and delete the old one": _with_new_role(me, ud, role_ud),
        "offer to another": me.send("PATCH", ud, user=other.id),
        "invite again": invite,
        "take back and invite again": [*me.delete(ud), *invite],
        "change the offered role": me.send("PATCH", role_ud, permissions=[]),
        "delete the offered role": me.delete(role_ud),
        "close the organization": me.call("DELETE", f"/organizations/organization-rud/{home}/"),
        "close the account": _close(them, user),
        "list invitations": them.get("/organizations/invitation-l/"),
        "list my organizations": them.get("/organizations/organization-lc/"),
        "list members": me.get(f"/organizations/member-l/{home}/"),
        "show member": me.get(f"/organizations/member-r/{offered.id}/{home}/"),
        "list orders": them.get(f"/orders/order-l/{home}/"),
    }


def membership(world: World) -> Requests:
    scene = Scene(world)
    home, other = scene.organization.id, scene.staff.user()
    admin = scene.member("organization_member_guru", "role_guru", "order_guru")
    user = scene.member("order_view", "organization_member_view")
    spare = scene.staff.role(scene.organization, ["order_view"])
    mine, theirs = _membership(scene, admin), _membership(scene, user)
    me, boss, them = (Caller(scene, who) for who in (scene.creator, admin, user))
    ud, mine_ud = f"/organizations/member-ud/{theirs.id}/", f"/organizations/member-ud/{mine.id}/"
    held, own, spare_ud = (
        f"/organizations/role-ud/{number}/" for number in (theirs.role, mine.role, spare.id)
    )
    weaker = _ids("organization_member_change")
    return {
        "leave": them.delete(ud),
        "remove": boss.delete(ud),
        "give another role": boss.send("PATCH", ud, role=spare.id),
        "give a new role and delete the old one": _with_new_role(me, ud, held),
        "hand over": boss.send("PATCH", ud, user=other.id),
        "invite to the spare role": boss.send(
            "POST", "/organizations/member-c/", user=other.id, role=spare.id
        ),
        "delete the spare role": boss.delete(spare_ud),
        "delete the held role": me.delete(held),
        "take rights off the held role": me.send("PATCH", held, permissions=[]),
        "degrade the administrator": me.send("PATCH", mine_ud, role=spare.id),
        "remove the administrator": me.delete(mine_ud),
        "take rights off the administrator": me.send("PATCH", own, permissions=weaker),
        "create a role": boss.send("POST", "/organizations/role-c/", name="same", permissions=[]),
        "create a role of that name": me.send("POST", "/organizations/role-c/", name="same", permissions=[]),
        "close the account": _close(them, user),
        "list members": them.get(f"/organizations/member-l/{home}/"),
        "show member": them.get(f"/organizations/member-r/{theirs.id}/{home}/"),
        "list roles": me.get(f"/organizations/role-l/{home}/"),
        "list my organizations": them.get("/organizations/organization-lc/"),
        "show the organization": them.get(f"/organizations/organization-rud/{home}/"),
    }


def orders(world: World) -> Requests:
    scene = Scene(world)
    home, outsider, spare = scene.organization.id, scene.staff.user(), scene.member()
    clerk, worker = scene.member("order_guru", "service_view", "client_view"), scene.member("order_view")
    order = scene.order(executor=worker)
    me, us, them = (Caller(scene, who) for who in (scene.creator, clerk, worker))
    theirs, ours = _membership(scene, worker), _membership(scene, clerk)
    ud, member = f"/orders/order-ud/{order.id}/", f"/organizations/member-ud/{theirs.id}/"
    service = f"/organizations/service-ud/{scene.service.id}/"
    new_service = {"name": "new", "address": "", "phone": "+79518472961"}
    draft = scene.draft(executor=worker.id)
    return {
        "create": us.call("POST", "/orders/order-c/", draft),
        "create with a new service": [
            *me.send("POST", "/organizations/service-c/", **new_service),
            *us.call("POST", "/orders/order-c/", draft | {"service": NEW}),
        ],
        "change": us.send("PATCH", ud, description="changed", done=True),
        "change the executor": us.send("PATCH", ud, executor=spare.id),
        "leave the executor": us.send("PATCH", ud, executor=worker.id, description="changed"),
        "delete": us.delete(ud),
        "delete the client": me.delete(f"/clients/client-d/{scene.client.id}/"),
        "delete the service": me.delete(service),
        "change the service": me.send("PATCH", service, name="changed"),
        "worker leaves": them.delete(member),
        "worker is replaced": me.send("PATCH", member, user=outsider.id),
        "worker leaves and comes back": [
            *them.delete(member),
            *me.send("POST", "/organizations/member-c/", user=worker.id, role=theirs.role),
            *them.call("POST", f"/organizations/invitation-a/{NEW}/"),
        ],
        "worker closes the account": _close(them, worker),
        "worker changes the name": them.call("PATCH", f"/users/user/{worker.id}/", {"name": "changed"}),
        "clerk leaves": us.delete(f"/organizations/member-ud/{ours.id}/"),
        "rename the organization": me.call(
            "PATCH", f"/organizations/organization-rud/{home}/", {"name": "other"}
        ),
        "close the organization": me.call("DELETE", f"/organizations/organization-rud/{home}/"),
        "show": us.get(f"/orders/order-r/{order.id}/"),
        "show in": us.get(f"/orders/order-r/{order.id}/{home}/"),
        "list": us.get(f"/orders/order-l/{home}/"),
        "list mine": them.get("/users/user/executor/"),
        "list mine in": them.get(f"/orders/order-executor-l/{home}/"),
        "show the service": us.get(f"/organizations/service-r/{scene.service.id}/{home}/"),
        "list services": us.get(f"/organizations/service-l/{home}/"),
        "show the organization": us.get(f"/organizations/organization-rud/{home}/"),
    }


def _register(email: str, phone: str) -> list[Sent]:
    person = {"surname": "S", "name": "N", "patronymic": "", "address": "", "password": NEW_PASSWORD}
    return [Sent("POST", "/users/auth/registration/", {**person, "email": email, "phone": phone})]


def _sign_in(email: str, password: str) -> list[Sent]:
    return [Sent("POST", "/users/auth/token/", {"email": email, "password": password})]


def account(world: World) -> Requests:
    scene = Scene(world)
    user = scene.staff.user(email="jane@example.com", phone="+79130000044")
    scene.staff.user(confirmed=False, email="lapsed@example.com", phone="+79130000055")
    other = scene.staff.user()
    world.clock.advance(days=7)
    me, them, elsewhere = Caller(scene, user), Caller(scene, other), Caller(scene, user)
    refresh, session = world.tokens(user.id), claims_of(elsewhere.token)["sid"]
    leave_reset_code(world, STAFF_AUDIENCE, str(user.id), "jane@example.com")
    mine, theirs, free = f"/users/user/{user.id}/", f"/users/user/{other.id}/", "+79130000066"
    reset = {"email": "jane@example.com", "code": CODE, "password": THIRD_PASSWORD}
    founded = {"name": "founded"}
    return {
        "register": _register("new@example.com", free),
        "register what others change to": _register("changed@example.com", free),
        "register a lapsed email": _register("lapsed@example.com", free),
        "register what is taken": _register("jane@example.com", free),
        "change the email": me.call("PATCH", mine, {"email": "changed@example.com", **OLD}),
        "change both": me.call("PATCH", mine, {"email": "new@example.com", "phone": free, **OLD}),
        "other changes both": them.call(
            "PATCH", theirs, {"email": "changed@example.com", "phone": free, **OLD}
        ),
        "other takes a lapsed email": them.call("PATCH", theirs, {"email": "lapsed@example.com", **OLD}),
        "change the name": me.call("PATCH", mine, {"name": "changed"}),
        "change the password": me.call("PATCH", mine, {"password": NEW_PASSWORD, **OLD}),
        "close": _close(me, user),
        "sign in": _sign_in("jane@example.com", PASSWORD),
        "sign in with the new password": _sign_in("jane@example.com", NEW_PASSWORD),
        "sign in to the lapsed account": _sign_in("lapsed@example.com", PASSWORD),
        "refresh": [Sent("POST", "/users/auth/token/refresh/", {"refresh": refresh.refresh})],
        "log out": [Sent("POST", "/users/auth/logout/", NOTHING, refresh.access)],
        "end a session": me.call("DELETE", f"/sessions/session-user-d/{session}/"),
        "use that session": elsewhere.get(mine),
        "list sessions": me.get(f"/sessions/session-user-l/{user.id}/"),
        "reset the password": [Sent("POST", "/users/auth/password-reset/confirm/", reset)],
        "ask for a reset": [Sent("POST", "/users/auth/password-reset/", {"email": "jane@example.com"})],
        "found": me.call("POST", "/organizations/organization-lc/", founded),
        "found the same": them.call("POST", "/organizations/organization-lc/", founded),
        "show": me.get(mine),
    }


def confirmation(world: World) -> Requests:
    scene = Scene(world)
    user = scene.staff.user(confirmed=False, email="jane@example.com")
    mail_code(scene, user.id, CODE)
    me, mine = Caller(scene, user), f"/users/user/{user.id}/"
    accept = "/verify-info/accept-user-info/"
    return {
        "confirm": me.call("POST", accept, {"type_code": "email", "code": int(CODE)}),
        "confirm wrongly": me.call("POST", accept, {"type_code": "email", "code": 111111}),
        "mail a code": me.call("POST", "/verify-info/verify-user-email/"),
        "change the email": me.call("PATCH", mine, {"email": "changed@example.com", **OLD}),
        "change its case": me.call("PATCH", mine, {"email": "Jane@example.com", **OLD}),
        "change the name": me.call("PATCH", mine, {"name": "changed"}),
        "close": _close(me, user),
        "found": me.call("POST", "/organizations/organization-lc/", {"name": "founded"}),
        "show": me.get(mine),
    }


STAGES = {
    "an invitation": invitation,
    "a membership": membership,
    "an order": orders,
    "an account": account,
    "a confirmation": confirmation,
}
