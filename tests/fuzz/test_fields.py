"""Nothing that a field, a parameter or a path can hold breaks an operation, or is kept as something else."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.contract import OrganizationIn
from chalicelib.endpoints import load_all
from chalicelib.shop.fields import NewPassword
from chalicelib.web import fields, query
from chalicelib.web.contact_fields import TypedPhone
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.fields import Choice, Field, Secret, Text
from chalicelib.web.json_object import JsonObject
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.fuzz.nasty import OTHERS, TEXTS
from tests.support.sample import Sample
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.world import NOTHING, Answer, World

_PAGING = ("cursor", "limit", "page_size")
_MAX_IN_ADDRESS = 6_000  # characters; API Gateway takes no longer line


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    # Nobody waits here: what is asked has to be answered.
    with World(engine, iterations=1, account_tries=10**6, address_tries=10**6) as made:
        yield made


class _Asker:
    """Sends an endpoint its sample with one thing changed; a sample that was used up is replaced."""

    def __init__(self, world: World, endpoint: Endpoint) -> None:
        self.world, self.endpoint = world, endpoint
        self._visit = entitled(Scene(world), endpoint)
        self.sample: Sample = self._new_sample()
        self._used_up = False

    def _new_sample(self) -> Sample:
        return SAMPLES[self.endpoint](self._visit.scene, self._visit.who)

    def ask(self, target: str | None = None, **fields: Any) -> Answer:
        """Send the sample to another target, or with other fields."""
        if self._used_up:
            self._visit = entitled(Scene(self.world), self.endpoint) if self._ends_more() else self._visit
            self.sample = self._new_sample()
        body = self.sample.body
        if fields:
            body = {**({} if body is NOTHING else body), **fields}
        answer = self.world.call(
            self.endpoint.method,
            target or self.sample.target(self.endpoint),
            body,
            headers=self._visit.headers,
        )
        self._used_up = answer.status < 300 and self.endpoint.method in ("POST", "DELETE")
        return answer

    def _ends_more(self) -> bool:
        return self.endpoint.method == "DELETE" or self.endpoint.status == 204


def _inputs(endpoint: Endpoint) -> dict[str, Field]:
    found = {} if endpoint.takes is None else {n: f for n, (f, _) in fields.declared(endpoint.takes).items()}
    if endpoint.organization in (OrganizationIn.BODY, OrganizationIn.BODY_OR_LIST):
        found["organization"] = Field()
    return found


def _is_kept_as_sent(field: Field) -> bool:
    if isinstance(field, Secret | NewPassword | TypedPhone):
        return False
    return isinstance(field, Text | Choice | JsonObject)


def _shown(answer: Answer) -> dict[str, Any]:
    shown = answer.json if answer.text else {}
    return shown if isinstance(shown, dict) else {}


def _is_stored(world: World, value: Any) -> bool:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return any(written in item.get("doc", {}).get("S", "") for item in world.items().values())


@pytest.mark.slow
@pytest.mark.parametrize(
    "endpoint", [one for one in load_all() if _inputs(one)], ids=lambda endpoint: endpoint.name
)
def test_no_value_of_a_field_breaks_an_operation_or_is_kept_as_another(
    world: World, endpoint: Endpoint
) -> None:
    asker, wrong = _Asker(world, endpoint), []

    for name, field in _inputs(endpoint).items():
        for value in [*TEXTS, *OTHERS]:
            answer = asker.ask(**{name: value})
            if answer.status >= 500:
                wrong.append((name, ascii(value)[:60], answer.status))
            elif answer.status < 300 and _is_kept_as_sent(field) and name in _shown(answer):
                kept = None if field.is_null(value) else value
                if _shown(answer)[name] != kept or not _is_stored(world, kept):
                    wrong.append((name, ascii(value)[:60], _shown(answer)[name]))

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_no_parameter_and_no_path_breaks_an_operation(world: World, endpoint: Endpoint) -> None:
    asker, wrong = _Asker(world, endpoint), []
    parameters = [] if endpoint.query is None else list(query.declared(endpoint.query))
    parameters += [] if endpoint.paging is None else _PAGING

    for text in [*TEXTS, "x" * 3_000, "#" * 1_900]:
        written = quote(text, safe="", errors="surrogatepass")
        if len(written) > _MAX_IN_ADDRESS:
            continue
        targets = [f"{asker.sample.target(endpoint)}?{name}={written}" for name in parameters]
        for name in asker.sample.path if written else ():
            targets.append(Sample({**asker.sample.path, name: written}).target(endpoint))
        wrong += [(asked[:80], status) for asked in targets if (status := asker.ask(asked).status) >= 500]

    assert wrong == []
