"""A body that can't be read gets its surface's own error, after the credentials, and changes nothing."""

import json
from collections.abc import Iterator
from functools import lru_cache

import pytest

from chalicelib import routes
from chalicelib.auth.permissions import IS_SIGNED_IN
from chalicelib.contract import OrganizationIn, Route, Surface
from tests.contract.access.people import entitled
from tests.contract.bad_bodies import (
    BAD_BODIES,
    LARGE,
    LARGEST,
    MALFORMED,
    NO_OBJECTS,
    UNSUPPORTED,
    BadBody,
    padded,
    refusal_text,
)
from tests.documents.exchange import difference
from tests.engines.engine import Engine
from tests.support import forgery
from tests.support.events import event, send
from tests.support.refusals import REFUSALS, Credentials
from tests.support.samples import SAMPLES, Sample
from tests.support.scene import Scene, Scenes
from tests.support.world import NOTHING, Answer

WITH_BODY = [route for route in routes.ALL if route.reads_body]
GUARDED = [route for route in WITH_BODY if not route.permission.public]
SELECTIVE = [route for route in GUARDED if route.permission.name != IS_SIGNED_IN.name]
every_row_with_a_body = pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
every_guarded_row = pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
ONE_ROW_OF_EACH_SURFACE = list({route.surface: route for route in WITH_BODY}.values())


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


def _asked(scene: Scene, route: Route) -> tuple[Sample, dict[str, str]]:
    visit = entitled(scene, route)
    return SAMPLES[route](visit.scene, visit.who), visit.headers


_asked_once = lru_cache(maxsize=len(ONE_ROW_OF_EACH_SURFACE))(_asked)  # what is refused uses nothing up


def _post(scene: Scene, route: Route, sample: Sample, headers: dict[str, str], bad: BadBody) -> Answer:
    headers = {"Content-Type": bad.content_type, **headers}
    return scene.world.call(route.method, sample.target(route), raw=bad.content, headers=headers)


@pytest.mark.parametrize("route", ONE_ROW_OF_EACH_SURFACE, ids=lambda route: route.surface.value)
@pytest.mark.parametrize("bad", BAD_BODIES, ids=lambda bad: bad.name)
def test_a_body_that_can_not_be_read_is_refused(scenes: Scenes, route: Route, bad: BadBody) -> None:
    scene = scenes.of("all surfaces")
    sample, headers = _asked_once(scene, route)

    answer = _post(scene, route, sample, headers, bad)

    assert answer.status == bad.status, answer.text
    assert difference(refusal_text(route.surface, bad.text), answer.json) is None


@every_row_with_a_body
def test_every_row_refuses_what_can_not_be_read_and_changes_nothing(scenes: Scenes, route: Route) -> None:
    scene = scenes.of(route)
    sample, headers = _asked(scene, route)
    before = scene.world.items()

    statuses = {bad.name: _post(scene, route, sample, headers, bad).status for bad in BAD_BODIES}

    assert statuses == {bad.name: bad.status for bad in BAD_BODIES}
    assert scene.world.items() == before


@every_guarded_row
def test_credentials_are_checked_before_type_size_and_form_of_the_body(scenes: Scenes, route: Route) -> None:
    scene = scenes.of(route)
    sample, headers = _asked(scene, route)
    token = headers["Authorization"].removeprefix("Bearer ")
    presented = {
        Credentials.NONE: {},
        Credentials.INVALID: {"Authorization": "Bearer no.token.atall"},
        Credentials.OVER: {"Authorization": f"Bearer {_without_session(scene, token)}"},
    }

    answers = {
        (credentials, bad.name): _post(scene, route, sample, header, bad)
        for credentials, header in presented.items()
        for bad in (MALFORMED[0], NO_OBJECTS[0], LARGE[0], UNSUPPORTED[0])
    }

    refusals = REFUSALS[route.surface]
    wrong = {
        asked: (answer.status, answer.json)
        for asked, answer in answers.items()
        if (answer.status, answer.json) != refusals[asked[0]]
    }
    assert wrong == {}


@pytest.mark.parametrize("route", SELECTIVE, ids=lambda route: route.name)
def test_whoever_may_not_call_at_all_is_told_so_before_what_is_wrong_with_the_body(
    scenes: Scenes, route: Route
) -> None:
    scene = scenes.of(route)
    sample, _ = _asked(scene, route)
    # A stranger where the path or the account decides; where the body names an organization, the unconfirmed.
    stranger = route.surface is Surface.ADMINISTRATION or route.organization is OrganizationIn.PATH
    token = scene.world.token(scene.staff.user(confirmed=stranger).id)

    for bad in (MALFORMED[0], NO_OBJECTS[0], LARGE[0], UNSUPPORTED[0]):
        answer = _post(scene, route, sample, {"Authorization": f"Bearer {token}"}, bad)
        assert (answer.status, answer.json) == REFUSALS[route.surface][Credentials.GOOD], bad.name


def _without_session(scene: Scene, token: str) -> str:
    return forgery.changed(scene.world, token, sid=forgery.claims_of(token)["sid"] + 1)


@every_row_with_a_body
def test_json_is_read_whatever_its_case_and_parameters(scenes: Scenes, route: Route) -> None:
    scene = scenes.of(route)
    sample, headers = _asked(scene, route)

    answer = scene.world.call(
        route.method,
        sample.target(route),
        {} if sample.body is NOTHING else sample.body,
        headers={**headers, "Content-Type": "Application/JSON ; charset=utf-8"},
    )

    assert answer.status == route.success, answer.text


@every_row_with_a_body
def test_a_body_without_a_content_type_is_read_as_json(scenes: Scenes, route: Route) -> None:
    scene = scenes.of(route)
    sample, headers = _asked(scene, route)
    body = "" if sample.body is NOTHING else json.dumps(sample.body)

    answer = send(
        scene.world,
        event(route, sample.target(route), parameters=sample.path, headers=headers, body=body),
    )

    assert answer.status == route.success, answer.text


@every_row_with_a_body
def test_a_body_of_exactly_256_kib_is_read(scenes: Scenes, route: Route) -> None:
    scene = scenes.of(route)
    sample, headers = _asked(scene, route)
    body = padded({} if sample.body is NOTHING else sample.body, LARGEST)

    answer = scene.world.call(route.method, sample.target(route), raw=body, headers=headers)

    assert len(body) == LARGEST
    assert answer.status == route.success, answer.text


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
        event(routes.CREATE_ORDER, "/orders/order-c/", headers=headers, body='{"description": "\ud800"}'),
    )

    assert (answer.status, answer.json) == (400, {"detail": "The request body is not valid JSON."})
