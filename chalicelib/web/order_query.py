"""The query of order lists: filters, page size, cursor (spec, "Reading the Orders API document")."""

from dataclasses import dataclass

from chalicelib import ids
from chalicelib.orders.store import OrderFilter, OrderList
from chalicelib.table.paging import Position
from chalicelib.web import paging
from chalicelib.web.errors import WrongParameter
from chalicelib.web.request import StaffRequest

LARGEST_PAGE = 100
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class OrderQuery:
    """What a request asks of a list; `list_name` is what its cursors are bound to."""

    narrowed: OrderFilter
    limit: int
    after: Position | None
    list_name: str


def parse(request: StaffRequest, listed: OrderList) -> OrderQuery:
    """Return what a request asks of a list.

    Raises:
        WrongParameter: a parameter has a value that it can't have.
    """
    narrowed = OrderFilter(
        done=_flag(request, "done"),
        service=_id(request, "service"),
        executor=_id(request, "executor"),
        client=_id(request, "client"),
    )
    list_name = f"{listed.index} {listed.partition} {narrowed}"
    return OrderQuery(
        narrowed=narrowed,
        limit=paging.page_size(request, "limit", LARGEST_PAGE, LARGEST_PAGE),
        after=paging.position_in(list_name, request),
        list_name=list_name,
    )


def _flag(request: StaffRequest, name: str) -> bool | None:
    value = paging.single(request, name)
    if value is None:
        return None
    if value.lower() not in _FLAGS:
        raise WrongParameter(name, "Must be true or false.")
    return _FLAGS[value.lower()]


def _id(request: StaffRequest, name: str) -> int | None:
    value = paging.single(request, name)
    if value is None:
        return None
    number = ids.parse(value)
    if number is None:
        raise WrongParameter(name, "Must be an id.")
    return number
