"""What an endpoint's function gets: who calls, what was read, and the unit of work for its writes."""

from collections.abc import Callable, Hashable, Iterable
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

    The function runs again, with a new `Call`, when somebody else was faster than its writes. It does no I/O
    of its own, except that a list reads its page.

    Attributes:
        request: the request.
        principal: who is calling.
        preloaded: what was read before the function runs.
        page: the page that is asked for; only where the endpoint gives pages.
        work: the writes of the request.
        computed: what is expensive and the same in every run.
        limits: those that the request has to keep.
        record: what the endpoint `loads`.
        secret: whether the secret that was given is right; None while none was compared.
        tells_who_exists: whether the answer tells what accounts there are, which counts against the network.
    """

    request: Request
    principal: Principal
    preloaded: Preloaded
    page: PageRequest
    work: UnitOfWork
    computed: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    limits: Limits = ()
    record: Any = field(default=None, repr=False)
    secret: bool | None = None
    tells_who_exists: bool = False

    @property
    def runtime(self) -> Runtime:
        """Settings, clock, ids."""
        return self.request.runtime

    @property
    def now(self) -> str:
        """The present moment as the documents print it."""
        return self.runtime.now()

    def next_id(self, sequence: str) -> int:
        """Return an id that nobody else gets; the endpoint declares the sequence as `new_id`."""
        return sequences.next_id(sequence, self.preloaded, self.work)

    def read(self, keys: Iterable[Key | None]) -> Preloaded:
        """Read what a decision needs, and return all that was read so far."""
        self.preloaded.add(table.read(self.preloaded.lacking(keys), self.runtime))
        return self.preloaded

    def read_to_show(self, keys: Iterable[Key | None]) -> Preloaded:
        """Read what a list merely shows around its entries, which may be a moment old, at half the price."""
        self.preloaded.add(table.read(self.preloaded.lacking(keys), self.runtime, consistent=False))
        return self.preloaded

    def write_afterwards(self, add: Callable[[UnitOfWork], None]) -> None:
        """Write something of its own once the request is committed; what can't be written is left."""

        def write() -> None:
            work = UnitOfWork(self.runtime)
            add(work)
            with suppress(StaleState, Unavailable):
                work.commit()

        self.work.after_commit(write)

    def once(self, name: Hashable, compute: Callable[[], T]) -> T:
        """Return what `compute` gives; computed once however often the function runs."""
        if name not in self.computed:
            self.computed[name] = compute()
        found: T = self.computed[name]
        return found

    def hash_password(self, password: str) -> str:
        """Return the hash to store of a new password."""
        return self.once(("hash", password), lambda: passwords.hash_password(password, self.runtime))

    def password_matches(self, password: str, encoded: str | None) -> bool:
        """Tell whether a password is the one behind a hash; without a hash it is not, after the same work."""
        matches = self.once(
            ("matches", password, encoded), lambda: passwords.matches(password, encoded, self.runtime)
        )
        self.secret = matches
        return matches


PublicCall = Call[None]
