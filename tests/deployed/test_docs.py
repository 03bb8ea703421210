"""The API reference of a stage, put up beside the API and taken down.

The emulator keeps distributions but serves none, so that what they answer is seen in the template alone.
"""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from ops.deploy.package import data
from ops.deploy.package.docs import docs_of
from ops.deploy.package.package import Package
from ops.deploy.stack.cloudformation import Stacks
from ops.deploy.stack.deploy import delete_stacks, deploy_package
from ops.docs.page import files
from tests.deployed.stack import Deployment

ADDRESS = "https://api.example.com/v1"


@pytest.fixture
def documented(deployment: Deployment) -> Package:
    """A stage with the reference: the API without its functions."""
    stage = replace(deployment.package.stage, name="documented", production=False, docs=True)
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Parameters": deployment.package.api["Parameters"],
        "Outputs": {"Address": {"Value": ADDRESS}},
    }
    return Package(stage, b"archive", template, data.data_template(stage), docs_of(stage))


def _objects(deployment: Deployment, bucket: str) -> dict[str, Any]:
    client = deployment.cloud.client("s3")
    found = client.list_objects_v2(Bucket=bucket)["Contents"]
    return {entry["Key"]: client.get_object(Bucket=bucket, Key=entry["Key"]) for entry in found}


def test_a_stage_puts_its_reference_up_changes_nothing_twice_and_takes_it_down(
    deployment: Deployment, documented: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    stacks = Stacks(deployment.cloud, said.append, pause=0.1)
    name = documented.stage.docs_stack_name

    assert deploy_package(documented, stacks, yes=True) == ADDRESS

    outputs = stacks.outputs(name)
    assert outputs["Address"].startswith("https://")
    assert said[-1] == f"The API reference is at {outputs['Address']}"
    objects = _objects(deployment, outputs["SiteBucket"])
    assert objects["index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert objects["index.html"]["CacheControl"] == "no-cache"
    assert b"connect-src 'self' https://api.example.com\"" in objects["index.html"]["Body"].read()
    assert json.loads(objects["openapi.json"]["Body"].read())["servers"] == [{"url": ADDRESS}]
    assert objects[files.BUNDLE]["CacheControl"].endswith("immutable")
    assert objects[files.BUNDLE]["Body"].read() == files.bundle()

    said.clear()
    deploy_package(documented, stacks, yes=True)
    assert f"{name}: nothing to change" in said

    without = documented._replace(stage=replace(documented.stage, docs=False), docs=None)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert deploy_package(without, stacks, yes=False) is None
    assert stacks.describe(name) is not None

    assert deploy_package(without, stacks, yes=True) == ADDRESS
    assert stacks.describe(name) is None

    deploy_package(documented, stacks, yes=True)
    delete_stacks(documented.stage, stacks)
    assert stacks.describe(name) is None
    assert stacks.describe(documented.stage.stack_name) is None
