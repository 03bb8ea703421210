"""The README's table of endpoints, made from the rows of `chalicelib/routes.py`."""

import importlib
import re
from pathlib import Path

from chalicelib import routes
from chalicelib.contract import Route

BEGIN, END = "<!-- endpoints: begin -->", "<!-- endpoints: end -->"
README = Path(__file__).parent.parent / "README.md"

_HEAD = "| endpoint | does | who may | answers |\n|---|---|---|---|\n"


def table() -> str:
    """Return the table as Markdown, one line a row, in the order of the rows."""
    return _HEAD + "".join(f"{_line(row)}\n" for row in routes.ALL)


def _line(row: Route) -> str:
    return f"| `{row.method} {row.path}` | {_summary(row)} | {row.permission.name} | {row.success} |"


def _summary(row: Route) -> str:
    module, _, function = row.handler.rpartition(".")
    view = getattr(importlib.import_module(f"chalicelib.{module}"), function).view
    summary: str = view.__doc__.partition("\n")[0]
    return summary


def written_into(text: str) -> str:
    """Return a document with the present table between its two marks.

    Raises:
        ValueError: the marks are not there.
    """
    marked = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"{BEGIN} and {END} are not in the document")
    return marked.sub(lambda _: f"{BEGIN}\n{table()}{END}", text)


def write() -> None:
    """Write the present table into the README."""
    README.write_text(written_into(README.read_text(encoding="utf-8")), encoding="utf-8")
