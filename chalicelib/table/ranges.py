"""Lists that are stretches of one partition: read consistently, in the order of their sort keys."""

from chalicelib.runtime import Runtime
from chalicelib.table.engine import attempt
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position, cut

_LAST = "\uffff"  # behind every sort key with a prefix


def page(start: Key, runtime: Runtime, *, limit: int, after: Position | None) -> Page[Item]:
    """Read one page of the items whose sort keys begin with a prefix, in one call.

    Args:
        start: the partition and the prefix.
        runtime: the way to wait between tries.
        limit: how many items the page may have.
        after: where it starts, None for the first page.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    # "\0" comes first behind a sort key: nothing lies between the two.
    beyond = Item.sk.between(after.sort + "\0" if after else start.sk or "\0", start.sk + _LAST)
    answer = attempt(
        lambda: Item._get_connection().query(
            start.pk, range_key_condition=beyond, limit=limit + 1, consistent_read=True
        ),
        runtime,
    )
    found = cut(answer["Items"], limit, after, lambda raw: str(raw["sk"]["S"]))
    return Page([Item.from_raw_data(raw) for raw in found.items], found.next, found.previous)
