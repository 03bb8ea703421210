"""What a request depends on besides its input: settings, clock, randomness, and sleep.

Every source of nondeterminism is here, so that a test can pass its own.
"""

import random
import time
import uuid
from collections.abc import Callable
from dataclasses import field
from datetime import UTC, datetime

from chalicelib import times
from chalicelib.config import Settings
from chalicelib.frozen import frozen

_MAX_SESSION_ID = 2**53 - 1  # every JSON parser reads it exactly


@frozen
class Runtime:
    """The settings, the clock, the source of ids and randomness, and how to wait.

    Attributes:
        timer: seconds from whatever moment, for what an answer takes.
        max_runs: how often a request is run at most; if its state has changed each time, the answer is 503.
    """

    settings: Settings
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    timer: Callable[[], float] = time.perf_counter
    sleep: Callable[[float], None] = time.sleep
    rng: random.Random = field(default_factory=random.SystemRandom)
    max_runs: int = 8

    @classmethod
    def from_environment(cls) -> "Runtime":
        """Return the runtime of a deployed or local process.

        Raises:
            SettingsError: the environment is incomplete or wrong.
        """
        return cls(Settings.from_environment())

    def now(self) -> str:
        """Return the present moment as the documents print it."""
        return times.iso(self.clock())

    def epoch(self) -> int:
        """Return the present moment in whole seconds since 1970."""
        return times.epoch(self.clock())

    def new_uuid(self) -> str:
        """Return a random (version 4) uuid in its canonical form."""
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def new_session_id(self) -> int:
        """Return a random id that any JSON parser reads exactly."""
        return self.rng.randint(1, _MAX_SESSION_ID)
