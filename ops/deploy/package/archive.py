"""Makes a function's archive small, quick to load, and the same bytes for the same input."""

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

from ops import CommandError

LAMBDA_PYTHON = "3.13"
OPERATIONS = {
    "dynamodb": (
        "BatchGetItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "TransactGetItems",
        "TransactWriteItems",
        "UpdateItem",
    ),
    "ses": ("SendEmail",),
}
"""What the functions call through botocore's clients; its description of everything else is left out."""

STAND_INS = {
    "botocore/docs/__init__.py": "",
    "botocore/docs/docstring.py": (
        "def ClientMethodDocstring(*args, **kwargs):\n"
        '    return ""\n\n\n'
        "PaginatorDocstring = WaiterDocstring = ClientMethodDocstring\n"
    ),
    "urllib3/http2/__init__.py": "",
}
"""What is packaged instead of modules that each start would load and no function has a use for (decision 48).

botocore's write documentation for the methods of clients; urllib3's switches to HTTP/2, with a package that
is not in the archive.
"""

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can store
_READABLE = 0o100644 << 16
_TASK_ROOT = "/var/task"
_BOTOCORE_DATA = ("botocore", "data")
_MODEL = "service-2.json"
_ENDPOINT_RULES = "endpoint-rule-set-1.json"
_ENDPOINTS = "endpoints.json"
_NATIVE = (".so", ".pyd", ".dylib")

Json = dict[str, Any]


def python_for_bytecode(named: str | None = None) -> str | None:
    """Return an interpreter of the version that Lambda runs, None where there is none.

    Bytecode of another version would be left unread, so that there is no use in compiling with it.

    Args:
        named: the one to take.
    """
    if named is not None:
        if _version(named) != LAMBDA_PYTHON:
            raise CommandError(f"--python {named} is not Python {LAMBDA_PYTHON}.")
        return named
    return next((found for found in _candidates() if _version(found) == LAMBDA_PYTHON), None)


def _candidates() -> list[str]:
    installed = Path(os.environ.get("PYENV_ROOT", "")) / "versions"
    by_pyenv = sorted(installed.glob(f"{LAMBDA_PYTHON}.*/bin/python{LAMBDA_PYTHON}"))
    on_path = shutil.which(f"python{LAMBDA_PYTHON}")
    return [sys.executable, *([on_path] if on_path else []), *map(str, reversed(by_pyenv))]


def _version(python: str) -> str | None:
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        ran = subprocess.run([python, "-c", program], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout.strip() if ran.returncode == 0 else None


def refine(archive: bytes, python: str | None) -> bytes:
    """Return the archive with what is never read taken out and bytecode put in.

    Args:
        archive: as Chalice makes it.
        python: compiles; None leaves the bytecode out, and each cold start compiles for itself.
    """
    with tempfile.TemporaryDirectory(prefix="archive-") as name:
        folder = Path(name)
        with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
            for entry in zipped.namelist():
                if needed(entry):
                    zipped.extract(entry, folder)
        reduce_service_data(folder.joinpath(*_BOTOCORE_DATA))
        put_stand_ins(folder)
        if python is not None:
            _compile(folder, python)
        return _zipped(folder)


def needed(entry: str) -> bool:
    """Tell whether a function reads this file of the archive."""
    path = PurePosixPath(entry)
    if path.suffix in _NATIVE:
        raise CommandError(f"{entry} is no pure Python: the archive must run on every processor.")
    if (
        entry.endswith("/")
        or path.suffix in (".pyc", ".pyi")
        or path.parts[0].endswith((".dist-info", ".data"))
    ):
        return False
    if path.parts[:2] == _BOTOCORE_DATA and len(path.parts) > 3:
        return path.parts[2] in OPERATIONS and path.name.startswith((_MODEL, _ENDPOINT_RULES))
    return True


def put_stand_ins(folder: Path) -> None:
    """Put `STAND_INS` in the place of what they stand in for.

    Args:
        folder: has the packages.
    """
    for name, text in STAND_INS.items():
        if not (folder / name).is_file():
            raise CommandError(f"{name}, which a module of STAND_INS stands in for, is no more.")
        (folder / name).write_text(text, encoding="utf-8")


def reduce_service_data(data: Path) -> None:
    """Reduce botocore's descriptions of services to `OPERATIONS`: they are parsed whole at every cold start.

    Args:
        data: botocore's folder of descriptions, of the services of `OPERATIONS` alone.
    """
    prefixes = set()
    for service, operations in OPERATIONS.items():
        for compressed in sorted((data / service).glob("*/*.json.gz")):
            description = json.loads(gzip.decompress(compressed.read_bytes()))
            if compressed.name.startswith(_MODEL):
                description = _reduced_model(description, operations)
                prefixes.add(description["metadata"]["endpointPrefix"])
            _write_json(compressed.with_suffix(""), description)
            compressed.unlink()
    endpoints = json.loads((data / _ENDPOINTS).read_text(encoding="utf-8"))
    for partition in endpoints["partitions"]:
        partition["services"] = _only(partition["services"], prefixes)
    _write_json(data / _ENDPOINTS, endpoints)


def _reduced_model(model: Json, operations: Collection[str]) -> Json:
    """Return a service's model with these operations, the shapes that they refer to, and no documentation."""
    kept = {name: model["operations"][name] for name in operations}
    shapes: set[str] = set()
    unvisited = _shapes_named_in(kept)
    while unvisited:
        shapes |= unvisited
        unvisited = {
            named for shape in unvisited for named in _shapes_named_in(model["shapes"][shape])
        } - shapes
    reduced: Json = _undocumented({**model, "operations": kept, "shapes": _only(model["shapes"], shapes)})
    return reduced


def _only(entries: Json, names: Collection[str]) -> Json:
    return {name: entry for name, entry in entries.items() if name in names}


def _shapes_named_in(description: Any) -> set[str]:
    """Return the shapes that a description refers to: each reference is an object with `shape` in it."""
    if not isinstance(description, dict | list):
        return set()
    parts = description.values() if isinstance(description, dict) else description
    named = set().union(*map(_shapes_named_in, parts))
    if isinstance(description, dict) and isinstance(description.get("shape"), str):
        named.add(description["shape"])
    return named


def _undocumented(description: Any) -> Any:
    if isinstance(description, list):
        return [_undocumented(part) for part in description]
    if not isinstance(description, dict):
        return description
    return {
        name: _undocumented(part)
        for name, part in description.items()
        if not (name == "documentation" and isinstance(part, str))
    }


def _write_json(path: Path, value: Json) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")


def _compile(folder: Path, python: str) -> None:
    options = ["-q", "-s", str(folder), "-p", _TASK_ROOT, "--invalidation-mode", "unchecked-hash"]
    ran = subprocess.run(
        [python, "-m", "compileall", *options, str(folder)],
        env={"PYTHONHASHSEED": "0", "PATH": os.environ.get("PATH", "")},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise CommandError(f"compiling failed: {ran.stdout.strip()[-200:]}")


def _zipped(folder: Path) -> bytes:
    """Return the folder as a zip file in which nothing depends on when and by whom it was made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = _READABLE
            zipped.writestr(entry, path.read_bytes(), compresslevel=9)
    return content.getvalue()
