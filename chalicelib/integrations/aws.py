"""Clients of AWS services other than the table, made when they are first used."""

from functools import cache
from typing import Any


@cache
def client(service: str) -> Any:
    """Return the process's botocore client of a service, say `ses`.

    botocore is imported here and not above: `table` has loaded it where a function uses the table, and a
    function that uses neither does without.
    """
    from botocore.config import Config
    from botocore.session import Session

    # Well below a function's own time limit, so that a service that hangs becomes an answer.
    patience = Config(connect_timeout=2, read_timeout=4, retries={"total_max_attempts": 2})
    return Session().create_client(service, config=patience)
