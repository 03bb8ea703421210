"""`manage.py` as it is typed: exit codes, and one clear line where a command can't go on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from chalicelib.table import keys
from chalicelib.table.items import StockItem
from ops.demo import shop as demo_shop
from tests.support.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture
def table(demo_world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a table with the demo data; what a command puts into the environment goes with the test."""
    for name in ("TABLE_NAME", "SIGNING_KEYS", "AWS_ENDPOINT_URL_DYNAMODB"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
        if not os.environ[name]:
            monkeypatch.delenv(name)
    return demo_world.runtime.settings.table_name


def test_a_missing_dependency_is_said_in_one_line() -> None:
    without_packages = [sys.executable, "-S", "manage.py", "local", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    ran = subprocess.run(
        without_packages, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    [line] = ran.stderr.splitlines()
    assert (ran.returncode, ran.stdout) == (1, "")
    assert line.startswith("manage.py local: ")
    assert line.endswith(" is not installed; run `make setup`, and .venv/bin/python manage.py.")


def test_without_a_command_it_tells_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    code = manage.main([])

    told = capsys.readouterr().out
    assert code == 2
    assert all(command.name in told for command in manage.COMMANDS)


@pytest.mark.parametrize(("available", "code"), [(7, 0), (8, 1)])
def test_reconcile_exits_with_1_when_a_product_does_not_add_up(
    table: str, capsys: pytest.CaptureFixture[str], available: int, code: int
) -> None:
    item = StockItem(*keys.stock(demo_shop.TELEFON))
    item.update(actions=[StockItem.available.set(available)])

    assert manage.main(["reconcile", "--table", table, "--passes", "1"]) == code

    told = capsys.readouterr().out
    assert ("2 products, all add up." in told) == (code == 0)
    assert ("1 of 2 products do not add up:" in told) == (code == 1)


def test_createadmin_makes_an_administrator(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["createadmin", "user3@gmail.com", "--table", table]) == 0

    assert capsys.readouterr().out == "user3@gmail.com (user 5) is now a shop administrator.\n"


def test_the_stage_of_chalice_local_can_not_be_deployed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manage.main(["package", "--stage", "local", str(tmp_path)]) == 1

    assert capsys.readouterr().err == (
        "manage.py package: stage local can't be deployed: it has no deployment part in config.json.\n"
    )


def test_a_table_that_does_not_exist_is_said(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["reconcile", "--table", "nowhere"]) == 1

    assert capsys.readouterr().err == (
        "manage.py reconcile: there is no table nowhere in eu-central-1; "
        "--table, --region and --database say where it is.\n"
    )
