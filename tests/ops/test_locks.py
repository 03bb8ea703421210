"""What is installed is locked with hashes, down to the last package, wherever something is installed."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ops import CommandError
from ops.deploy.emulate import installation, ministack
from ops.deploy.emulate.installation import EngineMissing
from ops.deploy.package.build import chalice_package
from ops.deploy.package.stages import ROOT
from tests.ops.requirements import asked_for, lines, locked
from tests.ops.wheels import NAME, a_wheel

SOURCES = sorted(ROOT.glob("requirements*.in"))
LOCKS = [source.with_suffix(".txt") for source in SOURCES]
OF_THE_PROJECT = [lock for lock in LOCKS if lock.stem != "requirements-emulator"]
every_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)


@every_lock
def test_every_requirement_has_one_version_and_hashes(lock: Path) -> None:
    assert list(locked(lock))


@every_lock
def test_nothing_is_built_from_source_and_no_index_is_named(lock: Path) -> None:
    options = [line for line in lines(lock) if line.startswith("-")]

    assert options == ["--only-binary :all:"]
    assert "://" not in lock.read_text(encoding="utf-8")


@every_lock
def test_a_lock_has_what_its_source_asks_for(lock: Path) -> None:
    names = {package.name for package in locked(lock)}

    assert {canonicalize_name(asked.name) for asked in asked_for(lock.with_suffix(".in"))} <= names


@pytest.mark.parametrize("lock", OF_THE_PROJECT, ids=lambda lock: lock.name)
def test_what_a_locked_package_requires_is_locked_too(lock: Path) -> None:
    extras = {canonicalize_name(asked.name): asked.extras for asked in asked_for(lock.with_suffix(".in"))}
    names = {package.name for package in locked(lock)}

    required = {
        canonicalize_name(requirement.name)
        for name in names & _installed()
        for requirement in map(Requirement, metadata.requires(name) or ())
        if any(_applies(requirement, extra) for extra in ("", *extras.get(canonicalize_name(name), set())))
    }

    assert required
    assert required <= names


def _installed() -> set[str]:
    return {canonicalize_name(package.metadata["Name"]) for package in metadata.distributions()}


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def test_what_several_locks_have_is_of_one_version_in_all_of_them() -> None:
    of_development = set(locked(ROOT / "requirements-dev.txt"))

    for lock in OF_THE_PROJECT:
        assert set(locked(lock)) <= of_development, lock.name


def test_the_deploying_job_installs_nothing_but_the_client_of_aws() -> None:
    assert {package.name for package in locked(ROOT / "requirements-deploy.txt")} == {
        "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3",
    }  # fmt: skip


def test_make_locks_every_source() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.search(r"^LOCKED := (.+)$", makefile, re.MULTILINE)

    assert named is not None
    assert sorted(named[1].split()) == sorted(source.stem for source in SOURCES)


@pytest.mark.parametrize(
    "path",
    [
        "Makefile",
        ".ci/run",
        *(f".github/workflows/{name.name}" for name in (ROOT / ".github" / "workflows").iterdir()),
    ],
)
def test_nothing_is_installed_without_hashes(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")

    installing = [line for line in text.splitlines() if re.search(r"\bpip (install|download|wheel)\b", line)]
    assert [line for line in installing if "--require-hashes" not in line] == []


@pytest.mark.slow
@pytest.mark.parametrize(("digest", "taken"), [("", False), ("0" * 64, False), (None, True)])
def test_the_archive_takes_only_packages_with_the_locked_hash(
    digest: str | None, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("app.py", "chalicelib", ".chalice"):
        (tmp_path / name).symlink_to(ROOT / name)
    requirement = a_wheel(tmp_path / "wheels", monkeypatch, digest)
    (tmp_path / "requirements.txt").write_text(requirement, encoding="utf-8")

    if taken:
        assert f"{NAME}/__init__.py".encode() in chalice_package("dev", tmp_path).archive
    else:
        with pytest.raises(CommandError, match=r"Hashes are required|Expected sha256|--hash"):
            chalice_package("dev", tmp_path)


@pytest.mark.slow
def test_the_emulator_takes_only_packages_with_the_locked_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(a_wheel(tmp_path / "wheels", monkeypatch, ""), encoding="utf-8")
    monkeypatch.setattr(installation, "CACHE", tmp_path / "engines")
    monkeypatch.setattr(ministack, "REQUIREMENTS", requirements)

    with pytest.raises(EngineMissing, match=r"(?i)hash"):
        ministack.installed()
