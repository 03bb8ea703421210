"""Keeps an embedded DynamoDB's data in a folder: each write is a line of JSON, repeated at the next start."""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from ops import CommandError

Json = dict[str, Any]
Call = Callable[[str, Json], Json]  # makes a call of DynamoDB's API

_FILE = "dynamodb.jsonl"
_BATCH = 25  # as many as BatchWriteItem takes
_READS = ("BatchGet", "Describe", "Get", "List", "Query", "Scan", "TransactGet")


class Journal:
    """A file of operations with their parameters, one a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("ab")
        self._tables: defaultdict[str, list[tuple[str, Json]]] = defaultdict(list)

    def repeat(self, call: Call) -> None:
        """Make the calls that the file has."""
        for line in self._path.read_bytes().splitlines(keepends=True):
            if line.endswith(b"\n"):  # else a kill cut it off, before anybody was told that it is written
                operation, parameters = json.loads(line)
                call(operation, parameters)
                self._remember(operation, parameters)

    def note(self, operation: str, parameters: Json) -> None:
        """Append what was done, unless it only read; from here on it outlives this process."""
        if not operation.startswith(_READS):
            self._remember(operation, parameters)
            _write(self._file, operation, parameters)
            self._file.flush()

    def _remember(self, operation: str, parameters: Json) -> None:
        """Keep what made the tables as they are: what is in them can be read again."""
        if operation == "DeleteTable":
            del self._tables[parameters["TableName"]]
        elif operation.endswith(("Table", "TimeToLive")):
            self._tables[parameters["TableName"]].append((operation, parameters))

    def shorten(self, call: Call) -> None:
        """Replace the file by one that makes no more than what there is."""
        shorter = self._path.with_suffix(".new")
        with shorter.open("wb") as file:
            for name, writes in self._tables.items():
                for operation, parameters in writes:
                    _write(file, operation, parameters)
                for items in _pages(name, call):
                    puts = [{"PutRequest": {"Item": item}} for item in items]
                    for at in range(0, len(puts), _BATCH):
                        _write(file, "BatchWriteItem", {"RequestItems": {name: puts[at : at + _BATCH]}})
        self._file.close()
        os.replace(shorter, self._path)
        self._file = self._path.open("ab")


def _write(file: BinaryIO, operation: str, parameters: Json) -> None:
    file.write(json.dumps([operation, parameters], separators=(",", ":")).encode() + b"\n")


def _pages(table: str, call: Call) -> Iterator[list[Json]]:
    page = call("Scan", {"TableName": table})
    yield page["Items"]
    while "LastEvaluatedKey" in page:
        page = call("Scan", {"TableName": table, "ExclusiveStartKey": page["LastEvaluatedKey"]})
        yield page["Items"]


@contextmanager
def opened(folder: Path, call: Call) -> Iterator[Journal]:
    """Repeat what a folder's journal has, and give it; it is shortened before and after the block."""
    import fcntl  # POSIX has it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{_FILE}.lock").open("w")
        journal = Journal(folder / _FILE)
    except OSError as error:
        raise CommandError(f"can't keep data in {folder} ({error.strerror}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(f"another process keeps its data in {folder}.") from error
        journal.repeat(call)
        journal.shorten(call)
        try:
            yield journal
        finally:
            journal.shorten(call)
