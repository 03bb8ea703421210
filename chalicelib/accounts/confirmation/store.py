"""Confirmation codes: one item a user, with the last code's digest and what counts against guessing."""

from dataclasses import dataclass

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib.accounts.model import User
from chalicelib.accounts.store import item_of
from chalicelib.auth.old_failed_attempts import NO_TRIES, Tries
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import Refused, attempt
from chalicelib.table.items import ConfirmationItem, Item
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version, put
from chalicelib.table.snapshot import Snapshot

MOST_TRIES = 5
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Confirmation:
    """The last code's digest and what happened around it; version 0 was never written."""

    digest: str = ""
    good_until: int = 0
    tries: int = 0
    wrong: Tries = NO_TRIES
    mails: Tries = NO_TRIES
    version: int = 0

    def is_good(self, moment: int) -> bool:
        """Tell whether the code can still be given, at a moment in seconds since 1970."""
        return self.good_until > moment and self.tries < MOST_TRIES


def confirmation_in(snapshot: Snapshot, user_id: int, runtime: Runtime) -> Confirmation:
    """Return a user's last code, from a snapshot that holds its key."""
    item = snapshot.item(keys.confirmation(user_id))
    if not isinstance(item, ConfirmationItem):
        return Confirmation()
    version = int(item.version or 0)
    if int(item.expires_at or 0) <= runtime.epoch():
        return Confirmation(version=version)
    return Confirmation(
        digest=item.digest,
        good_until=int(item.good_until),
        tries=int(item.tries),
        wrong=Tries(int(item.wrong), int(item.tried_at)),
        mails=Tries(int(item.mails), int(item.mailed_at)),
        version=version,
    )


def replace(user_id: int, read: Confirmation, digest: str, good_until: int, runtime: Runtime) -> None:
    """Put a new code in the place of the one that was read, and count the mail.

    Raises:
        Refused: the code was tried, or another one was mailed in between.
        Unavailable: DynamoDB is busy or out of reach.
    """
    now = runtime.epoch()
    item = ConfirmationItem(
        *keys.confirmation(user_id),
        digest=digest,
        good_until=good_until,
        wrong=read.wrong.count,
        tried_at=read.wrong.last,
        mails=read.mails.count + 1,
        mailed_at=now,
        version=read.version + 1,
        expires_at=now + _KEPT_SECONDS,
    )
    put(item, at_version(read.version) if read.version else absent(), runtime)


def take_try(user_id: int, read: Confirmation, runtime: Runtime) -> None:
    """Count a try of the code before it is compared, so that many at once get no more tries.

    Raises:
        Refused: the code is used up, too old, or not the one that was read any more.
        Unavailable: DynamoDB is busy or out of reach.
    """
    now = runtime.epoch()
    item = ConfirmationItem(*keys.confirmation(user_id))
    actions: list[Action] = [
        ConfirmationItem.tries.add(1),
        ConfirmationItem.wrong.add(1),
        ConfirmationItem.tried_at.set(now),
        ConfirmationItem.version.add(1),
    ]
    good = (
        (ConfirmationItem.digest == read.digest)
        & (ConfirmationItem.tries < MOST_TRIES)
        & (ConfirmationItem.good_until > now)
    )
    try:
        attempt(lambda: item.update(actions=actions, condition=good), runtime)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        raise Refused({"confirmation": None}) from error


def confirm(read: User, confirmed: User, runtime: Runtime) -> None:
    """Write a confirmed account over the one that was read, and delete its code.

    Raises:
        Refused: the account changed in between (subject `user`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("user", item_of(confirmed), at_version(read.version))
    work.delete("confirmation", Item(*keys.confirmation(read.id)))
    work.commit()
