"""Follows the `Link` header of bare arrays from page to page."""

import re
from collections.abc import Iterator

from tests.support.world import Answer, World

_NEXT = re.compile(r'<(http[^>]+)>; rel="next"')
_MAX_PAGES = 500


def next_address(answer: Answer) -> str | None:
    """Return the address of the next page, None on the last one."""
    header = answer.headers.get("link")
    if header is None:
        return None
    matched = _NEXT.fullmatch(header)
    assert matched, f"a Link header like {header}"
    return matched[1]


def pages(world: World, target: str, token: str) -> Iterator[Answer]:
    """Give the answers of a list's pages, from the first to the last."""
    address: str | None = target
    for _ in range(_MAX_PAGES):
        if address is None:
            return
        answer = world.call("GET", address, token=token)
        assert answer.status == 200, answer.text
        yield answer
        address = next_address(answer)
    raise AssertionError(f"{target} never ends")
