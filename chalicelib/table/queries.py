"""Pages of lists that are read from the table: partitions of an index, or key ranges of a table partition."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition as Condition  # what a store's filters are made of

from chalicelib.runtime import Runtime
from chalicelib.table.codec import Raw
from chalicelib.table.engine import call_with_retries
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest, Position, page_of

T = TypeVar("T")
_LAST = "\uffff"  # behind every sort key with a prefix


def page_of_index(
    index: str,
    partition: str | Sequence[str],
    decode: Callable[[Raw], T],
    page_request: PageRequest,
    runtime: Runtime,
    *,
    newest_first: bool = True,
    matching: Condition | None = None,
) -> Page[T]:
    """Read one page of an index partition in one call; of a list spread over partitions, in one call each.

    With a filter, DynamoDB looks through at most one megabyte of index entries a call; a page may then hold
    fewer entries than requested, even none, and still have a next one. So the number of calls never grows
    with the data (decision 5).

    Args:
        index: `gsi1` to `gsi4`.
        partition: the index partition, or all of them where a list is spread over several.
        decode: makes a record of an item.
        page_request: the page that is asked for.
        runtime: waits between retries.
        newest_first: whether the list descends in its sort key.
        matching: a filter; not with several partitions.
    """
    partitions = [partition] if isinstance(partition, str) else partition
    ascending = newest_first is page_request.backward
    sort = f"{index}sk"
    found: list[Raw] = []
    stopped = None
    for one in partitions:
        answer = _query(one, index, page_request, ascending, matching, runtime)
        found += answer["Items"]
        if matching is not None:
            stopped = answer.get("LastEvaluatedKey", {}).get(sort, {}).get("S")
    if len(partitions) > 1:
        found.sort(key=lambda raw: str(raw[sort]["S"]), reverse=not ascending)
    return page_of(found, page_request, lambda raw: str(raw[sort]["S"]), stopped).map(decode)


def _query(
    partition: str,
    index: str,
    page_request: PageRequest,
    ascending: bool,
    matching: Condition | None,
    runtime: Runtime,
) -> dict[str, Any]:
    start = page_request.start
    beyond = None if start is None else _beyond(getattr(Item, f"{index}sk"), start, ascending)
    return call_with_retries(
        lambda: Item._get_connection().query(
            partition,
            range_key_condition=beyond,
            index_name=index,
            filter_condition=matching,
            limit=page_request.limit + 1 if matching is None else None,
            scan_index_forward=ascending,
        ),
        runtime,
    )


def _beyond(sort: UnicodeAttribute, start: Position, ascending: bool) -> Condition:
    if start.included:
        return sort >= start.sort if ascending else sort <= start.sort
    return sort > start.sort if ascending else sort < start.sort


def page_of_partition(
    start: Key, decode: Callable[[Raw], T], page_request: PageRequest, runtime: Runtime
) -> Page[T]:
    """Read one page of the items whose sort keys begin with a prefix, consistently, in one call.

    These lists only go forward, so that no page starts with the entry that its position names.

    Args:
        start: the partition and the prefix.
        decode: makes a record of an item.
        page_request: the page that is asked for.
        runtime: waits between retries.
    """
    # "\0" comes first behind a sort key: nothing lies between the two.
    first = page_request.start.sort + "\0" if page_request.start else start.sk or "\0"
    answer = call_with_retries(
        lambda: Item._get_connection().query(
            start.pk,
            range_key_condition=Item.sk.between(first, start.sk + _LAST),
            limit=page_request.limit + 1,
            consistent_read=True,
        ),
        runtime,
    )
    return page_of(answer["Items"], page_request, lambda raw: str(raw["sk"]["S"])).map(decode)


def all_of_partition(partition: str, prefix: str, runtime: Runtime) -> list[Raw]:
    """Read all items of a partition whose sort key begins with a prefix ("" for any), one call a megabyte."""
    found: list[Raw] = []
    start: Any = None
    while True:
        answer = _query_from(partition, prefix, start, runtime)
        found += answer["Items"]
        start = answer.get("LastEvaluatedKey")
        if start is None:
            return found


def _query_from(partition: str, prefix: str, start: Any, runtime: Runtime) -> dict[str, Any]:
    return call_with_retries(
        lambda: Item._get_connection().query(
            partition,
            range_key_condition=Item.sk.startswith(prefix) if prefix else None,
            exclusive_start_key=start,
        ),
        runtime,
    )
