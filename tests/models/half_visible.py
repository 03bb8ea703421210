"""Sends a request while what others wrote is visible by halves, and compares that with serial orders."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from chalicelib.table.keys import Key
from tests.engines.moto_engine import MotoEngine
from tests.support.forgery import claims_of
from tests.support.late_items import GET, QUERY, Items, LateItems, Read, changed_keys, requested
from tests.support.world import NOTHING, Answer, World

SAMPLED = 2  # mixtures of two requests, besides those with one item too early, or all but one

_RANDOM = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"  # uuids
    r"|(?<=#)[0-9a-f]{8}(?=\")"  # beginnings of uuids
    r"|[0-9a-f]{32,64}"  # ids of refresh tokens, digests
    r"|pbkdf2_sha256\$[^\"]*"
    r"|eyJ[\w.-]+"  # tokens
    r"|(?<![\d.+])[1-9]\d{12,15}(?![\d.])"  # ids of sessions
)
_NEW_ID = re.compile(r'("(?:id|user|role|service|organization|creator|holder)":"?|#(?:0{17})?)\d\d?\b')
_COUNTS = ("SEQUENCE#", "FAILURES#")  # partitions of what is counted in any order
_IDS = frozenset({"id", "uuid", "order_uuid", "bucket_uuid", "product"})


NEW = "{new}"  # stands for the id of what was made last


@dataclass(frozen=True)
class Sent:
    """A request, with `NEW` in its target or its body for the id of what was made last."""

    method: str
    target: str
    body: Any = NOTHING
    token: str | None = None

    def to(self, world: World, made: object = None) -> Answer:
        body = self.body
        if isinstance(body, dict):
            body = {name: made if value == NEW else value for name, value in body.items()}
        return world.call(self.method, self.target.replace(NEW, str(made)), body, token=self.token)


Requests = Mapping[str, Sequence[Sent]]
"""By what they do: one request, or several, one after the other."""


Told = list[tuple[int, str]]
"""What requests were answered: status and body."""


@dataclass(frozen=True)
class Outcome:
    """What a request was answered, and what is stored in the end, without what is random or new."""

    status: int
    body: str
    stored: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """What a table holds, as the engine and as DynamoDB have it, and the state of everything random."""

    held: Any
    items: Items
    random: Any


class Stage:
    """A world as it was in the beginning, again and again.

    Args:
        world: an empty one.
        build: furnishes it and returns the requests that are sent there.

    Attributes:
        requests: those requests.
        before: the beginning.
    """

    def __init__(self, world: World, build: Callable[[World], Requests]) -> None:
        self._world = world
        self.requests = build(world)
        self.before = self._state()
        self._reads: dict[str, set[Read]] = {}
        self._written: dict[str, tuple[Told, State]] = {}
        self._known = set(_RANDOM.findall(json.dumps(list(self.before.items.values()))))

    @property
    def _table(self) -> tuple[MotoEngine, str]:
        assert isinstance(self._world.engine, MotoEngine)
        return self._world.engine, self._world.runtime.settings.table_name

    def _state(self) -> State:
        engine, table = self._table
        return State(engine.copied(table), self._world.items(), self._world.runtime.rng.getstate())

    def _set(self, state: State) -> World:
        engine, table = self._table
        engine.fill(table, state.held)
        self._world.runtime.rng.setstate(state.random)
        return self._world

    def after(self, sent: Sequence[Sent], beside: int | None = None) -> tuple[Told, State]:
        """Send requests, and return what they were answered, and the state after them.

        Args:
            sent: the requests.
            beside: the place of one that has nothing to do with the others.
        """
        world, told, made = self._set(self.before), [], None
        for place, request in enumerate(sent):
            answer = request.to(world, made)
            told.append((answer.status, self._plain(answer.text)))
            if answer.status == 201 and place != beside:
                made = answer.json.get("id")
        return told, self._state()

    def that_write(self) -> list[str]:
        """Return the names of requests that succeed in the beginning, and change something."""
        sent = [name for name, requests in self.requests.items() if requests[0].method != "GET"]
        return [name for name in sent if all(status < 400 for status, _ in self.written(name)[0])]

    def single(self) -> list[str]:
        """Return the names of those that are one request."""
        return [name for name, requests in self.requests.items() if len(requests) == 1]

    def reads(self, name: str) -> set[Read]:
        """Return what a request reads in the beginning."""
        if name not in self._reads:
            self._reads[name] = self.outcome(self.before, self.requests[name][0])[1]
        return self._reads[name]

    def written(self, name: str) -> tuple[Told, State]:
        """Return what requests are answered in the beginning, and the state after them."""
        if name not in self._written:
            self._written[name] = self.after(self.requests[name])
        return self._written[name]

    def outcome(self, state: State, request: Sent, late: Iterable[Read] = ()) -> tuple[Outcome, set[Read]]:
        """Send a request and return its outcome, and what it read.

        Args:
            state: that it meets.
            request: is sent.
            late: the reads that find an item as it was in the beginning.
        """
        found: set[Read] = set()

        def on_call(model: Any, params: dict[str, Any], **_: Any) -> None:
            if model.name == GET:
                found.update(Read(GET, key) for key in requested(params))

        def on_answer(parsed: dict[str, Any], model: Any, **_: Any) -> None:
            if model.name == QUERY:
                keys = [Key(item["pk"]["S"], item["sk"]["S"]) for item in parsed["Items"]]
                found.update(Read(QUERY, key) for key in keys)

        world = self._set(state)
        world.events.register("before-call.dynamodb", on_call)
        world.events.register("after-call.dynamodb", on_answer)
        try:
            with LateItems(world, self.before.items, set(late)).reading():
                answer = request.to(world)
        finally:
            world.events.unregister("before-call.dynamodb", on_call)
            world.events.unregister("after-call.dynamodb", on_answer)
        return Outcome(answer.status, self._plain(answer.text), self.stored(world.items())), found

    def stored(self, items: Items) -> tuple[str, ...]:
        counts: Counter[str] = Counter()  # by shards, which go by uuids
        stored = []
        for (pk, _), item in items.items():
            if pk.startswith("COUNT#"):
                numbers = {name: int(value["N"]) for name, value in item.items() if "N" in value}
                counts.update({f"{pk.rpartition('#')[0]} {name}": number for name, number in numbers.items()})
            elif not pk.startswith((*_COUNTS, "SESSIONS#")):  # one begun meanwhile may be of no use
                stored.append(self._plain(_shown(item)))
        return tuple(sorted([*stored, *(f"{name}: {count}" for name, count in counts.items())]))

    def _plain(self, text: str) -> str:
        def plain(found: re.Match[str]) -> str:
            if found[0] in self._known:
                return found[0]
            return "0" if found[0].isdigit() else "random"

        return _NEW_ID.sub(r"\g<1>0", _RANDOM.sub(plain, text))


def _shown(item: dict[str, Any]) -> str:
    shown: dict[str, Any] = {}
    for name, value in item.items():
        ((kind, content),) = value.items()
        shown[name] = sorted(content) if kind in ("SS", "NS") else content
    document = json.loads(shown.get("doc", "{}")) | {"version": None}
    shown |= {"op": None, "version": None}
    # A new role may have any id.
    shown["doc"] = {
        f"new {part.get('name')}" if re.fullmatch(r"\d\d?", name) else name: part
        for name, part in document.items()
    }
    return json.dumps(shown, sort_keys=True, separators=(",", ":"))


class Pair:
    """A request, and others whose writes it sees by halves.

    Args:
        stage: where they are sent.
        request: the name of the one that is sent while
        writes: those of this name become visible.

    Attributes:
        told: what the writes were answered without the request.
    """

    def __init__(self, stage: Stage, request: str, writes: str) -> None:
        self._stage, self._name = stage, request
        self._request, self._writes = stage.requests[request][0], stage.requests[writes]
        self.told, self._after = stage.written(writes)
        changed = changed_keys(stage.before.items, self._after.items)
        self._changed = [key for key in changed if not key.pk.startswith(_COUNTS)]

    @cached_property
    def _last(self) -> tuple[Outcome, set[Read]]:
        """The outcome of the request after the writes, and what it read."""
        return self._stage.outcome(self._after, self._request)

    def mixtures(self, rng: random.Random) -> list[frozenset[Read]]:
        """Return sets of reads to be too early, among them each read alone, all but it, and all."""
        found = self._stage.reads(self._name)
        if not any(read.operation == QUERY or read.key in self._changed for read in found):
            return []
        found = found | self._last[1]
        reads = sorted(read for read in found if read.key in self._changed)
        every = frozenset(reads)
        chosen = [every, *(frozenset({read}) for read in reads), *(every - {read} for read in reads)]
        chosen += [frozenset(read for read in reads if read.operation == kind) for kind in (GET, QUERY)]
        chosen += [frozenset(rng.sample(reads, len(reads) // 2)) for _ in range(SAMPLED)]
        return [mixture for mixture in dict.fromkeys(chosen) if mixture]

    def mixed(self, late: frozenset[Read]) -> Outcome:
        """Return the outcome of the request when these reads are too early."""
        return self._stage.outcome(self._after, self._request, late)[0]

    @cached_property
    def _orders(self) -> tuple[list[Outcome], list[Outcome]]:
        """Return the outcomes of serial orders: where the writes are answered the same, and of the others."""
        serial, others = [self._last[0]], []
        for place in range(len(self._writes)):
            sent = [*self._writes[:place], self._request, *self._writes[place:]]
            told, state = self._stage.after(sent, beside=place)
            outcome = Outcome(*told.pop(place), self._stage.stored(state.items))
            (serial if told == self.told else others).append(outcome)
        return serial, others

    @cached_property
    def _overtaken(self) -> list[Outcome]:
        """Return the outcomes when what identifies the caller and gives rights is read too early."""
        if self._request.token is None:
            return []
        claims = claims_of(self._request.token)
        owner = str(claims["user_id"])
        accounts = (f"SESSIONS#{claims['aud']}#{owner}", f"USER#{owner}", f"CUSTOMER#{owner}")
        account = [key for key in self._changed if key.pk in accounts and key.sk != "BUCKET"]
        rights = [key for key in self._changed if key.sk in ("ORG", f"MEMBER#{owner:0>19}")]
        roles = [key for key in self._changed if key.sk == "ROLES"]
        early = [[*account, *rights], [*account, *rights, *roles]]
        return [self.mixed(frozenset(Read(GET, key) for key in some)) for some in early if some]

    def accepts(self, outcome: Outcome) -> bool:
        """Whether this can be the outcome of one after the other.

        Whoever loses a right meanwhile may be answered like somebody who holds it, and whoever deletes what
        is gone meanwhile like the other. Of what is shown, each part may be from before or after.
        """
        if outcome == self._last[0]:
            return outcome.status < 500
        serial, others = self._orders
        if outcome.status >= 500 or outcome in serial:
            return outcome.status < 500
        if self._request.method == "DELETE" and self._request in self._writes and outcome.status == 204:
            return outcome.stored == serial[0].stored
        overtaken = [known for known in self._overtaken if known.stored == serial[0].stored]
        allowed = [known for known in (*serial, *overtaken) if known.status == outcome.status]
        if outcome in allowed or outcome.status >= 400:
            return outcome in allowed
        bodies = [known.body for known in (*allowed, *others) if known.status == outcome.status]
        shown = [json.loads(body) for body in bodies if body]
        is_mixed = bool(outcome.body) and _mixes(json.loads(outcome.body), shown)
        return is_mixed and outcome.stored in [known.stored for known in allowed]

    def explain(self, late: frozenset[Read], outcome: Outcome) -> str:
        """Return what tells an outcome from those of the serial orders."""
        lines = [f"too early: {sorted(late)}", f"{outcome.status} {outcome.body}"]
        for known in self._orders[0]:
            lines.append(f"in order: {known.status} {known.body}")
            lines += [f"  more: {item}" for item in sorted(set(outcome.stored) - set(known.stored))]
            lines += [f"  less: {item}" for item in sorted(set(known.stored) - set(outcome.stored))]
        return "\n".join(lines)


def _mixes(shown: Any, known: Sequence[Any]) -> bool:
    """Whether each part of what is shown is in one of the known answers."""
    if isinstance(shown, dict):
        same = [other for other in known if isinstance(other, dict) and other.keys() == shown.keys()]
        same = [other for other in same if all(other[name] == shown[name] for name in _IDS & shown.keys())]
        return bool(same) and all(_mixes(shown[name], [other[name] for other in same]) for name in shown)
    if isinstance(shown, list):
        entries = [entry for other in known if isinstance(other, list) for entry in other]
        return all(_mixes(entry, entries) for entry in shown)
    return shown in known
