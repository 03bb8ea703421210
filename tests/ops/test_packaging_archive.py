"""The archive: small, pure Python, ready to run, and the same bytes for the same commit."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ops import CommandError
from ops.deploy.package import archive, package, packaging
from ops.deploy.package.stages import ROOT
from tests.ops.templates import STAGES

pytestmark = pytest.mark.slow

LIMIT = 5_000_000
_MAGIC, _UNCHECKED_HASH = 4, b"\x01\x00\x00\x00"


def _git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=tests", "-c", "user.email=tests@example.com", "-c", "commit.gpgsign=false")
    ran = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=True)
    return ran.stdout.decode()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one commit: of what is in version control here, or would be."""
    folder = tmp_path_factory.mktemp("repository")
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    _git(folder, "init", "--quiet")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message", "all")
    return folder


@pytest.fixture(scope="module")
def compiler() -> str:
    """A Python to compile with; this one where Lambda's is not there."""
    return archive.python_for_bytecode() or sys.executable


@pytest.fixture(scope="module")
def packages(compiler: str, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two packages of two clones of one commit, which differ in where they are and who may read them."""
    made = []
    for name, forbidden in (("one", 0o022), ("other", 0o077)):
        root, out = tmp_path_factory.mktemp(name) / name, tmp_path_factory.mktemp(f"package of {name}")
        before = os.umask(forbidden)
        try:
            _git(repository, "clone", "--quiet", str(repository), str(root))
            package.write(packaging.make(STAGES["production with everything"], compiler, root), out)
        finally:
            os.umask(before)
        made.append(out)
    return made


def test_two_packages_of_one_commit_are_identical(packages: list[Path]) -> None:
    digests = [
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
        for folder in packages
    ]

    assert sorted(digests[0]) == ["api.json", "archive.zip", "data.json"]
    assert digests[0] == digests[1]


def test_nothing_of_the_api_reference_is_deployed_with_the_functions(packages: list[Path]) -> None:
    entries = _entries(packages).namelist()

    assert not [name for name in entries if name.startswith(("ops/", "docs/")) or "scalar" in name]
    assert not [name for name in entries if name.endswith(("openapi.json", "page.js", ".html"))]


def _entries(packages: list[Path]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO((packages[0] / "archive.zip").read_bytes()))


def test_nothing_in_it_tells_when_where_or_by_whom_it_was_made(packages: list[Path]) -> None:
    entries = _entries(packages).infolist()

    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644)
    }


def test_it_has_what_a_function_reads_and_little_else(packages: list[Path]) -> None:
    names = _entries(packages).namelist()
    services = {
        name.split("/")[2] for name in names if name.startswith("botocore/data/") and name.count("/") > 2
    }

    assert services == {"dynamodb", "ses"}
    assert {"app.py", "chalice/app.py", "chalicelib/static/default-user-image.jpeg"} <= set(names)
    assert not [name for name in names if name.startswith(("ops/", "tests/", "boto3/", "cryptography/"))]
    assert (packages[0] / "archive.zip").stat().st_size < LIMIT


def test_every_module_is_compiled_and_python_takes_it_as_it_is(packages: list[Path]) -> None:
    entries = _entries(packages)
    modules = [name for name in entries.namelist() if name.endswith(".py")]
    compiled = [name for name in entries.namelist() if name.endswith(".pyc")]

    assert len(compiled) == len(modules)
    assert {entries.read(name)[_MAGIC : 2 * _MAGIC] for name in compiled} == {_UNCHECKED_HASH}


def test_it_runs_on_its_own(packages: list[Path], tmp_path: Path) -> None:
    _entries(packages).extractall(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import app, chalicelib.integrations.aws\n"
        "import chalicelib.accounts.images, chalicelib.orders.endpoints, chalicelib.shop.orders.endpoints\n"
        "chalicelib.integrations.aws.client('ses')\n"
        "own = (sys.argv[1], sys.base_prefix)\n"
        "files = [getattr(module, '__file__', None) for module in sys.modules.values()]\n"
        "assert all(file.startswith(own) for file in files if file)\n"
        "print(len(app.app.routes))"
    )

    # -S: without the packages of this environment.
    assert int(_output("-S", "-I", "-c", program, str(tmp_path))) > 0


def test_clients_work_without_what_has_a_stand_in(packages: list[Path], tmp_path: Path) -> None:
    _entries(packages).extractall(tmp_path)
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1])\n"
        "import chalicelib.integrations.aws as aws\n"
        "aws.client('ses').send_email.__doc__, aws.session().create_client('dynamodb').query.__doc__\n"
        "print(json.dumps(sorted(sys.modules)))"
    )

    loaded = set(json.loads(_output("-S", "-I", "-c", program, str(tmp_path))))

    assert "urllib3.http2" in loaded
    assert not loaded & {"botocore.docs.service", "html.parser", "importlib.metadata"}


def test_a_stand_in_for_what_is_no_more_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"botocore/docs/__init__\.py, which .* is no more"):
        archive.put_stand_ins(tmp_path)


def _output(*arguments: str) -> str:
    """Run this Python in an environment with nothing in it, and return what it prints."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        env={"AWS_DEFAULT_REGION": "eu-central-1", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_every_operation_is_called_and_answered_as_with_all_of_botocore(
    packages: list[Path], tmp_path: Path
) -> None:
    _entries(packages).extractall(tmp_path)
    program = str(Path(__file__).with_name("botocore_calls.py"))
    operations = json.dumps(archive.OPERATIONS)

    packaged = json.loads(_output("-S", "-I", program, operations, str(tmp_path)))
    whole = json.loads(_output("-I", program, operations))

    assert set(whole) == {
        f"{service}.{operation}" for service, names in archive.OPERATIONS.items() for operation in names
    }
    assert packaged == whole


def test_no_role_allows_an_operation_that_the_archive_does_not_describe(packages: list[Path]) -> None:
    template = json.loads((packages[0] / "api.json").read_text(encoding="utf-8"))
    allowed = {
        action
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::IAM::Role"
        for policy in resource["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in statement["Action"]
    }
    described = {
        f"{service}:{operation}" for service, names in archive.OPERATIONS.items() for operation in names
    }

    within_transactions = {"dynamodb:ConditionCheckItem"}  # a right, and no operation of its own
    called = {action for action in allowed if action.startswith(("dynamodb:", "ses:"))}
    assert called - within_transactions <= described


def test_what_is_made_for_one_processor_is_refused() -> None:
    with pytest.raises(CommandError, match=r"yaml\.so is no pure Python"):
        archive.needed("yaml/yaml.so")


def test_another_python_than_that_of_lambda_is_refused() -> None:
    if sys.version_info[:2] == (3, 13):
        pytest.skip("this is the Python that Lambda runs")

    with pytest.raises(CommandError, match=r"is not Python 3\.13"):
        archive.python_for_bytecode(sys.executable)
