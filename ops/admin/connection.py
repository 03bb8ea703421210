"""How operators' commands get at a table: the settings of the environment, or `--database` and `--table`."""

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
    """Give a runtime on a table, and tell in one line what goes wrong with it.

    Args:
        database: the DynamoDB endpoint's URL, None for AWS or what the environment says.
        table: the table's name, None for the environment's.
        region: the AWS region, None for the environment's or the profile's.

    Raises:
        CommandError: the table can't be used.
    """
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
        runtime = Runtime.from_environment()
        engine.connect(runtime.settings)
        if not Item.exists():
            missing = f"there is no table {table_name} in {engine.client().meta.region_name}"
            raise CommandError(f"{missing}; --table, --region and --database say where it is.")
        yield runtime
    except SettingsError as error:
        raise CommandError(f"{error}.") from error
    except Unavailable as error:
        raise CommandError("the table is busy or out of reach; try again.") from error
    except NoRegionError as error:
        raise CommandError("which region? --region says it, or AWS_DEFAULT_REGION.") from error
    except (BotoCoreError, ClientError, PynamoDBException) as error:
        raise CommandError(one_line(error)) from error
