"""The table that a command works on, and what keeps it from working there, in one line."""

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
    """Give a runtime on a table, and tell in one line what goes wrong with it."""
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
        with in_one_line():
            yield existing_table()
    except Missing as error:
        raise CommandError(f"{error}; --table, --region and --database say where it is.") from error


class Missing(CommandError):
    """What leads to a table is not there; the message goes on, with how to give it."""


def connect() -> Runtime:
    """Connect to the table that the environment names."""
    runtime = Runtime.from_environment()
    engine.connect(runtime.settings)
    return runtime


def existing_table() -> Runtime:
    """Connect to the table that the environment names, and see whether it is there."""
    runtime = connect()
    if not Item.exists():
        region = engine.client().meta.region_name
        raise Missing(f"there is no table {runtime.settings.table_name} in {region}")
    return runtime


@contextmanager
def in_one_line() -> Iterator[None]:
    """Make a CommandError of what keeps a table from being used."""
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
