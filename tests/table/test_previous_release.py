"""The release before reads what this one writes, but for the renames that were made before anybody had data.

`golden/previous/` has what that release wrote of the same records. It read a document by handing it to the
record's class, which took exactly the names that it wrote itself. At a release `golden/` becomes
`golden/previous/`, and the tables here are emptied.
"""

import json
from typing import Any

import pytest

from tests.table.goldens import FOLDER, GOLDENS, read_file

KINDS = {
    "counter": "sequence",
    "founded": "owned-organizations",
    "receipt": "stock-change",
    "tally": "count",
    "tries": "failed-attempts",
    "word": "search-entry",
}
KEY_WORDS = {
    "CATALOGUE": "LISTEDPRODUCTS",
    "COUNTER": "SEQUENCE",
    "FOUNDED": "OWNED",
    "RECEIPT": "STOCKCHANGE",
    "TALLY": "COUNT",
    "TRIES": "FAILURES",
    "WORD": "SEARCH",
}
FIELDS = {
    "bucket": {"value": "price"},
    "confirmation": {
        "digest": "code_digest",
        "good_until": "code_expires_at",
        "mailed_at": "last_mailed_at",
        "mails": "mails_sent",
        "tried_at": "last_failure_at",
        "tries": "code_failures",
        "wrong": "failures",
    },
    "customer": {
        "generation": "session_epoch",
        "kept_session": "surviving_session",
        "password": "password_hash",
    },
    "failed-attempts": {"last": "last_failure_at", "tries": "failures"},
    "member": {"founder": "organization_creator"},
    "order": {"founder": "organization_creator"},
    "owned-organizations": {"closed": "account_closed"},
    "roles": {"members": "member_count"},
    "sequence": {"last": "last_id"},
    "session": {"generation": "session_epoch"},
    "shop-order": {"value": "price"},
    "stock-change": {"at": "changed_at", "by": "changed_by"},
    "user": {
        "generation": "session_epoch",
        "kept_session": "surviving_session",
        "password": "password_hash",
    },
}
DROPPED = {"schema"}  # the layout of the document; nobody read it
# Kinds with other keys since: what the release before counted is forgotten, its codes are asked for anew.
FORGOTTEN = {"confirmation", "failed-attempts"}
# By kind, the fields that were added since, which the release before can't read unless it is tolerant.
ADDED: dict[str, set[str]] = {
    "bucket": {"number", "reserved_at"},
    "customer": {"closed"},
    "member": {"accepted"},
    "search-entry": {"doc"},
    "user": {"confirmation_lost_at"},
}


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """Return a document with other names, in the documents within it too."""
    if isinstance(value, dict):
        return {names.get(name, name): _renamed(part, names) for name, part in value.items()}
    return [_renamed(part, names) for part in value] if isinstance(value, list) else value


def _without(value: Any, added: set[str]) -> Any:
    """Return a document without some names, in the documents within it too."""
    if isinstance(value, dict):
        return {name: _without(part, added) for name, part in value.items() if name not in added}
    return [_without(part, added) for part in value] if isinstance(value, list) else value


def _names(value: Any) -> set[str]:
    """Return the names in a document, and in the documents within it."""
    if isinstance(value, dict):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


def _key(text: str) -> str:
    return "#".join(KEY_WORDS.get(word, word) for word in text.split("#"))


def _today(previous: dict[str, Any]) -> dict[str, Any]:
    """Return an item of the release before under the names that it has today."""
    kind = KINDS.get(previous["kind"]["S"], previous["kind"]["S"])
    names = FIELDS.get(kind, {})
    item = {names.get(name, name): value for name, value in previous.items() if name not in DROPPED}
    item["kind"] = {"S": kind}
    for name in item:
        if name.endswith(("pk", "sk")):
            item[name] = {"S": _key(item[name]["S"])}
    if "doc" in item:
        item["doc"] = _renamed(json.loads(item["doc"]["S"]), names)
    if kind == "count":  # the shard went into the partition key
        item["pk"], item["sk"] = {"S": f"{item['pk']['S']}#{item['sk']['S']}"}, {"S": "COUNT"}
    if kind == "shop-order":  # the lists sort by the beginning of the uuid
        for name in (name for name in item if name.startswith("gsi") and name.endswith("sk")):
            moment, _, uuid = item[name]["S"].partition("#")
            item[name] = {"S": f"{moment}#{uuid[:8]}"}
    if kind == "order":  # what lists are filtered by was stored twice
        for name in ("done", "executor", "service", "client"):
            del item["doc"][name]
    if kind == "stock-change":  # it was an attribute
        item["doc"]["delta"] = int(item.pop("delta")["N"])
    return item


PREVIOUS = {
    path.stem: read_file(path)
    for path in sorted((FOLDER / "previous").glob("*.json"))
    if KINDS.get(path.stem, path.stem) not in FORGOTTEN
}


def test_every_kind_of_the_release_before_is_still_there() -> None:
    assert {KINDS.get(kind, kind) for kind in PREVIOUS} <= set(GOLDENS)
    assert {item["kind"]["S"] for item in PREVIOUS.values()} == set(PREVIOUS)


@pytest.mark.parametrize("kind", PREVIOUS)
def test_what_the_release_before_wrote_is_what_this_one_writes_but_for_the_renames(kind: str) -> None:
    today = _today(dict(PREVIOUS[kind]))

    golden = dict(read_file(FOLDER / f"{today['kind']['S']}.json"))
    if "doc" in golden:
        golden["doc"] = json.loads(golden["doc"]["S"])
    added = ADDED.get(today["kind"]["S"], set())
    assert today == _without(golden, added), (
        f"ADDED has what {kind} did not have: {_names(golden) - _names(today)}"
    )
