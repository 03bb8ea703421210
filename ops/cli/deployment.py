"""Commands that package a stage, put it up, change it and take it down; on AWS or in an emulator."""

import argparse
from pathlib import Path

from ops.cli.command import Command, port


def _stage_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stage", required=True, help="a stage of .chalice/config.json, say dev or production"
    )


def _region_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", help="the AWS region (default: the environment's or the profile's)")


def _python_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--python", metavar="PATH", help="a Python of the version that Lambda runs, for bytecode"
    )


def _package_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _python_argument(parser)
    parser.add_argument("out", type=Path, help="the folder to write into")


def _run_package(options: argparse.Namespace) -> int:
    from ops.deploy.package import package

    return package.run(options.stage, options.out, options.python)


def _deploy_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _region_argument(parser)
    _python_argument(parser)
    parser.add_argument("--yes", action="store_true", help="don't ask before a change set is executed")
    parser.add_argument(
        "--table", metavar="NAME", help="use this table from now on, say one restored from a backup"
    )


def _run_deploy(options: argparse.Namespace) -> int:
    from ops.deploy.stack import deploy

    return deploy.deploy(options.stage, options.region, options.python, options.yes, options.table)


def _rotate_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _region_argument(parser)
    parser.add_argument(
        "--now",
        action="store_true",
        help="even within two weeks of the last rotation, which ends older tokens",
    )


def _run_rotate(options: argparse.Namespace) -> int:
    from ops.deploy.stack import rotate

    return rotate.run(options.stage, options.region, options.now)


def _destroy_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _region_argument(parser)


def _run_destroy(options: argparse.Namespace) -> int:
    from ops.deploy.stack import deploy

    return deploy.destroy(options.stage, options.region)


def _emulate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stage", default="dev", help="a stage of .chalice/config.json (default: dev)")
    parser.add_argument("--port", type=port, default=4566, help="where it listens (default: 4566; 0: any)")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="start with an empty table")


def _run_emulate(options: argparse.Namespace) -> int:
    from ops.deploy.emulate import serve

    return serve.run(options.stage, options.port, options.demo)


COMMANDS = (
    Command(
        "package",
        "write the archive and the templates that `deploy` uploads",
        _package_arguments,
        _run_package,
    ),
    Command("deploy", "put a stage up on AWS, or change it", _deploy_arguments, _run_deploy),
    Command("rotate", "change the key that signs tokens", _rotate_arguments, _run_rotate),
    Command("destroy", "take a stage down; production keeps its data", _destroy_arguments, _run_destroy),
    Command(
        "emulate",
        "serve the whole stack in an AWS emulator on this machine",
        _emulate_arguments,
        _run_emulate,
    ),
)
