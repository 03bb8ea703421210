"""Imports point one way only, and what is special is known in one place (docs/architecture.md, "Layout").

Checked on the syntax of every import, also of those inside functions.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from chalicelib.endpoints import MODULES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"
MAX_LINES = 400
MAX_FILES = 5  # of one folder, to read all about an endpoint

# Which layer a file is in: the first whose pattern fits its path.
LAYERS: dict[str, tuple[str, ...]] = {
    "base": (
        "errors.py",
        "frozen.py",
        "ids.py",
        "texts.py",
        "times.py",
        "config.py",
        "runtime.py",
        "log.py",
        "contract.py",
        "integrations/*",
    ),
    "app": ("web/app.py",),
    "list of endpoints": ("endpoints.py",),
    "model": ("*/model.py", "auth/rights.py", "shop/money.py", "shop/errors.py"),
    "table": ("table/*",),
    "principals": ("auth/staff.py", "auth/customers.py"),
    "service": ("*/service.py", "auth/notices.py", "auth/refreshing.py", "auth/resetting.py"),
    "auth": ("auth/*",),
    "web": ("web/*",),
    "schemas": ("*/schemas.py", "shop/fields.py"),
    "store": ("*/store.py",),
    "endpoints": ("*/endpoints.py", "*/admin.py", "accounts/images.py"),
}
# Innermost first: a file may import its own layer and those before it.
ORDER = (
    *("base", "model", "table", "auth", "web", "schemas", "store", "principals", "service"),
    *("endpoints", "list of endpoints", "app"),
)

# Which nouns a noun may import besides itself.
NOUNS: dict[str, set[str]] = {
    "accounts": set(),
    "organizations": {"accounts"},
    "orders": {"accounts", "organizations"},
    "shop": set(),
}

# Which files may import what is not ours and is special.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "pynamodb": ("table/*.py",),
    # What calls AWS, and the errors that this raises.
    "botocore": ("table/*.py", "integrations/aws.py", "integrations/json_service.py", "integrations/mail.py"),
    "boto3": (),
    "urllib3": ("integrations/json_service.py",),
    "jwt": ("auth/tokens.py",),
    "marshmallow": (),
    "chalice": ("web/*.py", "accounts/images.py"),
    "importlib": ("endpoints.py",),  # a deployed function finds its endpoint by name
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
def test_a_library_is_imported_only_where_it_belongs(package: str) -> None:
    def imports_it(path: Path) -> bool:
        return any(f"{name}.".startswith(f"{package}.") for name in _imports(path))

    assert _violations(ONLY_IN[package], imports_it) == []


def _layer(name: str) -> str:
    return next(
        (layer for layer, patterns in LAYERS.items() if any(fnmatch(name, pattern) for pattern in patterns)),
        "none",
    )


def _ours_imported(path: Path) -> set[str]:
    """Return the files of ours that a file imports, as paths below the package."""
    modules = {
        ".".join(("chalicelib", *file.relative_to(PACKAGE).with_suffix("").parts)): file for file in FILES
    }
    dotted = {name if name in modules else name.rpartition(".")[0] for name in _imports(path)}
    return {_name(modules[name]) for name in dotted if name in modules}


def test_every_file_is_in_a_layer() -> None:
    names = [_name(path) for path in FILES if path.name != "__init__.py"]

    assert [name for name in names if _layer(name) == "none"] == []
    assert set(ORDER) == set(LAYERS)


@pytest.mark.parametrize("layer", ORDER)
def test_a_layer_imports_none_that_is_further_out(layer: str) -> None:
    allowed = set(ORDER[: ORDER.index(layer) + 1])
    outward = [
        f"{_name(path)} imports {imported}"
        for path in FILES
        if path.name != "__init__.py" and _layer(_name(path)) == layer
        for imported in _ours_imported(path)
        if _layer(imported) not in allowed
    ]

    assert outward == []


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_imports_more_general_nouns_only(noun: str) -> None:
    allowed = {noun, *NOUNS[noun]}
    others = [
        f"{_name(path)} imports {imported}"
        for path in FILES
        if _name(path).startswith(f"{noun}/")
        for imported in _ours_imported(path)
        if imported.partition("/")[0] in NOUNS and imported.partition("/")[0] not in allowed
    ]

    assert others == []


def _files_to_read(start: str, imported_by: Callable[[str], set[str]]) -> set[str]:
    """Return a file and those of its folder that it imports, also by way of each other."""
    folder, found, left = start.rpartition("/")[0], set[str](), [start]
    while left:
        name = left.pop()
        if name not in found and name.rpartition("/")[0] == folder:
            found.add(name)
            left.extend(imported_by(name))
    return found


@pytest.mark.parametrize("module", MODULES)
def test_an_endpoint_is_in_five_files_of_its_folder_at_most(module: str) -> None:
    start = f"{module.removeprefix('chalicelib.').replace('.', '/')}.py"

    files = _files_to_read(start, lambda name: _ours_imported(PACKAGE / name))

    assert len(files) <= MAX_FILES, sorted(files)


def test_a_file_that_only_another_one_imports_is_to_be_read_as_well() -> None:
    imported_by = {
        "a/endpoints.py": {"a/service.py", "web/endpoint.py"},
        "a/service.py": {"a/store.py", "a/endpoints.py"},
        "a/store.py": {"a/b/model.py", "table/keys.py"},
    }

    files = _files_to_read("a/endpoints.py", lambda name: imported_by.get(name, set()))

    assert files == {"a/endpoints.py", "a/service.py", "a/store.py"}


def test_the_environment_is_read_in_one_place() -> None:
    assert _violations(ENVIRONMENT_IN, _reads_environment) == []


def test_no_file_is_long() -> None:
    files = [*FILES, *(ROOT / "ops").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]

    long = [path for path in files if len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES]

    assert long == []


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
