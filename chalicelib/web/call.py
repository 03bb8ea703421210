"""What an endpoint's function gets: who calls, what was read, and the unit of work for its writes."""

from collections.abc import Callable, Collection, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from chalicelib.auth import passwords
from chalicelib.auth.throttling import Limits
from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table import preloaded as table
from chalicelib.table import sequences
from chalicelib.table.keys import Key
from chalicelib.table.paging import PageRequest
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import StaleState, UnitOfWork
from chalicelib.web.request import Request

Principal = TypeVar("Principal")
T = TypeVar("T")


@dataclass
class Call(Generic[Principal]):
    """One run of an endpoint's function.

    If the commit fails because the stored state has changed, the function runs again with a new `Call`. Its
    only I/O is to read what can't be preloaded: a list's page, or the sessions of an account that is being
    closed.

    Attributes:
        request: the request.
        principal: who is calling.
        preloaded: what was read before the function runs.
        page: the requested page; meaningful only if the endpoint has `paging`.
        work: the writes of the request.
        computed: expensive values, kept from run to run.
        limits: the request's throttling limits.
        loaded: what `loads=` returned.
        secret_matches: whether the given secret was correct; None while none was compared.
        reveals_account: whether the answer reveals that an account exists, which counts against the network.
    """

    request: Request
    principal: Principal
    preloaded: Preloaded
    page: PageRequest
    work: UnitOfWork
    computed: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    limits: Limits = ()
    loaded: Any = field(default=None, repr=False)
    secret_matches: bool | None = None
    reveals_account: bool = False

    @property
    def runtime(self) -> Runtime:
        """Settings, clock, ids."""
        return self.request.runtime

    @property
    def now(self) -> str:
        """The present moment as the documents print it."""
        return self.runtime.now()

    def next_id(self, sequence: str) -> int:
        """Return a new, unique id; the endpoint declares the sequence as `new_id`."""
        return sequences.next_id(sequence, self.preloaded, self.work)

    def read(self, keys: Iterable[Key | None]) -> Preloaded:
        """Read further records consistently, and return all that were read so far."""
        self.preloaded.add(table.read(self.preloaded.unread(keys), self.runtime))
        return self.preloaded

    def read_again(self, keys: Collection[Key | None]) -> Preloaded:
        """Read records consistently once more: what one call reads is not of a single moment."""
        self.preloaded.mark_stale(keys)
        return self.read(keys)

    def read_to_show(self, keys: Iterable[Key | None]) -> Preloaded:
        """Read what is only shown, not decided on: eventually consistent, at half the price."""
        self.preloaded.add(table.read(self.preloaded.unread(keys), self.runtime, consistent=False))
        return self.preloaded

    def write_afterwards(self, add: Callable[[UnitOfWork], None]) -> None:
        """Make a separate write after the request was committed; if it fails, it is dropped."""

        def write() -> None:
            work = UnitOfWork(self.runtime)
            add(work)
            with suppress(StaleState, Unavailable):
                work.commit()

        self.work.after_commit(write)

    def once(self, name: Hashable, compute: Callable[[], T]) -> T:
        """Return the result of `compute`, which is called once however often the function runs."""
        if name not in self.computed:
            self.computed[name] = compute()
        found: T = self.computed[name]
        return found

    def hash_password(self, password: str) -> str:
        """Return the hash to store of a new password."""
        return self.once(("hash", password), lambda: passwords.hash_password(password, self.runtime))

    def password_matches(self, password: str, encoded: str | None) -> bool:
        """Compare a password with a hash; without a hash do the same work, and return False."""
        matches = self.once(
            ("matches", password, encoded), lambda: passwords.matches(password, encoded, self.runtime)
        )
        self.secret_matches = matches
        return matches


PublicCall = Call[None]
