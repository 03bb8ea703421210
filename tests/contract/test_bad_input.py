"""A body that can't be read gets its surface's own error, after the credentials, and changes nothing."""

import json
from collections.abc import Iterator
from functools import lru_cache

import pytest

from chalicelib.auth.staff import SIGNED_IN
from chalicelib.contract import OrganizationIn, Surface
from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.contract.bad_bodies import (
    BAD_BODIES,
    ENCODED,
    LARGE,
    LARGEST,
    MALFORMED,
    NO_OBJECTS,
    UNSUPPORTED,
    BadBody,
    padded,
    refusal_text,
)
from tests.documents.difference import difference
from tests.engines.engine import Engine
from tests.support import forgery
from tests.support.endpoints import ENDPOINTS
from tests.support.events import event, send
from tests.support.refusals import REFUSALS, Credentials
from tests.support.samples import SAMPLES, Sample
from tests.support.scene import Scene, Scenes
from tests.support.world import NOTHING, Answer

WITH_BODY = [endpoint for endpoint in load_all() if endpoint.reads_body]
GUARDED = [endpoint for endpoint in WITH_BODY if not endpoint.who.public]
SELECTIVE = [endpoint for endpoint in GUARDED if endpoint.who.name != SIGNED_IN.name]
every_endpoint_with_a_body = pytest.mark.parametrize(
    "endpoint", WITH_BODY, ids=lambda endpoint: endpoint.name
)
every_guarded_endpoint = pytest.mark.parametrize("endpoint", GUARDED, ids=lambda endpoint: endpoint.name)
ONE_ENDPOINT_OF_EACH_SURFACE = list({endpoint.surface: endpoint for endpoint in WITH_BODY}.values())


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


def _asked(scene: Scene, endpoint: Endpoint) -> tuple[Sample, dict[str, str]]:
    visit = entitled(scene, endpoint)
    return SAMPLES[endpoint](visit.scene, visit.who), visit.headers


_asked_once = lru_cache(maxsize=len(ONE_ENDPOINT_OF_EACH_SURFACE))(_asked)  # what is refused uses nothing up


def _post(scene: Scene, endpoint: Endpoint, sample: Sample, headers: dict[str, str], bad: BadBody) -> Answer:
    headers = {**bad.headers, **headers}
    return scene.world.call(endpoint.method, sample.target(endpoint), raw=bad.content, headers=headers)


@pytest.mark.parametrize(
    "endpoint", ONE_ENDPOINT_OF_EACH_SURFACE, ids=lambda endpoint: endpoint.surface.value
)
@pytest.mark.parametrize("bad", BAD_BODIES, ids=lambda bad: bad.name)
def test_a_body_that_can_not_be_read_is_refused(scenes: Scenes, endpoint: Endpoint, bad: BadBody) -> None:
    scene = scenes.of("all surfaces")
    sample, headers = _asked_once(scene, endpoint)

    answer = _post(scene, endpoint, sample, headers, bad)

    assert answer.status == bad.status, answer.text
    assert difference(refusal_text(endpoint.surface, bad.text), answer.json) is None


@every_endpoint_with_a_body
def test_every_endpoint_refuses_what_can_not_be_read_and_changes_nothing(
    scenes: Scenes, endpoint: Endpoint
) -> None:
    scene = scenes.of(endpoint)
    sample, headers = _asked(scene, endpoint)
    before = scene.world.items()

    statuses = {bad.name: _post(scene, endpoint, sample, headers, bad).status for bad in BAD_BODIES}

    assert statuses == {bad.name: bad.status for bad in BAD_BODIES}
    assert scene.world.items() == before


@every_guarded_endpoint
def test_credentials_are_checked_before_type_size_and_form_of_the_body(
    scenes: Scenes, endpoint: Endpoint
) -> None:
    scene = scenes.of(endpoint)
    sample, headers = _asked(scene, endpoint)
    token = headers["Authorization"].removeprefix("Bearer ")
    presented = {
        Credentials.NONE: {},
        Credentials.INVALID: {"Authorization": "Bearer no.token.atall"},
        Credentials.OVER: {"Authorization": f"Bearer {_without_session(scene, token)}"},
    }

    answers = {
        (credentials, bad.name): _post(scene, endpoint, sample, header, bad)
        for credentials, header in presented.items()
        for bad in (MALFORMED[0], NO_OBJECTS[0], LARGE[0], UNSUPPORTED[0], ENCODED[0])
    }

    refusals = REFUSALS[endpoint.surface]
    wrong = {
        asked: (answer.status, answer.json)
        for asked, answer in answers.items()
        if (answer.status, answer.json) != refusals[asked[0]]
    }
    assert wrong == {}


