"""How operators' commands get at a table: the settings of the environment, or `--database` and `--table`."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.config import SettingsError
from chalicelib.domain.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table import engine
from chalicelib.table.items import Item
from ops import CommandError
from ops.database import use_endpoint


@contextmanager
def connected(database: str | None, table: str | None) -> Iterator[Runtime]:
    """Give a runtime on a table, and tell in one line what goes wrong with it.

    Args:
        database: the DynamoDB endpoint's URL, None for AWS or what the environment says.
        table: the table's name, None for the environment's.

    Raises:
        CommandError: the table can't be used.
    """
    if table:
        os.environ["TABLE_NAME"] = table
    table_name = os.environ.setdefault("TABLE_NAME", "shop-local")
    # These commands sign nothing that anybody reads; the functions' own keys stay where they are.
    os.environ.setdefault("SIGNING_KEYS", f"operator:{secrets.token_hex(32)}")
    if database:
        use_endpoint(database, table_name, demo=False)
    try:
        runtime = Runtime.from_environment()
        engine.connect(runtime.settings)
        if not Item.exists():
            raise CommandError(f"there is no table {table_name}; --table and --database say where it is.")
        yield runtime
    except SettingsError as error:
        raise CommandError(f"{error}.") from error
    except Unavailable as error:
        raise CommandError("the table is busy or out of reach; try again.") from error
    except (BotoCoreError, ClientError, PynamoDBException) as error:
        raise CommandError(" ".join(str(error).split())) from error
