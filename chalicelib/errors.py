"""What can go wrong, as a small declared family.

Each class names one outcome of the specification. `web/errors.py` maps every class to a status and a body
per surface; a test walks the subclasses so that none is left out.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self

FieldErrors = dict[str, list[str]]


class DomainError(Exception):
    """The base class of errors that are reported to the caller.

    Attributes:
        writes: adds writes to a unit of work that is committed although the request fails.
        failed_attempt: whether it counts against the caller's network if the endpoint throttles.
    """

    writes: Callable[[Any], None] | None = None
    failed_attempt: bool = False

    def with_writes(self, writes: Callable[[Any], None]) -> Self:
        """Return the error with writes that are committed when it ends a request."""
        self.writes = writes
        return self

    def as_failed_attempt(self) -> Self:
        """Mark this one error as a failed attempt, which counts against the network, and return it."""
        self.failed_attempt = True
        return self


class NotAuthenticated(DomainError):
    """No credentials were sent (Orders API document, "Token error")."""


class TokenNotValid(DomainError):
    """A token is malformed, expired, of another type or audience, wrongly signed, or used up."""


class SignInRefused(DomainError):
    """No account fits the given credentials (companion, "Staff accounts")."""


class PermissionDenied(DomainError):
    """The principal may not do this, or is not confirmed."""


class SessionOver(DomainError):
    """The token is good, but the session behind it was ended, has expired, or never existed."""


class NotFound(DomainError):
    """The thing does not exist for this principal."""


class CodeRefused(DomainError):
    """A mailed code is wrong, used up, too old, or was never sent (companion, "Confirmation")."""


class RoleInUse(DomainError):
    """A role that a member has can't be deleted (companion, "Organizations")."""


class StillOwnsOrganizations(DomainError):
    """The creator of an open organization can't close the account: nobody else has every right in it."""


class TooManyMemberships(DomainError):
    """The user has accepted as many memberships as one can have.

    Args:
        most: how many that is.
    """

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Throttled(DomainError):
    """Too many attempts came before this one.

    Args:
        retry_after: seconds until the next attempt is considered.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many attempts")
        self.retry_after = retry_after


class ContactMissing(DomainError):
    """A registration or sign-in names neither an email address nor a phone (companion, "Staff accounts")."""


class ValidationFailed(DomainError):
    """Fields are wrong, every one of them named at once.

    Args:
        fields: messages by field, in the document's field order.
    """

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__(", ".join(fields))
        self.fields: FieldErrors = dict(fields)


class Unavailable(DomainError):
    """The table (or Amazon SES) is busy or out of reach; whether anything was written is not known.

    Args:
        retry_after: seconds after which a client may try again.
    """

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__("the table is busy or out of reach")
        self.retry_after = retry_after


class MalformedBody(DomainError):
    """The body is not valid JSON."""


class NotAnObject(DomainError):
    """The body is JSON, but not an object."""


class UnsupportedMediaType(DomainError):
    """The body's media type, which is the argument, is not supported."""


class UnsupportedContentEncoding(DomainError):
    """The body is compressed, or coded in another way; the argument names it."""


class BodyTooLarge(DomainError):
    """The body is over 256 KiB."""


class WrongParameter(DomainError):
    """A query parameter is invalid.

    Args:
        name: the parameter.
        message: what is wrong with it.
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name)
        self.name = name
        self.message = message


class Unexpected(DomainError):
    """An unexpected failure; the details are in the log."""
