"""The query of lists without filters: page size and cursor."""

from dataclasses import dataclass
from typing import Any

from chalicelib.table.paging import Position
from chalicelib.web import old_paging as paging
from chalicelib.web.old_request import Request

LARGEST_PAGE = 100


@dataclass(frozen=True)
class ListQuery:
    """What a request asks of a list; `list_name` is what its cursors are bound to."""

    limit: int
    after: Position | None
    list_name: str


def parse(request: Request[Any], owner: int) -> ListQuery:
    """Return what a request asks of the list that its route shows of an organization or a user.

    Raises:
        WrongParameter: a parameter has a value that it can't have.
    """
    list_name = f"{request.route.name} {owner}"
    return ListQuery(
        limit=paging.page_size(request, "limit", LARGEST_PAGE, LARGEST_PAGE),
        after=paging.position_in(list_name, request),
        list_name=list_name,
    )
