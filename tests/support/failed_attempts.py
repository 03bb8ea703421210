"""What counts against guessing and asking, as the table has it."""

from chalicelib.table import keys
from chalicelib.table.items import FailedAttemptsItem
from chalicelib.table.keys import Key
from tests.support.world import World


def counts(world: World) -> dict[Key, int]:
    """Return how many attempts each count has, by its key."""
    return {
        Key(*key): int(item["failures"]["N"])
        for key, item in world.items().items()
        if key[0].startswith("FAILURES")
    }


def wrong_from_this_address(world: World, count: int) -> None:
    """Make so many attempts from the caller's address have failed in this hour."""
    address = keys.failed_attempts_of_network("127.0.0.1", world.runtime.epoch() // 3600)
    now = world.runtime.epoch()
    FailedAttemptsItem(*address, failures=count, last_failure_at=now, expires_at=now + 7200).save()
