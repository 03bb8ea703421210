"""What a function imports while it starts: all that its endpoint needs, and of the nouns no other's."""

import ast
import json
import os
import subprocess
import sys
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path

import pytest

from chalicelib.endpoints import MODULES, load_all
from chalicelib.web.endpoint import Endpoint

ROOT = Path(__file__).parents[2]

_STAFF = {"accounts", "organizations", "organizations/members", "organizations/roles"}  # who staff users are
_CATALOG = {"organizations/catalog", "organizations/clients", "organizations/services"}
_CUSTOMER = {"shop/customers"}  # who customers are

_ERRORS = {"shop"}  # `web/errors.py` words the errors of all

# Which folders of nouns the functions of a module may load, besides the module's own.
LOADED: dict[str, set[str]] = {
    "chalicelib.orders.endpoints": _STAFF | _CATALOG,
    "chalicelib.accounts.endpoints": _STAFF | {"accounts/confirmation"},
    "chalicelib.accounts.sessions.endpoints": _STAFF,
    "chalicelib.accounts.confirmation.endpoints": _STAFF,
    "chalicelib.accounts.resets.endpoints": {"accounts"},
    "chalicelib.accounts.images": set(),
    "chalicelib.organizations.leaving.endpoints": _STAFF,
    "chalicelib.organizations.endpoints": _STAFF,
    "chalicelib.organizations.members.endpoints": _STAFF,
    "chalicelib.organizations.invitations.endpoints": _STAFF,
    "chalicelib.organizations.roles.endpoints": _STAFF,
    "chalicelib.organizations.services.endpoints": _STAFF | _CATALOG,
    "chalicelib.organizations.clients.endpoints": _STAFF | _CATALOG,
    "chalicelib.shop.customers.endpoints": _CUSTOMER,
    "chalicelib.shop.customers.resets.endpoints": _CUSTOMER,
    "chalicelib.shop.customers.closing.endpoints": _CUSTOMER | {"shop/products", "shop/bucket"},
    "chalicelib.shop.products.endpoints": set(),
    "chalicelib.shop.bucket.endpoints": _CUSTOMER | {"shop/products"},
    "chalicelib.shop.orders.endpoints": _CUSTOMER | {"shop/products", "shop/bucket"},
    "chalicelib.shop.products.admin": _STAFF | {"shop/products"},
    "chalicelib.shop.orders.admin": _STAFF | _CUSTOMER | {"shop/products", "shop/bucket"},
    "chalicelib.shop.customers.admin": _STAFF | _CUSTOMER,
}

# Modules that no function needs, each of which costs a start.
NEVER = {"boto3", "marshmallow", "moto", "chalice.cli", "chalice.local", "ops", "tests"}

_PROGRAM = """
import json, sys
import app
print(json.dumps(sorted(sys.modules)))
"""


@cache
def _loaded_by(reference: str) -> frozenset[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_DEFAULT_REGION": "eu-central-1",
        "TABLE_NAME": "nowhere",
        "SIGNING_KEYS": f"only:{'k' * 40}",
        "ENDPOINT": reference,
    }
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(json.loads(ran.stdout))


def _module(endpoint: Endpoint) -> str:
    return endpoint.reference.partition(":")[0]


def _of_module(endpoint: Endpoint) -> frozenset[str]:
    """Return what an endpoint's function loads: the same for all endpoints of one module."""
    return _loaded_by(next(each.reference for each in load_all() if _module(each) == _module(endpoint)))


def _noun_folders(modules: frozenset[str]) -> set[str]:
    nouns = ("chalicelib.accounts", "chalicelib.organizations", "chalicelib.orders", "chalicelib.shop")
    files = [name for name in modules if name.startswith(tuple(f"{noun}." for noun in nouns))]
    folders = {"/".join(name.split(".")[1:-1]) for name in files}
    packages = {name for name in modules if any(other.startswith(f"{name}.") for other in modules)}
    return folders - {"/".join(name.split(".")[1:]) for name in packages & folders}


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_a_function_loads_its_own_noun_and_who_is_calling(endpoint: Endpoint) -> None:
    module = _module(endpoint)
    own = "/".join(module.split(".")[1:-1])

    loaded = _noun_folders(_of_module(endpoint))

    assert module in _of_module(endpoint)
    assert loaded - {own} - LOADED[module] - _ERRORS == set()


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_a_function_loads_nothing_that_no_function_needs(endpoint: Endpoint) -> None:
    tops = {name for name in _of_module(endpoint) if name in NEVER or name.partition(".")[0] in NEVER}

    assert tops == set()


def test_what_is_frozen_has_no_methods_to_compile() -> None:
    mutable = {"Call", "Meter"}
    load_all()
    modules = [module for name, module in sys.modules.items() if name.startswith("chalicelib.")]

    compiled = {
        value.__name__
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value) and "__init__" in vars(value)
        if value.__init__.__code__.co_filename == "<string>"
    }

    assert compiled == mutable


def test_every_module_of_endpoints_has_its_line() -> None:
    assert list(LOADED) == list(MODULES), "LOADED has each module of chalicelib/endpoints.py, in that order"


def test_nothing_is_left_to_be_imported_by_a_request() -> None:
    # What only some requests of some functions need, or what comes with the first call of another service.
    allowed = {
        "integrations/aws.py",
        "integrations/mail.py",
        "integrations/signing_keys.py",
        "auth/throttling.py",
    }
    package = ROOT / "chalicelib"

    late = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert late - allowed == set()
