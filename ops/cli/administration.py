"""Commands for who runs the shop: they work on a stage's table."""

import argparse
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ops.cli.command import REGION, Command, argument, flag, number

if TYPE_CHECKING:
    from chalicelib.runtime import Runtime

_TABLE = (
    argument(
        "--table", metavar="NAME", help="the table (default: TABLE_NAME of the environment, or shop-local)"
    ),
    argument("--database", metavar="URL", help="the DynamoDB endpoint (default: AWS)"),
    REGION,
)
_USER = argument("user", help="the account's id, email or phone")


def _connected(options: argparse.Namespace) -> AbstractContextManager["Runtime"]:
    from ops.connection import connected

    return connected(options.database, options.table, options.region)


def _reconcile(options: argparse.Namespace) -> int:
    from ops.admin import reconcile

    with _connected(options) as runtime:
        return reconcile.run(runtime, options.passes)


def _createadmin(options: argparse.Namespace) -> int:
    from ops.admin import administrators

    with _connected(options) as runtime:
        print(administrators.create(options.email, None, runtime))
    return 0


def _show_user(options: argparse.Namespace) -> int:
    from ops.admin import users

    with _connected(options) as runtime:
        print(users.show(options.user, runtime))
    return 0


def _confirm_user(options: argparse.Namespace) -> int:
    from ops.admin import users

    with _connected(options) as runtime:
        print(users.confirm(options.user, options.phone, runtime))
    return 0


def _reopen_organization(options: argparse.Namespace) -> int:
    from ops.admin import organizations

    with _connected(options) as runtime:
        print(organizations.reopen(options.organization, options.name, options.yes, runtime))
    return 0


def _show_holders(options: argparse.Namespace) -> int:
    from ops.admin import reservations

    with _connected(options) as runtime:
        print(reservations.show(options.product, options.most, runtime))
    return 0


def _release_bucket(options: argparse.Namespace) -> int:
    from ops.admin import reservations

    with _connected(options) as runtime:
        print(reservations.release(options.customer, options.yes, runtime))
    return 0


COMMANDS = (
    Command(
        "reconcile",
        "check product by product that no stock was lost or made up",
        _reconcile,
        (
            *_TABLE,
            argument(
                "--passes",
                type=number(1, 100),
                default=3,
                help="walks in which a product must fail to add up, since goods move meanwhile (default: 3)",
            ),
        ),
    ),
    Command(
        "createadmin",
        "register a shop administrator, or make one of a staff account",
        _createadmin,
        (*_TABLE, argument("email", help="the administrator's email (the password is asked for)")),
    ),
    Command("show-user", "show a staff account and its organizations", _show_user, (*_TABLE, _USER)),
    Command(
        "confirm-user",
        "confirm the email or phone of a staff account",
        _confirm_user,
        (*_TABLE, _USER, flag("--phone", "confirm the phone, not the email")),
    ),
    Command(
        "reopen-organization",
        "let the people of a closed organization in again",
        _reopen_organization,
        (
            *_TABLE,
            argument("organization", help="the organization's id (show-user lists those of a user)"),
            argument("--name", help="open it under this name, should its own be taken"),
            flag("--yes", "do it; otherwise it is only said who gets in again"),
        ),
    ),
    Command(
        "show-holders",
        "show which customers have most in their buckets, and since when",
        _show_holders,
        (
            *_TABLE,
            argument("--product", metavar="UUID", help="count this product only (default: all)"),
            argument("--most", type=number(1, 10_000), default=20, help="how many customers (default: 20)"),
        ),
    ),
    Command(
        "release-bucket",
        "empty a customer's bucket; what was in it goes back on stock",
        _release_bucket,
        (
            *_TABLE,
            argument("customer", help="the customer's uuid, username or email"),
            flag("--yes", "do it; otherwise it is only said what is in the bucket"),
        ),
    ),
)
