"""The smallest table on which it shows whether a write happened, and how often."""

from __future__ import annotations

import uuid
from typing import Any

from botocore.client import BaseClient

from tests.engines.engine import Engine

KEY = {"pk": {"S": "stock"}, "sk": {"S": "product"}}


class Stock:
    """A table of its own with one number in it, which is 0 until something is added."""

    def __init__(self, engine: Engine, **config: Any) -> None:
        self.client: BaseClient = engine.client(**config)
        self.events = self.client.meta.events
        self.table = f"faults-{uuid.uuid4()}"
        self.client.create_table(
            TableName=self.table,
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )

    def add_one(self) -> None:
        """Add with a plain write: done twice, it counts twice."""
        self.client.update_item(**self._adding_one())

    def add_one_in_transaction(self) -> None:
        """Add with the first action of a transaction of two, whose second puts another item."""
        other = {"TableName": self.table, "Item": {"pk": {"S": "other"}, "sk": {"S": "other"}}}
        self.client.transact_write_items(TransactItems=[{"Update": self._adding_one()}, {"Put": other}])

    def value(self) -> int:
        """The number as it is now."""
        found = self.client.get_item(TableName=self.table, Key=KEY, ConsistentRead=True)
        return int(found.get("Item", {"n": {"N": "0"}})["n"]["N"])

    def drop(self) -> None:
        """Take the table away."""
        self.client.delete_table(TableName=self.table)

    def _adding_one(self) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "Key": KEY,
            "UpdateExpression": "ADD n :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
