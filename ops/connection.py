"""Connects a command to its table, and turns errors of the table into one-line messages."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError, NoRegionError
from pynamodb.exceptions import PynamoDBException

from chalicelib.config import SettingsError
from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table import engine
from chalicelib.table.items import Item
from ops import CommandError, one_line
from ops.local.database_url import use_endpoint


@contextmanager
def connected(database: str | None, table: str | None, region: str | None = None) -> Iterator[Runtime]:
    """Yield a runtime that is connected to a table; errors of the table become one-line messages."""
    if table:
        os.environ["TABLE_NAME"] = table
    if region:
        os.environ["AWS_DEFAULT_REGION"] = region
    table_name = os.environ.setdefault("TABLE_NAME", "shop-local")
    # These commands sign nothing that anybody reads; the functions' own keys stay where they are.
    os.environ.setdefault("SIGNING_KEYS", f"operator:{secrets.token_hex(32)}")
    if database:
        use_endpoint(database, table_name, demo=False)
    try:
        with table_errors_as_command_errors():
            yield existing_table()
    except Missing as error:
        raise CommandError(f"{error}; --table, --region and --database say where it is.") from error


class Missing(CommandError):
    """The table or a setting that leads to it is missing; the message is completed with a remedy."""


def connect() -> Runtime:
    """Connect to the table that the environment names."""
    runtime = Runtime.from_environment()
    engine.connect(runtime.settings)
    return runtime


def existing_table() -> Runtime:
    """Connect to the table that the environment names, and see whether it is there."""
    runtime = connect()
    if not Item.exists():
        region = engine.service().region
        raise Missing(f"there is no table {runtime.settings.table_name} in {region}")
    return runtime


@contextmanager
def table_errors_as_command_errors() -> Iterator[None]:
    """Turn the errors of using a table into CommandErrors."""
    try:
        yield
    except SettingsError as error:
        raise Missing(str(error)) from error
    except NoRegionError as error:
        raise Missing("AWS_DEFAULT_REGION is not set") from error
    except Unavailable as error:
        raise CommandError("the table is busy or out of reach; try again.") from error
    except (BotoCoreError, ClientError, PynamoDBException) as error:
        raise CommandError(one_line(error)) from error
