"""The files of clients/python that are made of the API document, and of its asynchronous part."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from ops.deploy.package.stages import ROOT
from ops.docs import openapi
from ops.docs.components import Json
from ops.docs.python_client import methods, operations, types

FOLDER = ROOT / "clients" / "python"
PACKAGE = FOLDER / "src" / "orders_and_shop"

_MADE = "Made of `_async` by `manage.py clients`."
_WORDS = {
    r"\basync (def|with|for)\b": r"\1",
    r"\bawait ": "",
    r"\bAsync(Pages|Transport|StaffClient|CustomerClient|Iterator)\b": r"\1",
    r"\bhttpx\.AsyncClient\b": "httpx.Client",
    r"\b_async\b": "_sync",
    r"\baclose\b": "close",
    r"\b__aenter__\b": "__enter__",
    r"\b__aexit__\b": "__exit__",
    r"\b__aiter__\b": "__iter__",
    r"\banyio\.sleep\b": "time.sleep",
    r"\banyio\.Lock\b": "threading.Lock",
    r"^import anyio$": "import threading\nimport time",
}


def files() -> dict[Path, str]:
    """Return the text of each file that is made."""
    document: Json = json.loads(openapi.FILE.read_text(encoding="utf-8"))
    called = operations.operations(document)
    made = {
        PACKAGE / "_version.py": f'"""The API\'s version that the client is made for."""\n\n__version__ = '
        f'"{document["info"]["version"]}"\n',
        PACKAGE / "types.py": types.module(operations.used_schemas(document, called)),
        PACKAGE / "_async" / "staff.py": methods.module(document, operations.Client.STAFF),
        PACKAGE / "_async" / "customer.py": methods.module(document, operations.Client.CUSTOMER),
    }
    made |= {
        PACKAGE / "_sync" / "__init__.py": f'"""The synchronous clients. {_MADE}"""\n',
        PACKAGE / "_sync" / "transport.py": f"# {_MADE}\n"
        + _synchronous((PACKAGE / "_async" / "transport.py").read_text(encoding="utf-8")),
        PACKAGE / "_sync" / "staff.py": _synchronous(made[PACKAGE / "_async" / "staff.py"]),
        PACKAGE / "_sync" / "customer.py": _synchronous(made[PACKAGE / "_async" / "customer.py"]),
    }
    return {path: _formatted(path, text) for path, text in made.items()}


def write() -> None:
    """Write the files."""
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _synchronous(text: str) -> str:
    for pattern, word in _WORDS.items():
        text = re.sub(pattern, word, text, flags=re.MULTILINE)
    return text


def _formatted(path: Path, text: str) -> str:
    """Return a module as ruff lays it out, its imports sorted."""
    for arguments in (
        ["check", "--quiet", "--fix-only", "--select", "F401,I,UP028", "--unsafe-fixes"],
        ["format", "--quiet"],
    ):
        command = [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", str(path), "-"]
        ran = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
        text = ran.stdout
    return text
