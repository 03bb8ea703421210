"""Orders as they come in (Orders API document)."""

from collections.abc import Container, Mapping
from typing import Any

from marshmallow import Schema

from chalicelib.orders.model import OrderDraft
from chalicelib.web.fields import Flag, PrimaryKey, Text, load

_DESCRIPTION_LENGTH = 500


class _Draft(Schema):
    description = Text(_DESCRIPTION_LENGTH, required=True)
    creator = PrimaryKey(required=True)
    executor = PrimaryKey(required=True)
    client = PrimaryKey(required=True)
    service = PrimaryKey(required=True)


class _Change(Schema):
    description = Text(_DESCRIPTION_LENGTH, required=True)
    executor = PrimaryKey(required=True)
    done = Flag()


def load_draft(body: Mapping[str, Any], references: Mapping[str, Container[int]]) -> OrderDraft:
    """Return the order to create that a body describes.

    Raises:
        ValidationFailed: fields are missing or wrong, or name what does not exist.
    """
    return OrderDraft(**load(_Draft, body, references))


def load_change(
    body: Mapping[str, Any], references: Mapping[str, Container[int]], *, partial: bool
) -> dict[str, Any]:
    """Return the fields of an order that a PUT (all but `done`) or a PATCH (any) sets.

    Raises:
        ValidationFailed: fields are missing or wrong, or name what does not exist.
    """
    existing = {"executor": references["executor"]}
    return load(_Change, body, existing, partial=partial)
