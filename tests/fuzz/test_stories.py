"""Requests one after the other along the document's links: what one gives, the next takes."""

import copy
from typing import Any

import pytest

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from ops.docs import openapi
from ops.docs.components import Json
from tests.fuzz import shim
from tests.fuzz.known import without_the_gateway
from tests.fuzz.plugin import Fuzzing
from tests.fuzz.run import OFF, findings
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.staff import rewrite
from tests.support.world import World

# After these nobody gets in any more, and nothing else would happen.
_LAST = {"closeUser", "closeOrganization"}
_STEPS = 10


@pytest.mark.slow
def test_a_story_along_the_links_is_answered_as_declared(world: World, fuzzing: Fuzzing) -> None:
    scene = Scene(world)
    rewrite(world.runtime, scene.creator, is_staff=True)
    shop = Shop(world, scene.staff)
    customer = shop.customer()
    served = shim.Shim(
        world,
        {
            shim.STAFF: lambda: world.token(scene.creator.id),
            shim.CUSTOMER: lambda: world.token(customer.uuid, audience=CUSTOMER_AUDIENCE),
        },
    )
    role = scene.staff.role(scene.organization, ["order_view"])
    document = _document_with(
        {
            "organization.organization": [scene.organization.id],
            "user.id": [scene.creator.id],
            "customer.uuid": [customer.uuid],
            "product.uuid": [shop.product().uuid for _ in range(3)],
        },
        {
            "organization": [scene.organization.id],
            "creator": [scene.creator.id],
            "executor": [scene.creator.id, scene.executor.id],
            "client": [scene.client.id],
            "service": [scene.service.id],
            "role": [role.id],
            "user": [scene.staff.user().id for _ in range(5)],
            "product": [shop.product().uuid for _ in range(5)],
        },
    )

    stateful = {"max-steps": _STEPS, "generation": {"mode": "positive", "max-examples": fuzzing.examples}}
    phases = {"stateful": stateful} | dict.fromkeys(("examples", "coverage", "fuzzing"), OFF)
    found = list(findings(document, served, seed=fuzzing.seed, phases=phases))

    fuzzing.count(served.statuses)
    assert found == [], f"seed {fuzzing.seed}\n\n" + "\n\n".join(found)


def _document_with(in_paths: dict[str, list[Any]], in_bodies: dict[str, list[Any]]) -> Json:
    """Return the document with things that exist in the place of ids that no link gives."""
    document = copy.deepcopy(openapi.document())
    for path, methods in document["paths"].items():
        kept = {key: one for key, one in methods.items() if one["operationId"] not in _LAST}
        document["paths"][path] = kept
        for operation in kept.values():
            without_the_gateway(operation)
            # Nobody makes up a cursor that is good.
            taken = operation.get("parameters", [])
            operation["parameters"] = [one for one in taken if not one.get("$ref", "").endswith("/cursor")]
            for response in operation["responses"].values():
                for name in _LAST:
                    response.get("links", {}).pop(name, None)
    for name, known in in_paths.items():
        document["components"]["parameters"][name]["schema"] = {"enum": known}
    for name, schema in document["components"]["schemas"].items():
        if "additionalProperties" not in schema and "Object" not in name:
            properties = schema.get("properties", {})
            properties.update({key: {"enum": in_bodies[key]} for key in properties if key in in_bodies})
    return document
