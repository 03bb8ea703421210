"""How an answer is compared with the body that a document prints."""

from __future__ import annotations

from ops.docs.exchanges.exchange import Json, Marker


def difference(expected: Json, actual: Json) -> str | None:
    """The first place where `actual` is not the printed body, or None.

    Stricter than `==`: keys in the printed order, and `1`, `1.0` and `true` are three values.
    """
    return _difference(expected, actual, "$", {})


def _difference(expected: Json, actual: Json, place: str, bound: dict[str, str]) -> str | None:
    if isinstance(expected, Marker):
        return _marker_difference(expected, actual, place, bound)
    if type(expected) is not type(actual):
        return f"{place}: expected {expected!r}, got {actual!r}"
    if isinstance(expected, dict):
        if list(expected) != list(actual):
            return f"{place}: expected the keys {list(expected)}, got {list(actual)}"
        places = ((f"{place}.{key}", expected[key], actual[key]) for key in expected)
    elif isinstance(expected, list):
        if len(expected) != len(actual):
            return f"{place}: expected {len(expected)} elements, got {len(actual)}"
        pairs = zip(expected, actual, strict=True)
        places = ((f"{place}[{index}]", one, other) for index, (one, other) in enumerate(pairs))
    else:
        return None if expected == actual else f"{place}: expected {expected!r}, got {actual!r}"
    found = (_difference(one, other, where, bound) for where, one, other in places)
    return next((text for text in found if text is not None), None)


def _marker_difference(marker: Marker, actual: Json, place: str, bound: dict[str, str]) -> str | None:
    if marker != actual:
        return f"{place}: expected {marker!r}, got {actual!r}"
    if marker.label and bound.setdefault(marker.label, actual) != actual:
        return f"{place}: expected the same {marker.label} as before, {bound[marker.label]!r}, got {actual!r}"
    return None
