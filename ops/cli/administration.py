"""Commands for who runs the shop: they work on a stage's table."""

import argparse

from ops.cli.command import Command


def _table_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--table", metavar="NAME", help="the table (default: TABLE_NAME of the environment, or shop-local)"
    )
    parser.add_argument("--database", metavar="URL", help="the DynamoDB endpoint (default: AWS)")
    parser.add_argument("--region", help="the AWS region (default: the environment's or the profile's)")


def _reconcile_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument(
        "--passes",
        type=_passes,
        default=3,
        help="walks in which a product must fail to add up, since goods move meanwhile (default: 3)",
    )


def _passes(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 1 and 100")
    return int(text)


def _run_reconcile(options: argparse.Namespace) -> int:
    from ops import connection
    from ops.admin import reconcile

    with connection.connected(options.database, options.table, options.region) as runtime:
        return reconcile.run(runtime, options.passes)


def _createadmin_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument("email", help="the administrator's email (the password is asked for)")


def _run_createadmin(options: argparse.Namespace) -> int:
    from ops import connection
    from ops.admin import administrators

    with connection.connected(options.database, options.table, options.region) as runtime:
        print(administrators.create(options.email, None, runtime))
    return 0


def _user_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument("user", help="the account's id, email or phone")


def _run_show_user(options: argparse.Namespace) -> int:
    from ops import connection
    from ops.admin import users

    with connection.connected(options.database, options.table, options.region) as runtime:
        print(users.show(options.user, runtime))
    return 0


def _confirm_user_arguments(parser: argparse.ArgumentParser) -> None:
    _user_arguments(parser)
    parser.add_argument("--phone", action="store_true", help="confirm the phone, not the email")


def _run_confirm_user(options: argparse.Namespace) -> int:
    from ops import connection
    from ops.admin import users

    with connection.connected(options.database, options.table, options.region) as runtime:
        print(users.confirm(options.user, options.phone, runtime))
    return 0


def _reopen_organization_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument("organization", help="the organization's id (show-user lists those of a user)")
    parser.add_argument("--name", help="open it under this name, should its own be taken")
    parser.add_argument(
        "--yes", action="store_true", help="do it; otherwise it is only said who gets in again"
    )


def _run_reopen_organization(options: argparse.Namespace) -> int:
    from ops import connection
    from ops.admin import organizations

    with connection.connected(options.database, options.table, options.region) as runtime:
        print(organizations.reopen(options.organization, options.name, options.yes, runtime))
    return 0


COMMANDS = (
    Command(
        "reconcile",
        "check product by product that no stock was lost or made up",
        _reconcile_arguments,
        _run_reconcile,
    ),
    Command(
        "createadmin",
        "register a shop administrator, or make one of a staff account",
        _createadmin_arguments,
        _run_createadmin,
    ),
    Command("show-user", "show a staff account and its organizations", _user_arguments, _run_show_user),
    Command(
        "confirm-user",
        "confirm the email or phone of a staff account",
        _confirm_user_arguments,
        _run_confirm_user,
    ),
    Command(
        "reopen-organization",
        "let the people of a closed organization in again",
        _reopen_organization_arguments,
        _run_reopen_organization,
    ),
)