@pytest.mark.parametrize("endpoint", SELECTIVE, ids=lambda endpoint: endpoint.name)
def test_whoever_may_not_call_at_all_is_told_so_before_what_is_wrong_with_the_body(
    scenes: Scenes, endpoint: Endpoint
) -> None:
    scene = scenes.of(endpoint)
    sample, _ = _asked(scene, endpoint)
    # A stranger where the path or the account decides; where the body names an organization, the unconfirmed.
    stranger = endpoint.surface is Surface.ADMINISTRATION or endpoint.organization is OrganizationIn.PATH
    token = scene.world.token(scene.staff.user(confirmed=stranger).id)

    for bad in (MALFORMED[0], NO_OBJECTS[0], LARGE[0], UNSUPPORTED[0], ENCODED[0]):
        answer = _post(scene, endpoint, sample, {"Authorization": f"Bearer {token}"}, bad)
        assert (answer.status, answer.json) == REFUSALS[endpoint.surface][Credentials.GOOD], bad.name


def _without_session(scene: Scene, token: str) -> str:
    return forgery.changed(scene.world, token, sid=forgery.claims_of(token)["sid"] + 1)


@every_endpoint_with_a_body
def test_json_is_read_whatever_its_case_and_parameters(scenes: Scenes, endpoint: Endpoint) -> None:
    scene = scenes.of(endpoint)
    sample, headers = _asked(scene, endpoint)

    answer = scene.world.call(
        endpoint.method,
        sample.target(endpoint),
        {} if sample.body is NOTHING else sample.body,
        headers={
            **headers,
            "Content-Type": "Application/JSON ; charset=utf-8",
            "Content-Encoding": "Identity",
        },
    )

    assert answer.status == endpoint.status, answer.text


@every_endpoint_with_a_body
def test_a_body_without_a_content_type_is_read_as_json(scenes: Scenes, endpoint: Endpoint) -> None:
    scene = scenes.of(endpoint)
    sample, headers = _asked(scene, endpoint)
    body = "" if sample.body is NOTHING else json.dumps(sample.body)

    answer = send(
        scene.world,
        event(endpoint, sample.target(endpoint), parameters=sample.path, headers=headers, body=body),
    )

    assert answer.status == endpoint.status, answer.text


@every_endpoint_with_a_body
def test_a_body_of_exactly_256_kib_is_read(scenes: Scenes, endpoint: Endpoint) -> None:
    scene = scenes.of(endpoint)
    sample, headers = _asked(scene, endpoint)
    body = padded({} if sample.body is NOTHING else sample.body, LARGEST)

    answer = scene.world.call(endpoint.method, sample.target(endpoint), raw=body, headers=headers)

    assert len(body) == LARGEST
    assert answer.status == endpoint.status, answer.text


def test_size_is_counted_in_bytes(scenes: Scenes) -> None:
    scene = scenes.of("bytes")
    order = scene.order()
    body = json.dumps({"padding": "я" * (128 * 1024), "organization": 1}, ensure_ascii=False).encode()

    answer = scene.world.call(
        "PATCH", f"/orders/order-ud/{order.id}/", raw=body, token=scene.world.token(scene.creator.id)
    )

    assert answer.status == 413


def test_of_two_equal_keys_the_last_counts(scenes: Scenes) -> None:
    scene = scenes.of("twice")
    order, home = scene.order(), scene.organization.id
    body = f'{{"organization": 0, "organization": {home}, "done": 1, "done": true}}'.encode()

    answer = scene.world.call(
        "PATCH", f"/orders/order-ud/{order.id}/", raw=body, token=scene.world.token(scene.creator.id)
    )

    assert answer.status == 200
    assert answer.json == {"description": order.description, "executor": order.executor, "done": True}


def test_a_lone_surrogate_in_the_event_itself_is_no_json(scenes: Scenes) -> None:
    scene = scenes.of("surrogate")
    token = scene.world.token(scene.creator.id)
    headers = {"Authorization": f"Bearer {token}"}

    answer = send(
        scene.world,
        event(
            ENDPOINTS["create-order"], "/orders/order-c/", headers=headers, body='{"description": "\ud800"}'
        ),
    )

    assert (answer.status, answer.json) == (400, {"detail": "The request body is not valid JSON."})
