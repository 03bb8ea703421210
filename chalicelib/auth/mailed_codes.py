"""Codes that are mailed to an address: six digits, valid for 15 minutes and five attempts.

Only an HMAC of a code is stored, bound to its purpose, owner and address: a plain hash of six digits could be
brute-forced, and the HMAC's key is not in the table. Code and attempts are stored under the address and not
under the account, so that closing an account and registering again gains no further attempts.
"""

import hmac
from dataclasses import field

from chalicelib.auth import mail_quota
from chalicelib.config import SigningKey
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import AttributeKind
from chalicelib.table.items import MailedCodeItem
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import Condition
from chalicelib.table.unit_of_work import UnitOfWork

CONFIRMATION, RESET = "confirmation", "reset"
MAX_TRIES = 5
LIFETIME_SECONDS = 15 * 60

_SMALLEST, _LARGEST = 100_000, 999_999  # a code is also sent as a number, which has no leading zeros


@frozen
class Code:
    """What is stored of a code; `code_expires_at` is in seconds since 1970."""

    code_digest: str = field(default="", repr=False)
    code_expires_at: int = 0
    code_failures: int = 0

    def is_valid(self, runtime: Runtime) -> bool:
        """Tell whether it is neither expired nor used up."""
        return self.code_expires_at > runtime.epoch() and self.code_failures < MAX_TRIES


CODE = AttributeKind("mailed-code", Code, code_digest=str, code_expires_at=int, code_failures=int)


def new_code(runtime: Runtime) -> str:
    """Return a new code."""
    return str(runtime.rng.randint(_SMALLEST, _LARGEST))


@frozen
class Codes:
    """The codes for one purpose that are mailed to an address; only the last one is good.

    Attributes:
        purpose: what they are for.
        audience: the surface.
        email: the address, in any spelling that has the same guard item.
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
        """The keys to read before another code is mailed."""
        return [self.key, keys.mailings(self.email)]

    def last(self, preloaded: Preloaded) -> Code:
        """Return the last code, or an invalid one if none was mailed."""
        return preloaded.get(CODE, self.key) or Code()

    def nothing_to_guess(self, preloaded: Preloaded, runtime: Runtime) -> bool:
        """Tell whether no valid code is left to guess; False until the last code has been read."""
        return not preloaded.unread([self.key]) and not self.last(preloaded).is_valid(runtime)

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
        """Replace the last code by a new one, which the caller mails after the commit.

        Args:
            work: writes it, and counts the mail.
            code: the code.
            owner: the account: a user's id as text, or a customer's uuid; "" if there is no account.
            address: the account's address, as it is spelled there.
            preloaded: includes the keys of `preload`.
            runtime: settings and clock.

        Raises:
            Throttled: the address got too many codes in a day.
        """
        mail_quota.record(work, mail_quota.CODES, self.email, preloaded, runtime)
        until = runtime.epoch() + LIFETIME_SECONDS
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
        """Count a wrong attempt at the last code, on condition that it is unchanged and still valid."""
        tried = MailedCodeItem(*self.key)
        work.update(tried, [MailedCodeItem.code_failures.add(1)], self._still_valid(preloaded, runtime))

    def spend(self, work: UnitOfWork, preloaded: Preloaded, runtime: Runtime) -> None:
        """Delete the last code, on condition that it is unchanged and still valid."""
        work.delete(self.key, self._still_valid(preloaded, runtime))

    def _still_valid(self, preloaded: Preloaded, runtime: Runtime) -> Condition:
        still_valid: Condition = (
            (MailedCodeItem.code_digest == self.last(preloaded).code_digest)
            & (MailedCodeItem.code_failures < MAX_TRIES)
            & (MailedCodeItem.code_expires_at > runtime.epoch())
        )
        return still_valid
