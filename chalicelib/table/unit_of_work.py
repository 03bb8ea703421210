"""The writes of one request: conditional, together or not at all.

A write may name the domain error that a failure of its condition means. Without one, a failure means that the
state has changed since it was read, and the request has to run again.

Every write carries the id of its unit of work. DynamoDB's client token makes a repeated transaction harmless
for ten minutes; the id inside the items makes it recognizable for ever and on every engine: a condition that
fails on an item which this very unit wrote means that the first attempt took effect and only its answer was
lost (decision 3).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from pynamodb.constants import ALL_OLD
from pynamodb.exceptions import DeleteError, PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action as Action  # what a store's updates are made of
from pynamodb.transactions import TransactWrite

from chalicelib.errors import DomainError, Unavailable, ValidationFailed
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.table.codec import Raw
from chalicelib.table.engine import call_with_retries
from chalicelib.table.items import Item
from chalicelib.table.keys import Key

MAX_ACTIONS = 100  # in one transaction


class StaleState(Exception):
    """The stored state has changed since, or while, the request read it: the request has to run again."""


FINAL = 0
"""The version of an item's last write. Nobody writes over it: `at_version(0)` holds only without an item."""


def absent() -> Condition:
    """The item does not exist yet."""
    return Item.pk.does_not_exist()


def at_version(version: int) -> Condition:
    """The item is as it was read; version 0 means that there was none."""
    return Item.version == version if version else absent()


@frozen
class _Write:
    verb: str
    item: Item
    condition: Condition | None
    otherwise: DomainError | None
    actions: tuple[Action, ...] = ()


class UnitOfWork:
    """Collects the writes of a request and commits them.

    Args:
        runtime: sleeps between retries, and makes the unit's id.
    """

    # PynamoDB sends a transaction's actions in this order, and DynamoDB gives its reasons in the order sent.
    _SENT = ("check", "delete", "put", "update")

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._writes: list[_Write] = []
        self._after: list[Callable[[], None]] = []
        self.id = runtime.new_uuid()

    def put(self, item: Item, condition: Condition | None, otherwise: DomainError | None = None) -> None:
        """Write a whole item if the condition holds."""
        item.op = self.id
        self._writes.append(_Write("put", item, condition, otherwise))

    def update(
        self,
        item: Item,
        actions: Sequence[Action],
        condition: Condition | None = None,
        otherwise: DomainError | None = None,
    ) -> None:
        """Change attributes of an item if the condition holds; without a condition, create a missing item."""
        # A created item would have no kind unless the update sets it.
        marked = (*actions, Item.op.set(self.id), Item.kind.set(type(item)))
        self._writes.append(_Write("update", item, condition, otherwise, marked))

    def delete(
        self, key: Key, condition: Condition | None = None, otherwise: DomainError | None = None
    ) -> None:
        """Delete an item if the condition holds.

        Deleting a missing item succeeds without a condition, or as the only write. Among others a condition
        fails on it, and one of them has to be a put with a condition, which recognizes repetitions.
        """
        self._writes.append(_Write("delete", Item(*key), condition, otherwise))

    def check(self, key: Key, condition: Condition) -> None:
        """Make the other writes depend on a condition on an item that is not written."""
        self._writes.append(_Write("check", Item(*key), condition, None))

    def after_commit(self, effect: Callable[[], None]) -> None:
        """Run an effect outside the table after the commit; in the order in which they were added."""
        self._after.append(effect)

    def commit(self) -> None:
        """Write everything, or nothing; a single write goes alone, which costs half of a transaction.

        Raises:
            DomainError: a condition failed; this is its write's `otherwise`.
            StaleState: the condition of a write without `otherwise` failed.
        """
        if len(self._writes) == 1:
            self._commit_alone(self._writes[0])
        elif self._writes:
            self._commit_together()
        for effect in self._after:
            effect()

    def commit_counts(self) -> None:
        """Commit the counts of a failed attempt: in one transaction or, if that keeps failing, one by one.

        Under load, transactions on one count conflict for longer than single updates do. No attempt may go
        uncounted; that one is counted twice is acceptable.

        Raises:
            StaleState: a count has changed; nothing was written.
            Unavailable: the transaction failed, even if single updates then succeeded: a correct attempt
                would get this answer, and a wrong one must not get another.
        """
        try:
            self.commit()
        except Unavailable:
            for write in self._writes if len(self._writes) > 1 else []:
                with suppress(StaleState):
                    self._commit_alone(write)
            raise

    def _commit_together(self) -> None:
        assert len(self._writes) <= MAX_ACTIONS, f"{len(self._writes)} actions in one transaction"
        sent = sorted(self._writes, key=lambda write: self._SENT.index(write.verb))
        try:
            call_with_retries(lambda: self._send(sent), self._runtime)
        except TransactWriteError as error:
            reasons = error.cancellation_reasons
            failed = [
                (write, reason) for write, reason in zip(sent, reasons, strict=False) if reason is not None
            ]
            if not failed or any(reason.code != "ConditionalCheckFailed" for _, reason in failed):
                raise
            if not any(self._is_own(reason.raw_item) for _, reason in failed):
                raise _meaning([write for write, _ in failed]) from error

    def _send(self, writes: list[_Write]) -> None:
        connection = Item._get_connection().connection
        with TransactWrite(connection=connection, client_request_token=self.id) as transaction:
            for write in writes:
                _add(transaction, write)

    def _commit_alone(self, write: _Write) -> None:
        try:
            call_with_retries(lambda: _send_alone(write), self._runtime)
        except (PutError, UpdateError, DeleteError) as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            # Not every engine sends the stored item along with the refusal of a single write, so it is read.
            if not self._is_own(_stored(write.item, self._runtime)):
                raise _meaning([write]) from error

    def _is_own(self, raw: Raw | None) -> bool:
        return raw is not None and raw.get("op", {}).get("S") == self.id


def _add(transaction: TransactWrite, write: _Write) -> None:
    if write.verb == "check":
        transaction.condition_check(Item, write.item.pk, write.item.sk, condition=write.condition)
    elif write.verb == "put":
        transaction.save(write.item, condition=write.condition, return_values=ALL_OLD)
    elif write.verb == "update":
        transaction.update(write.item, list(write.actions), condition=write.condition, return_values=ALL_OLD)
    else:
        transaction.delete(write.item, condition=write.condition)


def _send_alone(write: _Write) -> None:
    if write.verb == "put":
        write.item.save(condition=write.condition)
    elif write.verb == "update":
        write.item.update(actions=list(write.actions), condition=write.condition)
    else:
        # A missing item may be what this very deletion left, and its answer was lost.
        write.item.delete(condition=None if write.condition is None else write.condition | absent())


def _stored(item: Item, runtime: Runtime) -> Raw | None:
    key = {"pk": {"S": item.pk}, "sk": {"S": item.sk}}
    answer: dict[str, Any] = call_with_retries(
        lambda: Item._get_connection().batch_get_item([key], consistent_read=True),  # type: ignore[list-item]
        runtime,
    )
    found: list[Raw] = answer["Responses"].get(Item.Meta.table_name, [])
    return found[0] if found else None


def _meaning(failed: Sequence[_Write]) -> Exception:
    """Return the one error that the failed conditions mean together; field errors are merged."""
    named = [write.otherwise for write in failed if write.otherwise is not None]
    if len(named) < len(failed):
        return StaleState()
    fields: dict[str, list[str]] = {}
    for error in named:
        if not isinstance(error, ValidationFailed):
            return named[0]
        fields.update(error.fields)
    together = ValidationFailed(fields)
    together.failed_attempt = any(error.failed_attempt for error in named)
    return together
