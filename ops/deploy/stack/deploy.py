"""The `deploy` and `destroy` commands."""

import sys
from collections.abc import Mapping
from pathlib import Path

from botocore.exceptions import ClientError

from ops import CommandError
from ops.deploy.cloud import Cloud, aws_errors_as_command_errors
from ops.deploy.package import package, stages
from ops.deploy.package.package import Package
from ops.deploy.stack import docs
from ops.deploy.stack.cloudformation import Stacks
from ops.deploy.stack.upload import template_url, upload, with_archive


def deploy(
    stage_name: str,
    region: str | None,
    *,
    yes: bool,
    folder: Path | None = None,
    python: str | None = None,
    table: str | None = None,
) -> int:
    """Create or update a stage's stacks, and return the exit code.

    Args:
        stage_name: the stage.
        region: where; None for what the environment or the profile says.
        yes: don't ask before a change.
        folder: what `package` wrote; None to package now.
        python: compiles for Lambda.
        table: the table to use instead of the data stack's, say one that was restored from a backup.
    """
    stage = stages.load(stage_name)
    if not yes and not sys.stdin.isatty():
        raise CommandError("--yes says so where nobody can be asked about the changes.")
    made = _packaged(stage, python) if folder is None else package.read(stage, folder)
    with aws_errors_as_command_errors():
        cloud = Cloud(region)
        print(f"Deploying to {cloud.where}")
        address = deploy_package(made, Stacks(cloud), yes=yes, table=table)
    if address is None:
        print("Stopped: nothing more was changed.")
        return 1
    print(f"The API is at {address}")
    return 0


def _packaged(stage: stages.Stage, python: str | None) -> Package:
    # These import Chalice and the application, which are not installed where a finished package is deployed.
    from ops.deploy.package import archive, packaging

    compiler = archive.python_for_bytecode(python)
    if compiler is None:
        print(f"There is no Python {archive.LAMBDA_PYTHON} here (--python): the functions will start slower.")
    print(f"Packaging {stage.stack_name} …")
    return packaging.make(stage, compiler)


def deploy_package(made: Package, stacks: Stacks, *, yes: bool, table: str | None = None) -> str | None:
    """Deploy a package and return the API's address, None if the user declined a change."""
    stage = made.stage
    if table is not None:
        _ensure_table(stacks.cloud, table)
    tags = {"Application": stage.app_name, "Stage": stage.name}
    body = {"TemplateBody": package.text_of(made.data)}
    if not _change(stacks, stage.data_stack_name, body, {}, tags, yes):
        return None
    data = stacks.outputs(stage.data_stack_name)
    bucket = data["ArchivesBucket"]
    key = upload(stacks.cloud, bucket, "archives", made.archive, ".zip")
    url = template_url(stacks.cloud, bucket, with_archive(made.api, bucket, key))
    used = table or stacks.parameters(stage.stack_name).get("TableName") or data["TableName"]
    if used != data["TableName"]:
        stacks.say(f"The API uses the table {used}, not the data stack's (--table says otherwise).")
    parameters = {"TableName": used, "SigningKeysSecret": data["SigningKeysSecret"]}
    if not _change(stacks, stage.stack_name, {"TemplateURL": url}, parameters, tags, yes):
        return None
    address = stacks.outputs(stage.stack_name)["Address"]
    return address if _settle_docs(made, stacks, address, tags, yes) else None


def _settle_docs(made: Package, stacks: Stacks, address: str, tags: Mapping[str, str], yes: bool) -> bool:
    """Put the API reference up, or take it down where the stage has none any more; False if unwanted."""
    name = made.stage.docs_stack_name
    if made.docs is None:
        if stacks.describe(name) is not None:
            if not _agreed(f"Delete {name}, the API reference that the stage has no more?", yes):
                return False
            _delete_with_bucket(stacks, name, "SiteBucket")
        return True
    body = {"TemplateBody": package.text_of(made.docs.template)}
    if not _change(stacks, name, body, {"ApiOrigin": docs.origin_of(address)}, tags, yes):
        return False
    deploy_package = stacks.outputs(name)
    docs.upload(stacks.cloud, deploy_package["SiteBucket"], made.docs.files, address)
    stacks.say(f"The API reference is at {deploy_package['Address']}")
    return True


def _change(
    stacks: Stacks,
    name: str,
    template: Mapping[str, str],
    parameters: Mapping[str, str],
    tags: Mapping[str, str],
    yes: bool,
) -> bool:
    """Show a stack's change set and execute it once it is confirmed; return False if it is declined."""
    change_set = stacks.prepare(name, template, parameters, tags)
    if change_set is None:
        stacks.say(f"{name}: nothing to change")
        return True
    stacks.say(f"{name}: {len(change_set.changes)} changes")
    for line in change_set.changes:
        stacks.say(f"  {line}")
    try:
        agreed = _agreed(f"Change {name}?", yes)
    except BaseException:  # Ctrl-C, or the end of the input: no answer is no
        stacks.drop(change_set)
        raise
    if not agreed:
        stacks.drop(change_set)
        return False
    stacks.execute(change_set)
    return True


def _agreed(question: str, yes: bool) -> bool:
    return yes or input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def _ensure_table(cloud: Cloud, name: str) -> None:
    """Refuse a table that is not there, before anything changes."""
    try:
        cloud.client("dynamodb").describe_table(TableName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        raise CommandError(f"there is no table {name} in {cloud.where}.") from error


def destroy(stage_name: str, region: str | None) -> int:
    """Delete a stage's API and, except in production, its data, and return the exit code."""
    stage = stages.load(stage_name)
    with aws_errors_as_command_errors():
        cloud = Cloud(region)
        stacks = Stacks(cloud)
        if stacks.describe(stage.stack_name) is None and (
            stage.production or stacks.describe(stage.data_stack_name) is None
        ):
            raise CommandError(f"{stage.name} is not deployed in {cloud.where}.")
        data = (
            "; the table, the signing keys and the archives stay"
            if stage.production
            else ", and all its data"
        )
        print(f"This deletes {stage.stack_name} in {cloud.where}{data}.")
        if input(f"Type {stage.stack_name} to go on: ").strip() != stage.stack_name:
            print("Nothing was deleted.")
            return 1
        delete_stacks(stage, stacks)
    return 0


def delete_stacks(stage: stages.Stage, stacks: Stacks) -> None:
    """Delete a stage's stacks; production's data stack never."""
    _delete_with_bucket(stacks, stage.docs_stack_name, "SiteBucket")
    stacks.delete(stage.stack_name)
    if not stage.production:
        _delete_with_bucket(stacks, stage.data_stack_name, "ArchivesBucket")


def _delete_with_bucket(stacks: Stacks, name: str, output: str) -> None:
    """Delete a stack with what is in the bucket that one of its outputs names."""
    bucket = stacks.outputs(name).get(output)
    if bucket is not None:
        _empty(stacks.cloud, bucket)
    stacks.delete(name)


def _empty(cloud: Cloud, bucket: str) -> None:
    """Delete what is in a bucket: CloudFormation deletes only empty ones."""
    client = cloud.client("s3")
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        keys = [{"Key": found["Key"]} for found in page.get("Contents", [])]
        if keys:
            client.delete_objects(Bucket=bucket, Delete={"Objects": keys})
