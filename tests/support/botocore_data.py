"""Lets all botocore sessions of a test run share the service descriptions that they read.

Each world has a connection, hence a session, of its own; parsing DynamoDB's description anew each time would
be most of what making a world costs.
"""

from functools import cache
from typing import Any

from botocore.loaders import JSONFileLoader

_read_anew = JSONFileLoader.load_file


@cache
def _read_once(path: str) -> Any:
    return _read_anew(JSONFileLoader(), path)


JSONFileLoader.load_file = lambda _, file_path: _read_once(file_path)
