"""Partitions as the data model names them, who shares each, and over how many its traffic is spread."""

import re
from typing import NamedTuple

from chalicelib.table.counts import COUNT_SHARDS, LIST_SHARDS
from chalicelib.table.sequences import BLOCK

_NAMED = (
    (re.compile(r"^(EMAIL#\w+)#.*"), r"\1#email"),
    (re.compile(r"^(USERNAME)#.*"), r"\1#username"),
    (re.compile(r"^(ORGNAME)#.*"), r"\1#name"),
    (re.compile(r"^(MAILED)#.*"), r"\1#address"),
    (re.compile(r"^(SEARCH)#.*"), r"\1#first character"),
    (re.compile(r"^(SEQUENCE)#.*"), r"\1#name"),
    (re.compile(r"^(FAILURES#(?:ADDRESS|REFRESH))#.*"), r"\1#network"),
    (re.compile(r"^(FAILURES#\w+#\w+)#.*"), r"\1#account"),
    (re.compile(r"^(LISTEDPRODUCTS)#.*"), r"\1#type"),
    (re.compile(r"^(COUNT#products of type) .*(#\d+)$"), r"COUNT#products of a type\2"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "uuid"),
    (re.compile(r"^((?:COUNT|CUSTOMERS|SHOPORDERS)\b.*)#\d+$"), r"\1#shard"),
    (re.compile(r"#\d+\b"), "#id"),
)


def family(partition: str) -> str:
    """Return a partition key as docs/data-model.md names it, without the values in it."""
    for values, name in _NAMED:
        partition = values.sub(name, partition)
    return partition


def without_index(place: str) -> str:
    """Return the family of `gsi1 FAMILY`, or of `FAMILY` of the table."""
    return _INDEX.sub("", place)


_INDEX = re.compile(r"^gsi\d ")


class Sharing(NamedTuple):
    """Who shares a partition, and among how many their writes are spread (or over how many writes one goes).

    A list or a count reads all of its shards, so that reads are not spread.
    """

    by: str
    spread: int = 1


SHARED = {
    "FAILURES#ADDRESS#network": Sharing("who comes from the network"),
    "FAILURES#REFRESH#network": Sharing("who comes from the network"),
    "SEQUENCE#name": Sharing("everybody", BLOCK),
    "ORG#id": Sharing("the organization"),
    "ORG#id#ORDERS": Sharing("the organization"),
    "ORG#id#CREATOR#id": Sharing("who works for the creator"),
    "ORG#id#EXECUTOR#id": Sharing("who works with the executor"),
    "EXECUTOR#id": Sharing("who works with the executor"),
    "USER#id": Sharing("who works with the user"),
    "COUNT#customers#shard": Sharing("everybody", COUNT_SHARDS),
    "CUSTOMERS#shard": Sharing("everybody", LIST_SHARDS),
    "LISTEDPRODUCTS": Sharing("everybody"),
    "LISTEDPRODUCTS#type": Sharing("who wants the type"),
    "COUNT#products#shard": Sharing("everybody"),
    "COUNT#products of a type#shard": Sharing("who wants the type"),
    "SEARCH#first character": Sharing("who searches so"),
    "PRODUCT#uuid": Sharing("who wants the product"),
    "COUNT#shop-orders#shard": Sharing("everybody", COUNT_SHARDS),
    "SHOPORDERS#shard": Sharing("everybody", LIST_SHARDS),
    **{
        f"SHOPORDERS#{status}#shard": Sharing("everybody", LIST_SHARDS)
        for status in ("new", "to_pay", "paid", "returned", "error")
    },
}
"""All other partitions belong to one account, one order or one claim, which nobody else comes to."""
