"""The largest that every input takes is stored: DynamoDB refuses no key, item or transaction of ours."""

from itertools import count
from typing import Any

import pytest

from chalicelib.auth import rights
from chalicelib.endpoints import load_all
from chalicelib.organizations.members.model import MAX_MEMBERS
from chalicelib.organizations.roles.schemas import MAX_PERMISSIONS, Permissions
from chalicelib.shop.bucket.model import MAX_BUCKET_LINES
from chalicelib.shop.fields import NewPassword, Username
from chalicelib.shop.products.model import MAX_STARTS, word_starts
from chalicelib.table import keys
from chalicelib.web import fields
from chalicelib.web.contact_fields import Email, TypedPhone
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.fields import MailedCode, Secret, Text
from chalicelib.web.json_object import JsonObject
from ops.item_size import size
from tests.contract.access.people import entitled
from tests.support.asking import asker
from tests.support.books import assert_books_are_right
from tests.support.companion_samples import membership
from tests.support.memberships import fill_memberships, fill_organization, people_in
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.world import NOTHING, World
from tests.table.test_data_model import bytes_told

FOUR_BYTES, GROWING = "\U00020000", "\ufdfa"  # the second is compared as 18 characters, of 33 bytes
FLAT = 8000  # bytes of an item of a kind that does not grow
SEVERAL_WORDS = ("⒜⒝", "⒞⒟")  # each of them is compared as a sign and a word


def _largest(field: fields.Field, character: str) -> Any:
    if isinstance(field, Email):
        return f"{FOUR_BYTES * 16}@{'.'.join(['x' * 63] * 3 + ['x' * 40, 'com'])}"
    if isinstance(field, JsonObject):
        return {"a": character * 1990}
    if isinstance(field, Permissions):
        return (list(rights.ID_OF.values()) * 9)[:MAX_PERMISSIONS]
    return character * field.max_length if isinstance(field, Text) else None


def _is_judged(field: fields.Field) -> bool:
    """Tell whether a field is more than compared with something that exists."""
    return not isinstance(field, Secret | MailedCode | TypedPhone | NewPassword)


TAKING_TEXT = [
    endpoint
    for endpoint in load_all()
    if endpoint.takes is not None
    and any(isinstance(field, Text) for field, _ in fields.declared(endpoint.takes).values())
]


@pytest.mark.parametrize("character", [FOUR_BYTES, GROWING], ids=ascii)
@pytest.mark.parametrize("endpoint", TAKING_TEXT, ids=lambda endpoint: endpoint.name)
def test_the_largest_of_every_field_at_once_is_taken(
    scene: Scene, endpoint: Endpoint, character: str
) -> None:
    visit = entitled(scene, endpoint)
    sample = SAMPLES[endpoint](visit.scene, visit.who)
    declared = {name: field for name, (field, _) in fields.declared(endpoint.takes).items()}
    largest = {name: _largest(field, character) for name, field in declared.items() if _is_judged(field)}
    given = {} if sample.body is NOTHING else sample.body
    body = {**given, **{name: value for name, value in largest.items() if value is not None}}

    answer = scene.world.call(endpoint.method, sample.target(endpoint), body, headers=visit.headers)

    compares = any(isinstance(field, Secret | MailedCode) for field in declared.values())
    assert answer.status < 500, answer.text
    assert compares or answer.status == endpoint.status, answer.text
    assert_no_item_is_larger_than_told(scene.world)


def assert_no_item_is_larger_than_told(world: World) -> None:
    """Fail if an item has more bytes than docs/data-model.md says of its kind."""
    told = bytes_told()
    sizes = {key: (item["kind"]["S"], size(item)) for key, item in world.items().items()}
    larger = {key: found for key, found in sizes.items() if found[1] > told.get(found[0], FLAT)}
    assert larger == {}, 'docs/data-model.md, "How large an item gets", has the most bytes of a kind'


def test_a_product_is_renamed_from_the_most_words_to_the_most_others(world: World) -> None:
    world.engine.need_large_transactions()
    shop = Shop(world)
    administrator = shop.administrator()
    before, after = (name * 25 for name in SEVERAL_WORDS)
    product = shop.product(name=before, product_type=GROWING * 50)
    assert [len(word_starts(name)) for name in (before, after)] == [MAX_STARTS] * 2

    change = {"name": after, "product_type": FOUR_BYTES * 50}
    changed = administrator.call("PATCH", f"products/{product.uuid}", change)
    found = world.call("GET", "/api/products?name=c)(d").json
    lost = world.call("GET", "/api/products?name=a)(b").json
    assert_no_item_is_larger_than_told(world)
    administrator.withdraw(product)

    assert (changed.status, changed.json["name"]) == (200, after)
    assert (found["count"], lost["count"]) == (1, 0)
    assert_books_are_right(world)


def test_the_largest_bucket_of_the_largest_products_is_ordered_and_cancelled(world: World) -> None:
    world.engine.need_large_transactions()
    shop = Shop(world)
    customer = shop.shopper(username=GROWING * Username().max_length, city=FOUR_BYTES * 100)
    products = [
        shop.product(name=FOUR_BYTES * 50, description=FOUR_BYTES * 1000, price=99_999_999)
        for _ in range(MAX_BUCKET_LINES)
    ]

    statuses = {customer.add(product, 10).status for product in products}
    orders = [customer.order().json["order_uuid"]]
    cancelled = customer.cancel(orders[0])

    assert (statuses, cancelled.status) == ({200}, 200)
    assert_no_item_is_larger_than_told(world)
    assert_books_are_right(world)


def test_the_largest_organization_is_changed_and_left_and_nobody_else_gets_in(scene: Scene) -> None:
    home, me = scene.organization, asker(scene.world, scene.creator)
    largest = {"organization": home.id, "permissions": list(rights.ID_OF.values())}
    names = (FOUR_BYTES * 140 + str(number) for number in count())
    while me.post("/organizations/role-c/", largest | {"name": next(names)}).status == 201:
        pass
    member, user = membership(scene), scene.staff.user()
    fill_organization(scene.world, home)
    invitation = {"organization": home.id, "user": user.id, "role": member.role}

    refused = me.post("/organizations/member-c/", invitation)
    left = me.delete(f"/organizations/member-ud/{member.id}/", {"organization": home.id})
    still_refused = me.post("/organizations/member-c/", invitation)

    assert (refused.status, left.status, still_refused.status) == (400, 204, 400)
    assert people_in(scene.world, home) == MAX_MEMBERS
    assert size(scene.world.items()[keys.roles(home.id)]) > 120_000
    assert_no_item_is_larger_than_told(scene.world)


def test_the_most_memberships_are_kept_and_no_other_is_accepted(scene: Scene) -> None:
    user = scene.member()
    invitation = scene.staff.invitation(scene.another().organization, user=user)
    fill_memberships(scene.world, user)

    refused = asker(scene.world, user).post(f"/organizations/invitation-a/{invitation.id}/")

    assert refused.status == 409
    assert size(scene.world.items()[keys.memberships(user.id)]) > 70_000
    assert_no_item_is_larger_than_told(scene.world)
