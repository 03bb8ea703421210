"""The Customer API's list envelope: `count`, `next`, `previous`, `results` (spec, Customer API)."""

from dataclasses import dataclass
from typing import Any

from chalicelib.table.paging import Page, Position
from chalicelib.web import old_paging as paging
from chalicelib.web.old_request import Request

DEFAULT_PAGE = 25
LARGEST_PAGE = 100


@dataclass(frozen=True)
class PageAsked:
    """Which page of which list a request asks for; `list_name` is what its cursors are bound to."""

    size: int
    after: Position | None
    list_name: str


def asked(request: Request[Any], *bound_to: str | None) -> PageAsked:
    """Return the page that a request asks for.

    Args:
        request: the request.
        bound_to: what narrows the list beside the route: a customer, filters.

    Raises:
        WrongParameter: `page_size` or `cursor` has a value that it can't have.
    """
    list_name = repr((request.route.name, *bound_to))
    size = paging.page_size(request, "page_size", DEFAULT_PAGE, LARGEST_PAGE)
    return PageAsked(size, paging.position_in(list_name, request), list_name)


def envelope(request: Request[Any], page_asked: PageAsked, page: Page[Any], count: int, results: Any) -> Any:
    """Return a page in its envelope; `count` is the whole list's."""
    return {
        "count": count,
        "next": _address(request, page_asked, page.next),
        "previous": _address(request, page_asked, page.previous),
        "results": results,
    }


def _address(request: Request[Any], page_asked: PageAsked, position: Position | None) -> str | None:
    if position is None:
        return None
    cursor = paging.cursor_to(position, page_asked.list_name, request)
    return paging.url_with(request, paging.called_path(request).removesuffix("/"), cursor=cursor)
