"""A package that was made elsewhere is deployed as it is, with nothing but the client of AWS."""

import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from ops import CommandError
from ops.deploy.package import package
from ops.deploy.package.data import data_template
from ops.deploy.package.package import Package
from ops.deploy.package.stages import ROOT
from tests.ops.requirements import locked
from tests.ops.templates import STAGES

DEV = STAGES["dev"]
MADE = Package(DEV, b"archive", {"Resources": {}}, data_template(DEV))


def test_a_package_is_read_as_it_was_written(tmp_path: Path) -> None:
    package.write(MADE, tmp_path / "out")

    assert package.read(DEV, tmp_path / "out") == MADE


def test_the_package_of_another_stage_is_refused(tmp_path: Path) -> None:
    package.write(MADE, tmp_path)

    with pytest.raises(CommandError, match=r"of orders-and-shop-dev, not of orders-and-shop-production"):
        package.read(STAGES["production"], tmp_path)


@pytest.mark.parametrize("name", ["archive.zip", "api.json", "data.json"])
def test_a_folder_without_a_whole_package_is_refused(tmp_path: Path, name: str) -> None:
    package.write(MADE, tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(CommandError, match=f"holds no package: .*{name}"):
        package.read(DEV, tmp_path)


def test_a_finished_package_is_deployed_with_what_is_locked_for_that(tmp_path: Path) -> None:
    package.write(MADE, tmp_path)
    allowed = {found.name for found in locked(ROOT / "requirements-deploy.txt")}
    hidden = [
        module
        for module, names in metadata.packages_distributions().items()
        if not allowed & {name.lower() for name in names}
    ]
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({hidden!r}))\n"
        "import manage; sys.exit(manage.main(sys.argv[1:]))"
    )
    with socket.create_server(("127.0.0.1", 0)) as unused:
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"

    ran = subprocess.run(
        [sys.executable, "-c", program, "deploy", "--stage", "dev", "--package", str(tmp_path), "--yes"],
        cwd=ROOT,
        env={
            "AWS_ENDPOINT_URL": nowhere,
            "AWS_ACCESS_KEY_ID": "-",
            "AWS_SECRET_ACCESS_KEY": "-",
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_MAX_ATTEMPTS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    # It comes as far as asking AWS whose account this is.
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("manage.py deploy: Could not connect to the endpoint URL")
