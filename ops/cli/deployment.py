"""Commands that package a stage, put it up, change it and take it down; on AWS or in an emulator."""

import argparse
from pathlib import Path

from ops.cli.command import NO_DEMO, REGION, Command, argument, flag, port

_STAGE = argument("--stage", required=True, help="a stage of .chalice/config.json, say dev or production")
_PYTHON = argument("--python", metavar="PATH", help="a Python of the version that Lambda runs, for bytecode")


def _package(options: argparse.Namespace) -> int:
    from ops.deploy.package import packaging

    return packaging.run(options.stage, options.out, options.python)


def _deploy(options: argparse.Namespace) -> int:
    from ops.deploy.stack import deploy

    return deploy.deploy(
        options.stage,
        options.region,
        yes=options.yes,
        folder=options.package,
        python=options.python,
        table=options.table,
    )


def _rotate(options: argparse.Namespace) -> int:
    from ops.deploy.stack import rotate

    return rotate.run(options.stage, options.region, options.now)


def _destroy(options: argparse.Namespace) -> int:
    from ops.deploy.stack import deploy

    return deploy.destroy(options.stage, options.region)


def _emulate(options: argparse.Namespace) -> int:
    from ops.deploy.emulate import serve

    return serve.run(options.stage, options.port, options.demo)


COMMANDS = (
    Command(
        "package",
        "write the archive and the templates that `deploy` uploads",
        _package,
        (_STAGE, _PYTHON, argument("out", type=Path, help="the folder to write into")),
    ),
    Command(
        "deploy",
        "put a stage up on AWS, or change it",
        _deploy,
        (
            _STAGE,
            REGION,
            argument("--package", metavar="FOLDER", type=Path, help="a finished package (default: make one)"),
            _PYTHON,
            flag("--yes", "don't ask before a change set is executed"),
            argument("--table", metavar="NAME", help="use this table from now on, say a restored one"),
        ),
    ),
    Command(
        "rotate",
        "change the key that signs tokens",
        _rotate,
        (
            _STAGE,
            REGION,
            flag("--now", "even within two weeks of the last rotation, which ends older tokens"),
        ),
    ),
    Command("destroy", "take a stage down; production keeps its data", _destroy, (_STAGE, REGION)),
    Command(
        "emulate",
        "serve the whole stack in an AWS emulator on this machine",
        _emulate,
        (
            argument("--stage", default="dev", help="a stage of .chalice/config.json (default: dev)"),
            port(4566),
            NO_DEMO,
        ),
    ),
)
