"""The texts of all mails: one function a message."""

from typing import NamedTuple


class Mail(NamedTuple):
    """What is sent to somebody."""

    subject: str
    text: str


def confirmation_code(code: str) -> Mail:
    """Return the mail with the code that confirms an address."""
    return Mail(
        "Your confirmation code",
        f"Your confirmation code is {code}.\n\n"
        "It is good for 15 minutes. If you did not ask for it, there is nothing to do.\n",
    )
