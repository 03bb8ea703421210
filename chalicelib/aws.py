"""Clients of AWS services other than the table, made when they are first used."""

from functools import cache
from typing import Any


@cache
def client(service: str) -> Any:
    """Return the process's botocore client of a service, say `ses`.

    botocore is imported here and not above: `table` has loaded it where a function uses the table, and a
        function that
    uses neither does without.
    """
    from botocore.session import Session

    return Session().create_client(service)
