"""Imports point inward only, and what is special is known in one place (design, "Layers").

A part is a folder of `chalicelib/`, or a module that lies directly in it. The rules are the tables below;
they are checked on the syntax of every import, also of those inside functions.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"
MOST_LINES = 400

# Which files may import what is not ours and is special.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "pynamodb": ("table/*.py", "*store.py", "auth/failed_attempts.py"),
    # The table's own, and the clients of other services with the errors that those raise.
    "botocore": ("table/*.py", "integrations/aws.py", "integrations/mail.py"),
    "boto3": (),
    "jwt": ("auth/tokens.py",),
    "marshmallow": ("*inputs.py", "*fields.py"),
    "chalice": ("web/*.py", "*endpoints.py", "accounts/images.py"),
    "importlib": ("web/app.py",),  # the application finds a row's endpoint by its name
    "ops": (),
    "tests": (),
}

ENVIRONMENT_IN = ("config.py",)

FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a module imports; of `from a import b`, `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _imports(path: Path) -> set[str]:
    return set(_imported(ast.parse(path.read_text(encoding="utf-8"))))


def _reads_environment(path: Path) -> bool:
    names = {"environ", "environb", "getenv", "getenvb", "putenv"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {name.removeprefix("os.") for name in _imported(tree)}
    return bool(names & (attributes | imported))


def _violations(allowed: tuple[str, ...], breaks: Callable[[Path], bool]) -> list[str]:
    found = [_name(path) for path in FILES if breaks(path)]
    return [name for name in found if not any(fnmatch(name, pattern) for pattern in allowed)]


@pytest.mark.parametrize("package", ONLY_IN)
def test_what_is_special_is_imported_where_it_belongs_only(package: str) -> None:
    def imports_it(path: Path) -> bool:
        return any(f"{name}.".startswith(f"{package}.") for name in _imports(path))

    assert _violations(ONLY_IN[package], imports_it) == []


def test_the_environment_is_read_in_one_place() -> None:
    assert _violations(ENVIRONMENT_IN, _reads_environment) == []


def test_no_file_is_long() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_is_imported_without_an_environment() -> None:
    modules = [
        ".".join(("chalicelib", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for path in FILES
    ]
    program = f"import importlib\nfor name in {['app', *modules]}:\n    importlib.import_module(name)\n"

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={}, capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import a.b", {"a.b"}),
        ("from a import b, c", {"a.b", "a.c"}),
        ("def f():\n    from a.b import c", {"a.b.c"}),
        ("if TYPE_CHECKING:\n    import a as b", {"a"}),
    ],
)
def test_no_import_escapes_these_rules(text: str, names: set[str]) -> None:
    assert set(_imported(ast.parse(text))) == names
