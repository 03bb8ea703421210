"""Codes that are mailed to an address: six digits, good for 15 minutes and for five tries.

A code is kept as a keyed digest that is bound to its purpose, its owner and the address: six digits are
quickly tried against any digest, so that only the key, which is not in the table, protects them. It is kept
by the address, as its tries are: an account that is closed and registered anew gets no more of them.
"""

import hmac
from dataclasses import dataclass, field

from chalicelib.auth import mailings
from chalicelib.config import SigningKey
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import MailedCodeItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import Condition
from chalicelib.table.unit_of_work import UnitOfWork

CONFIRMATION, RESET = "confirmation", "reset"
MOST_TRIES = 5
GOOD_SECONDS = 15 * 60

_SMALLEST, _LARGEST = 100_000, 999_999  # a code is also sent as a number, which has no leading zeros


@dataclass(frozen=True)
class Code:
    """What is kept of a code; `code_expires_at` is in seconds since 1970."""

    code_digest: str = field(default="", repr=False)
    code_expires_at: int = 0
    code_failures: int = 0

    def is_good(self, runtime: Runtime) -> bool:
        """Tell whether it can still be given."""
        return self.code_expires_at > runtime.epoch() and self.code_failures < MOST_TRIES


CODE = AttributeKind("mailed-code", Code, code_digest=str, code_expires_at=int, code_failures=int)


def new_code(runtime: Runtime) -> str:
    """Return a new code."""
    return str(runtime.rng.randint(_SMALLEST, _LARGEST))


@dataclass(frozen=True)
class Codes:
    """The codes for one purpose that are mailed to an address; only the last one is good.

    Attributes:
        purpose: what they are for.
        audience: the surface.
        email: the address, in any spelling that is the same claim.
    """

    purpose: str
    audience: str
    email: str

    @property
    def key(self) -> Key:
        """The key of the last code."""
        return keys.mailed_code(self.purpose, self.audience, self.email)

    @property
    def preload(self) -> list[Key]:
        """The keys of all that decides whether another code is mailed."""
        return [self.key, keys.mailings(self.email)]

    def last(self, preloaded: Preloaded) -> Code:
        """Return the last code; one that is good for nothing where none was mailed."""
        return preloaded.get(CODE, self.key) or Code()

    def are_used_up(self, preloaded: Preloaded, runtime: Runtime) -> bool:
        """Tell whether there is nothing to be guessed; not before the last code was read."""
        return not preloaded.lacking([self.key]) and not self.last(preloaded).is_good(runtime)

    def replace(
        self,
        work: UnitOfWork,
        code: str,
        *,
        owner: str,
        address: str,
        preloaded: Preloaded,
        runtime: Runtime,
    ) -> None:
        """Put a new code in the place of the last one, to be mailed once that is written.

        Args:
            work: writes it, and counts the mail.
            code: the code.
            owner: whose code it is: a user's id as text, or a customer's uuid; "" for nobody's.
            address: the owner's, as it is written in the account.
            preloaded: with what was read of `preload`.
            runtime: settings and clock.

        Raises:
            Throttled: the address got too many codes in a day.
        """
        mailings.record(work, mailings.CODES, self.email, preloaded, runtime)
        until = runtime.epoch() + GOOD_SECONDS
        digest = self._digest(runtime.settings.signing_keys[0], code, owner, address)
        item = MailedCodeItem(*self.key, code_digest=digest, code_expires_at=until, expires_at=until)
        work.put(item, None)

    def matches(self, given: str, owner: str, address: str, preloaded: Preloaded, runtime: Runtime) -> bool:
        """Tell whether what was given is the last code, for this owner and this address."""
        kept = self.last(preloaded).code_digest
        found = [
            hmac.compare_digest(self._digest(key, given, owner, address), kept)
            for key in runtime.settings.signing_keys
        ]
        return any(found)

    def _digest(self, key: SigningKey, code: str, owner: str, address: str) -> str:
        message = "\0".join((self.purpose, self.audience, owner, address, code))
        return hmac.new(key.secret.encode(), message.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    def record_wrong_try(self, work: UnitOfWork, preloaded: Preloaded, runtime: Runtime) -> None:
        """Count a wrong try of the last code, unless that changes or is used up meanwhile."""
        tried = MailedCodeItem(*self.key)
        work.update(tried, [MailedCodeItem.code_failures.add(1)], self._still_good(preloaded, runtime))

    def spend(self, work: UnitOfWork, preloaded: Preloaded, runtime: Runtime) -> None:
        """Delete the last code, unless that changes or is used up meanwhile."""
        work.delete(self.key, self._still_good(preloaded, runtime))

    def _still_good(self, preloaded: Preloaded, runtime: Runtime) -> Condition:
        still_good: Condition = (
            (MailedCodeItem.code_digest == self.last(preloaded).code_digest)
            & (MailedCodeItem.code_failures < MOST_TRIES)
            & (MailedCodeItem.code_expires_at > runtime.epoch())
        )
        return still_good
