"""Values that break what is not careful, for every field, query parameter and path."""

from typing import Any

_DEEP: Any = "x"
for _ in range(500):
    _DEEP = [_DEEP]

TEXTS = [
    "",
    " ",
    "\u00a0\u2003",
    "#",
    "%23%",
    "a#b%c",
    "\0",
    "a\x1bb",
    "\x85",
    "\ud83d",
    "\udfff\ud800",
    "'\"\\<b>&amp;{{7*7}}$(id)",
    "\u202eRTL\u202c \u200b\u2060\ufeff",
    "عَرَبِيّ ",
    "हिन्दी",
    "\u0301",
    "i\u0307İıß",
    "👩\u200d👩\u200d👧",
    "NaN",
    "Infinity",
    "-1",
    "9" * 400,
    "\ufdfa" * 50,
    "😀" * 149,
    "😀" * 1_000,
    "x" * 100_000,
]
OTHERS: list[Any] = [
    None,
    True,
    0,
    -1,
    2**63,
    10**4_000,
    -(10**40),
    1.5,
    1e308,
    float("nan"),
    float("-inf"),
    [],
    {},
    [None],
    ["\ud83d"],
    [[1]] * 101,
    {"\0": 1},
    {"a": {"b": ["\udfff"]}},
    {"😀" * 400: "😀" * 400},
    {"": ""},
    _DEEP,
]
