"""Conditional writes: several items in one transaction, or one item alone.

Every write carries the id of its operation. DynamoDB's client token makes a repeated transaction harmless for
ten minutes; the id inside the items makes it recognizable for ever and on every engine: a condition that
fails on an item which this very operation wrote means that the first attempt took effect and only its answer
was lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.constants import ALL_OLD
from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.runtime import Runtime
from chalicelib.table.engine import Refused, attempt, read
from chalicelib.table.items import Item
from chalicelib.table.keys import Key


def absent() -> Condition:
    """The item does not exist yet."""
    return Item.pk.does_not_exist()


def at_version(version: int) -> Condition:
    """The item is as it was read."""
    return Item.version == version


@dataclass(frozen=True)
class _Operation:
    subject: str
    verb: str
    item: Item
    condition: Condition | None
    actions: tuple[Action, ...] = ()


class UnitOfWork:
    """Writes that happen together or not at all; a refusal names what failed by its subject.

    Args:
        runtime: the way to wait between tries, and the source of the operation's id.
    """

    # PynamoDB sends a transaction's actions in this order, and DynamoDB gives its reasons in the order sent.
    _SENT = ("check", "delete", "put", "update")

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._operations: list[_Operation] = []
        self.id = runtime.new_uuid()

    def put(self, subject: str, item: Item, condition: Condition | None) -> None:
        """Write a whole item if the condition holds."""
        item.op = self.id
        self._operations.append(_Operation(subject, "put", item, condition))

    def update(
        self, subject: str, item: Item, actions: Sequence[Action], condition: Condition | None = None
    ) -> None:
        """Change attributes of an item if the condition holds; without one, a missing item appears."""
        marked = (*actions, Item.op.set(self.id))
        self._operations.append(_Operation(subject, "update", item, condition, marked))

    def delete(self, subject: str, item: Item, condition: Condition | None = None) -> None:
        """Delete an item if the condition holds."""
        self._operations.append(_Operation(subject, "delete", item, condition))

    def commit(self) -> None:
        """Write everything, or nothing.

        Raises:
            Refused: a condition did not hold; `stored` has the items that failed, by subject.
            Unavailable: DynamoDB is busy or out of reach.
        """
        sent = sorted(self._operations, key=lambda operation: self._SENT.index(operation.verb))
        try:
            attempt(lambda: self._send(sent), self._runtime)
        except TransactWriteError as error:
            refused = _refused(sent, error)
            if refused is None:
                raise
            if not any(item is not None and item.op == self.id for item in refused.values()):
                raise Refused(refused) from error

    def _send(self, operations: list[_Operation]) -> None:
        connection = Item._get_connection().connection
        with TransactWrite(connection=connection, client_request_token=self.id) as transaction:
            for operation in operations:
                _add(transaction, operation)


def _add(transaction: TransactWrite, operation: _Operation) -> None:
    item, condition = operation.item, operation.condition
    if operation.verb == "put":
        transaction.save(item, condition=condition, return_values=ALL_OLD)
    elif operation.verb == "update":
        transaction.update(item, list(operation.actions), condition=condition, return_values=ALL_OLD)
    else:
        transaction.delete(item, condition=condition)


def _refused(sent: list[_Operation], error: TransactWriteError) -> dict[str, Item | None] | None:
    """Return what failed its condition, by subject; None when the transaction failed for another reason."""
    reasons = list(zip(sent, error.cancellation_reasons, strict=False))
    failed = [(operation, reason) for operation, reason in reasons if reason is not None]
    if not failed or any(reason.code != "ConditionalCheckFailed" for _, reason in failed):
        return None
    return {operation.subject: _item(reason.raw_item) for operation, reason in failed}


def _item(raw: dict[str, dict[str, Any]] | None) -> Item | None:
    return Item.from_raw_data(raw) if raw else None


def put(item: Item, condition: Condition, runtime: Runtime, subject: str = "item") -> None:
    """Write one item if the condition holds.

    Raises:
        Refused: it did not; `stored` has the item as it is, under its subject.
        Unavailable: DynamoDB is busy or out of reach.
    """
    item.op = runtime.new_uuid()
    try:
        attempt(lambda: item.save(condition=condition), runtime)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        # Not every engine sends the stored item along with the refusal of a single write, so it is read.
        key = Key(item.pk, item.sk)
        stored = read([key], runtime).item(key)
        if stored is None or stored.op != item.op:
            raise Refused({subject: stored}) from error
