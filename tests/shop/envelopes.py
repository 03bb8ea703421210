"""What is true of every list in an envelope."""

from collections.abc import Callable
from typing import Any

from tests.shop.refusals import invalid, told
from tests.support.world import HOST, Answer

Call = Callable[[str, str], Answer]


def entries(envelope: dict[str, Any]) -> list[Any]:
    """Return the results as a list, those keyed by uuid as pairs."""
    results = envelope["results"]
    return list(results.items()) if isinstance(results, dict) else list(results)


def assert_walks_both_ways(call: Call, path: str, size: int, count: int) -> list[Any]:
    """Walk a list to its end and back, and return its entries.

    Every page but the last is full, every page tells the same count, addresses are absolute, and the pages
    met on the way back are those of the way there.
    """
    pages = [call("GET", path).json]
    while pages[-1]["next"] is not None:
        assert pages[-1]["next"].startswith(HOST + path.partition("?")[0] + "?")
        pages.append(call("GET", pages[-1]["next"]).json)
    assert pages[0]["previous"] is None
    assert [page["count"] for page in pages] == [count] * len(pages)
    assert [len(page["results"]) for page in pages[:-1]] == [size] * (len(pages) - 1)

    back = [pages[-1]]
    while back[-1]["previous"] is not None:
        assert len(back) < len(pages), "the way back is longer than the way there"
        back.append(call("GET", back[-1]["previous"]).json)
    assert [entries(page) for page in reversed(back)] == [entries(page) for page in pages]
    assert back[-1]["next"] is None if len(pages) == 1 else back[-1]["next"] is not None
    return [entry for page in pages for entry in entries(page)]


def wrong_page_sizes(call: Call, path: str) -> None:
    """Check that what `page_size` and `cursor` can't be is refused by name, and that what they can is not."""
    joint = "&" if "?" in path else "?"
    refused = invalid(page_size=["Must be a whole number from 1 to 100."])
    for size in ("0", "101", "-1", "1.5", "ten", "", "%20", "１", "1e1", "9" * 30, "+5", "0x10"):
        assert told(call("GET", f"{path}{joint}page_size={size}")) == refused, size
    once = invalid(page_size=["Give this parameter once."])
    assert told(call("GET", f"{path}{joint}page_size=1&page_size=2")) == once
    for cursor in ("x", "", "%00", "AAAA", "=", "é", "W10", "A" * 500):
        assert told(call("GET", f"{path}{joint}cursor={cursor}")) == invalid(cursor=["Invalid cursor."]), (
            cursor
        )
    for size in ("1", "100"):
        assert call("GET", f"{path}{joint}page_size={size}").status == 200
