"""The texts of all mail, one function per message."""

from collections.abc import Sequence
from typing import NamedTuple

EMAIL_ADDRESS = "email address"  # of what `account_changed` is told of


class Mail(NamedTuple):
    """The subject and text of a mail."""

    subject: str
    text: str


def confirmation_code(code: str) -> Mail:
    """Return the mail with the code that confirms an address."""
    return Mail(
        "Your confirmation code",
        f"Your confirmation code is {code}.\n\n"
        "It is good for 15 minutes. If you did not ask for it, there is nothing to do.\n",
    )


def reset_code(code: str) -> Mail:
    """Return the mail with the code for a password reset."""
    return Mail(
        "Your code for a new password",
        f"Your code for a new password is {code}.\n\n"
        "It is good for 15 minutes. If you did not ask for it, there is nothing to do.\n",
    )


def account_changed(what: Sequence[str]) -> Mail:
    """Return the mail that tells the owner of an account what was changed in it."""
    # Who reads this at an address that the account had can't reset its password any more.
    remedy = "tell us" if EMAIL_ADDRESS in what else "somebody knows your password: reset it"
    return Mail(
        "Your account was changed",
        f"This was changed in your account just now: {', '.join(what)}.\n\n"
        f"If that was you, there is nothing to do. If not, {remedy}.\n",
    )


def account_closed() -> Mail:
    """Return the mail that tells the owner of an account that it is gone."""
    return Mail(
        "Your account was closed",
        "Your account was closed just now, and your personal data was erased.\n\n"
        "If that was not you, tell us.\n",
    )
