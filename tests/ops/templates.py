"""Templates of stages, for tests to look into."""

import json
import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops.deploy.package import stages
from ops.deploy.package.build import Build, chalice_package
from ops.deploy.package.package import Template, text_of
from ops.deploy.package.packaging import split
from ops.deploy.package.stages import ROOT, Stage

STAGES = {
    "dev": stages.load("dev"),
    "production": stages.load("production"),
    "production with everything": replace(
        stages.load("production"),
        alarm_email="operator@example.com",
        mail_sender="orders@example.com",
        domain_name="api.example.com",
        certificate_arn=f"arn:aws:acm:eu-central-1:123456789012:certificate/{uuid.UUID(int=0)}",
        allowed_origin="https://shop.example",
    ),
}
GATEWAY_ROLES = {
    Surface.STAFF: "GatewayStaffRole",
    Surface.CUSTOMER: "GatewayCustomerRole",
    Surface.ADMINISTRATION: "GatewayAdministrationRole",
}
ENDPOINTS_TO_COME = 130  # as many as a later release may have
every_endpoint = pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)


class Templates:
    """Makes templates, those of `STAGES` only once each.

    They are made of a checkout that requires no package, since no template shows any: none is fetched.
    """

    def __init__(self, folder: Path) -> None:
        for name in ("app.py", "chalicelib", ".chalice"):
            (folder / name).symlink_to(ROOT / name)
        (folder / "requirements.txt").touch()
        self._checkout = folder
        self._builds: dict[str, Build] = {}
        self._made: dict[tuple[str, int], Template] = {}

    def of(self, name: str, endpoints: int = len(load_all())) -> Template:
        """Return the template of one of `STAGES`."""
        key = (name, endpoints)
        if key not in self._made:
            self._made[key] = self.make(STAGES[name], endpoints)
        return self._made[key]

    def make(self, stage: Stage, endpoints: int = len(load_all())) -> Template:
        """Return the template of a stage, with copies of endpoints where more are wanted than there are."""
        build, copies = self._build(stage.name), list(_copies(endpoints - len(load_all())))
        paths = build.template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
        for original, copy in copies:
            method = original.method.lower()
            paths[copy.path] = {method: deepcopy(paths[original.path][method])}
        return split(build, stage, (*load_all(), *(copy for _, copy in copies)))

    def _build(self, stage: str) -> Build:
        """Return what Chalice makes, for the caller to change."""
        if stage not in self._builds:
            self._builds[stage] = chalice_package(stage, self._checkout)
        return deepcopy(self._builds[stage])


def _copies(count: int) -> Iterator[tuple[Endpoint, Endpoint]]:
    """Give that many routes, spread over all there are, each with a copy under another name and path."""
    for number in range(count):
        endpoint = load_all()[number * len(load_all()) // count]
        yield (
            endpoint,
            replace(endpoint, function=_renamed(endpoint, number), path=f"{endpoint.path}/{number}"),
        )


def _renamed(endpoint: Endpoint, number: int) -> Callable[..., Any]:
    def function(*arguments: Any) -> Any:
        return endpoint.function(*arguments)

    function.__module__, function.__name__ = (
        endpoint.function.__module__,
        f"{endpoint.function.__name__}_{number}",
    )
    return function


def expanded(template: Template) -> Template:
    """Return the template as CloudFormation sees it, after SAM's transformation."""
    placed = json.loads(text_of(template).replace('"archive.zip"', '"s3://archives/archive.zip"'))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        transformed: Template = transform(placed, {}, _NoManagedPolicies())
    return transformed


class _NoManagedPolicies:
    def load(self) -> dict[str, str]:
        return {}
