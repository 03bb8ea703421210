"""One stack has room for the endpoints to come; the emulator has CloudFormation's limit of 500 resources."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from ops.deploy.stack.cloudformation import ChangeSet, Stacks
from ops.deploy.stack.upload import template_url, upload, with_archive
from tests.deployed.conftest import STAGE
from tests.deployed.stack import Deployment
from tests.ops.templates import ENDPOINTS_TO_COME, Templates

NAME = "larger"
TOO_MANY = 160


@pytest.fixture
def stacks(deployment: Deployment) -> Iterator[Stacks]:
    """Stacks, of which the larger one is taken down in the end."""
    stacks = Stacks(deployment.cloud, say=lambda line: None, pause=0.1)
    yield stacks
    stacks.delete(NAME)


@pytest.fixture
def prepare(deployment: Deployment, stacks: Stacks, tmp_path: Path) -> Callable[[int], ChangeSet | None]:
    """What prepares a stack with so many endpoints, whose functions nobody calls."""
    data = stacks.outputs(deployment.package.stage.data_stack_name)
    bucket, archive = data["ArchivesBucket"], io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("app.py", "")
    key = upload(deployment.cloud, bucket, "archives", archive.getvalue(), ".zip")
    templates = Templates(tmp_path)
    parameters = {name: data[name] for name in ("TableName", "SigningKeysSecret")}

    def prepare(endpoints: int) -> ChangeSet | None:
        template = with_archive(templates.make(STAGE, endpoints), bucket, key)
        url = template_url(deployment.cloud, bucket, template)
        return stacks.prepare(NAME, {"TemplateURL": url}, parameters, {})

    return prepare


def test_the_endpoints_to_come_fit_into_one_stack(
    deployment: Deployment, stacks: Stacks, prepare: Callable[[int], ChangeSet | None]
) -> None:
    change_set = prepare(ENDPOINTS_TO_COME)
    assert change_set is not None

    stacks.execute(change_set)

    pages = (
        deployment.cloud.client("cloudformation")
        .get_paginator("list_stack_resources")
        .paginate(StackName=NAME)
    )
    deployed = Counter(found["ResourceType"] for page in pages for found in page["StackResourceSummaries"])
    assert deployed["AWS::Lambda::Function"] == ENDPOINTS_TO_COME
    assert deployed["AWS::Lambda::Permission"] == 0
    assert deployed.total() < 500


def test_a_stack_of_too_many_endpoints_is_refused(prepare: Callable[[int], ChangeSet | None]) -> None:
    with pytest.raises(ClientError, match=r"Number of resources, \d+, is greater than maximum allowed, 500"):
        prepare(TOO_MANY)
