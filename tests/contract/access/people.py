"""Callers who are who they say: staff users with and without rights, shop administrators, customers."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.auth import rights
from chalicelib.auth.customers import CustomerPrincipal
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.contract import Surface
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.callers import (
    Caller,
    Visit,
    bearer,
    guru_rights_for,
    needs_a_right,
    rights_named_by,
    signed_in,
    stranger,
)
from tests.contract.access.credentials import EVERYWHERE
from tests.support import shoppers
from tests.support.endpoints import ENDPOINTS
from tests.support.refusals import Credentials
from tests.support.scene import Scene

_NAMED_BY_NONE = {rights.ORGANIZATION_CREATOR, *(f"{resource}_guru" for resource in rights.RESOURCES)}


def _in_an_organization(endpoint: Endpoint) -> bool:
    return endpoint.organization is not None


def _member(
    held: Callable[[Endpoint], set[str]], **account: bool | str
) -> Callable[[Scene, Endpoint], Visit]:
    """Return a member whose role has the rights that are made of the endpoint."""

    def arrive(scene: Scene, endpoint: Endpoint) -> Visit:
        user = scene.member(*sorted(held(endpoint)), user=_account(scene, **account))
        return signed_in(scene, user, held(endpoint), is_member=True)

    return arrive


def _account(scene: Scene, confirmed: bool = True, **fields: bool | str) -> User:
    return scene.staff.user(confirmed=confirmed, **fields)


def _every_other_right(endpoint: Endpoint) -> set[str]:
    return rights.EVERY_RIGHT - rights_named_by(endpoint) - _NAMED_BY_NONE


def _invited(scene: Scene, endpoint: Endpoint) -> Visit:
    user = scene.staff.user()
    scene.staff.invitation(scene.organization, *rights_named_by(endpoint), user=user)
    return signed_in(scene, user)


def _guru(scene: Scene, endpoint: Endpoint) -> Visit:
    user = scene.member(*guru_rights_for(endpoint))
    return signed_in(scene, user, rights_named_by(endpoint), is_member=True)


def _creator_by_role(scene: Scene, _: Endpoint) -> Visit:
    return signed_in(scene, scene.member("organization_creator"), rights.EVERY_RIGHT, is_member=True)


def _creator(scene: Scene, _: Endpoint) -> Visit:
    return signed_in(scene, scene.creator, rights.EVERY_RIGHT, is_member=True)


def _unconfirmed_creator(scene: Scene, _: Endpoint) -> Visit:
    own = scene.another()
    creator = replace(own.creator, confirmed_email=False, confirmed_phone=False)
    users.item_of(creator).save()
    return signed_in(own, creator, rights.EVERY_RIGHT, is_member=True)


def _creator_of_a_closed_organization(scene: Scene, _: Endpoint) -> Visit:
    own = scene.another()
    own.close()
    return signed_in(own, own.creator)


def _member_of_a_closed_organization(scene: Scene, endpoint: Endpoint) -> Visit:
    own = scene.another()
    member = own.member(*rights_named_by(endpoint))
    own.close()
    return signed_in(own, member)


def _member_elsewhere(scene: Scene, _: Endpoint) -> Visit:
    return signed_in(scene, scene.another().member(*rights.EVERY_RIGHT))


def _creator_elsewhere(scene: Scene, _: Endpoint) -> Visit:
    return signed_in(scene, scene.another().creator)


def _closed_account(scene: Scene, endpoint: Endpoint) -> Visit:
    member = scene.member(*rights_named_by(endpoint))
    token = scene.world.token(member.id)
    users.item_of(replace(member, closed=True, version=member.version + 1)).save()
    return stranger(scene, Credentials.OVER, bearer(token))


def _nobody(scene: Scene, _: Endpoint) -> Visit:
    return signed_in(scene, scene.staff.user())


def _administrator(scene: Scene, _: Endpoint) -> Visit:
    return signed_in(scene, scene.staff.user(is_staff=True))


def _customer(scene: Scene, _: Endpoint) -> Visit:
    customer = shoppers.customer(scene)
    token = scene.world.token(customer.uuid, audience=CUSTOMER_AUDIENCE)
    return Visit(scene, customer.uuid, Credentials.GOOD, bearer(token), CustomerPrincipal(customer, 0))


_STAFF = (
    Caller("a closed account", _closed_account),
    Caller("a confirmed user in no organization", _nobody),
    Caller("a shop administrator in no organization", _administrator),
    Caller("an unconfirmed member with the right", _member(rights_named_by, confirmed=False)),
    Caller("an unconfirmed creator", _unconfirmed_creator),
    Caller("somebody invited to have the right", _invited),
    Caller("a member without rights", _member(lambda endpoint: set())),
    Caller("a member with every other right", _member(_every_other_right), needs_a_right),
    Caller("a member of another organization", _member_elsewhere),
    Caller("the creator of another organization", _creator_elsewhere),
    Caller("a member of a closed organization", _member_of_a_closed_organization, _in_an_organization),
    Caller("the creator of a closed organization", _creator_of_a_closed_organization, _in_an_organization),
    Caller("a member with the right", _member(rights_named_by)),
    Caller(
        "a member with the right who confirmed the phone",
        _member(rights_named_by, confirmed=False, confirmed_phone=True),
    ),
    Caller("a member with the guru's right", _guru, lambda endpoint: bool(guru_rights_for(endpoint))),
    Caller("a member with organization_creator", _creator_by_role),
    Caller("the organization's creator", _creator),
)
_ADMINISTRATION = (
    Caller("a closed account", _closed_account),
    Caller("a confirmed user", _nobody),
    Caller("an organization's creator", _creator),
    Caller("an administrator", _administrator),
)
_CUSTOMERS = (Caller("a customer", _customer),)

CALLERS: dict[Surface, tuple[Caller, ...]] = {
    Surface.STAFF: EVERYWHERE + _STAFF,
    Surface.CUSTOMER: EVERYWHERE + _CUSTOMERS,
    Surface.ADMINISTRATION: EVERYWHERE + _ADMINISTRATION,
}


def callers_of(endpoint: Endpoint) -> list[Caller]:
    """Return who calls an endpoint in the matrix."""
    return [caller for caller in CALLERS[endpoint.surface] if caller.suits(endpoint)]


def entitled(scene: Scene, endpoint: Endpoint) -> Visit:
    """Return a caller whom an endpoint lets in, for tests that are not about access."""
    if endpoint.surface is Surface.CUSTOMER:
        return _customer(scene, endpoint)
    if endpoint.surface is Surface.ADMINISTRATION:
        return _administrator(scene, endpoint)
    # What closes an account or an organization is done elsewhere: others use the scene after it.
    closes = endpoint in {ENDPOINTS["close-user"], ENDPOINTS["close-organization"]}
    return _creator(scene.another() if closes else scene, endpoint)
