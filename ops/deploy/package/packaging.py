"""The `package` command: makes the archive and both templates of a stage."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops import CommandError
from ops.deploy.package import alarms, api, archive, functions, roles
from ops.deploy.package.build import Build, chalice_package
from ops.deploy.package.data import data_template
from ops.deploy.package.docs import docs_of
from ops.deploy.package.package import (
    API_TEMPLATE,
    ARCHIVE,
    DATA_TEMPLATE,
    DOCS_TEMPLATE,
    Package,
    Template,
    write,
)
from ops.deploy.package.stages import ROOT, Stage, ensure_can_be_packaged, load

_OF_ONE_FUNCTION = ("APIHandler", "APIHandlerInvokePermission", "ApiHandlerRole", "RestAPI")


def run(stage_name: str, out: Path, python: str | None = None) -> int:
    """Write a package into a folder, tell what is in it, and return the exit code.

    Raises:
        CommandError: it can't be built.
    """
    compiler = archive.python_for_bytecode(python)
    package = make(load(stage_name), compiler)
    try:
        write(package, out)
    except OSError as error:
        raise CommandError(f"can't write into {out} ({error.strerror}).") from error
    print(f"{out / ARCHIVE}: {len(package.archive) / 1e6:.1f} MB")
    if compiler is None:
        print(f"  without bytecode, for want of Python {archive.LAMBDA_PYTHON} (--python): starts are slower")
    print(f"{out / API_TEMPLATE}: {len(load_all())} functions, {len(package.api['Resources'])} resources")
    print(f"{out / DATA_TEMPLATE}: {len(package.data['Resources'])} resources")
    if package.docs is not None:
        print(
            f"{out / DOCS_TEMPLATE}: {len(package.docs.template['Resources'])} resources, the API reference"
        )
    return 0


def make(stage: Stage, python: str | None, root: Path = ROOT) -> Package:
    """Return a stage's package; one checkout and one interpreter always give the same.

    Args:
        stage: the stage.
        python: compiles for Lambda, None for no bytecode.
        root: the checkout whose application is packaged; its endpoints must be those of this process.

    Raises:
        CommandError: it can't be built.
    """
    ensure_can_be_packaged(stage)
    build = chalice_package(stage.name, root)
    refined = archive.refine(build.archive, python)
    return Package(stage, refined, split(build, stage), data_template(stage), docs_of(stage))


def split(build: Build, stage: Stage, endpoints: Sequence[Endpoint] = load_all()) -> Template:
    """Return Chalice's template with a function per endpoint instead of one for all."""
    template = dict(build.template)
    of_chalice = dict(template["Resources"])
    definition = of_chalice["RestAPI"]["Properties"]["DefinitionBody"]
    for name in _OF_ONE_FUNCTION:
        del of_chalice[name]
    resources: dict[str, Any] = {
        **of_chalice,
        **api.resources(definition, endpoints, stage),
        **roles.function_roles(endpoints, stage),
        **roles.gateway_roles(endpoints),
        **alarms.resources(endpoints, stage),
    }
    for endpoint in endpoints:
        resources |= functions.resources(endpoint, stage)
    resources["AccessLog"]["Properties"]["RetentionInDays"] = stage.log_days
    template["Globals"] = {"Function": _merged(template["Globals"]["Function"], functions.common(stage))}
    template["Resources"] = resources
    template["Outputs"] = {
        **api.outputs(stage),
        "RestApiId": {"Value": {"Ref": "RestAPI"}},
        "AlarmTopic": {"Value": {"Ref": "AlarmTopic"}},
    }
    return template


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return both, the second within the first where both have it."""
    merged = dict(one)
    for key, value in other.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
