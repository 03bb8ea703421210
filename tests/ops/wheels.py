"""A package of the tests' own, for pip to find without a network."""

import hashlib
import zipfile
from pathlib import Path

import pytest

NAME = "package_of_the_tests"
_FILES = {
    f"{NAME}/__init__.py": "",
    f"{NAME}-1.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1\n",
    f"{NAME}-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    f"{NAME}-1.dist-info/RECORD": "",
}


def a_wheel(folder: Path, environment: pytest.MonkeyPatch, digest: str | None) -> str:
    """Let pip find a package in this folder only, and return the requirement that names it.

    Args:
        folder: where it is made.
        environment: of pip.
        digest: the requirement's hash: another's, none at all (an empty text), or with None the right one.
    """
    folder.mkdir()
    path = folder / f"{NAME}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in _FILES.items():
            wheel.writestr(name, text)
    environment.setenv("PIP_NO_INDEX", "1")
    environment.setenv("PIP_FIND_LINKS", str(folder))
    if digest is None:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{NAME}==1" + (f" --hash=sha256:{digest}" if digest else "") + "\n"
