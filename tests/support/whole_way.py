"""From an empty table over HTTP to a listed order: nothing is there that was not made by a request."""

from tests.support.asking import Asker
from tests.support.forgery import claims_of
from tests.support.mailbox import Mailbox
from tests.support.world import World


def _person(name: str) -> dict[str, str]:
    return {
        "surname": name,
        "name": name,
        "patronymic": "",
        "address": "1 Main Street",
        "email": f"{name}@example.com",
        "password": f"password of {name}",
    }


def _sign_in(world: World, name: str) -> Asker:
    body = {"email": f"{name.upper()}@example.com", "password": f"password of {name}"}
    answer = world.call("POST", "/users/auth/token/", body)
    assert answer.status == 200, answer.text
    return Asker(world, answer.json["access"])


def _user_id(who: Asker) -> int:
    number: int = claims_of(who.token)["user_id"]
    return number


def _register_and_confirm(world: World, mailbox: Mailbox, name: str) -> None:
    assert world.call("POST", "/users/auth/registration/", _person(name)).status == 201
    who = _sign_in(world, name)
    assert who.post("/organizations/organization-lc/", {"name": "Too early"}).status == 403
    assert who.post("/verify-info/verify-user-email/").json == {}
    assert mailbox.messages[-1][:2] == (mailbox.sender, f"{name}@example.com")
    body = {"type_code": "email", "code": int(mailbox.code())}
    confirmed = who.post("/verify-info/accept-user-info/", body)
    assert (confirmed.status, confirmed.json) == (200, {"detail": "Successfully confirmed"})


def walk(world: World, mailbox: Mailbox) -> None:
    """Let two people register, confirm, found an organization and order; fail where something is wrong."""
    for name in ("jane", "john"):
        _register_and_confirm(world, mailbox, name)

    jane, john = _sign_in(world, "jane"), _sign_in(world, "john")
    organization = jane.post("/organizations/organization-lc/", {"name": "Jane's"}).json["id"]
    permissions = {
        entry["codename"]: entry["id"] for entry in jane.get(f"/organizations/perm-l/{organization}/").json
    }
    role = jane.post(
        "/organizations/role-c/",
        {
            "organization": organization,
            "name": "Worker",
            "permissions": [permissions["order_view"], permissions["order_create"]],
        },
    ).json["id"]
    john_id = _user_id(john)
    assert john.get(f"/orders/order-l/{organization}/").status == 403
    member = {"organization": organization, "user": john_id, "role": role}
    assert jane.post("/organizations/member-c/", member).status == 201
    assert john.get(f"/orders/order-l/{organization}/").status == 403
    (invitation,) = john.get("/organizations/invitation-l/").json
    assert john.post(f"/organizations/invitation-a/{invitation['id']}/").json["accepted"]
    service = jane.post(
        "/organizations/service-c/",
        {
            "organization": organization,
            "name": "Repairs",
            "address": "1 Main Street",
            "phone": "+1 212 555 0100",
        },
    ).json["id"]
    client = jane.post(
        "/clients/client-c/", {"organization": [organization], "name": "Bob", "phone": "+12125550101"}
    ).json["id"]
    created = john.post(
        "/orders/order-c/",
        {
            "organization": organization,
            "description": "The tap drips",
            "creator": john_id,
            "executor": _user_id(jane),
            "client": client,
            "service": service,
        },
    )
    assert created.status == 201, created.text

    (listed,) = john.get(f"/orders/order-l/{organization}/").json
    assert listed["description"] == "The tap drips"
    assert listed["creator"]["email"] == "john@example.com"
    assert listed["organization"]["name"] == "Jane's"
    assert listed["service"]["phone"] == "+12125550100"
    assert jane.get("/users/user/executor/").json == [listed]
