"""The mail that Amazon SES would have sent."""

from abc import ABC, abstractmethod
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from tests.engines.engine import REGION

SENDER = "orders@example.com"

Mail = tuple[str, str, str, str]
"""Sender, recipient, subject and text."""


class Mailbox(ABC):
    """What a sender sent, to everybody."""

    def __init__(self, sender: str) -> None:
        self.sender = sender

    @property
    @abstractmethod
    def messages(self) -> list[Mail]:
        """The mails, in the order in which they were sent."""

    def code(self) -> str:
        """Return the confirmation code in the last mail."""
        return "".join(filter(str.isdigit, self.messages[-1][-1].partition(".")[0]))


class MotoMailbox(Mailbox):
    """What was sent since it was opened, as moto keeps it."""

    def __init__(self) -> None:
        super().__init__(SENDER)
        ses_backends[DEFAULT_ACCOUNT_ID][REGION].verify_email_identity(SENDER)
        self._seen = len(_sent())

    @property
    def messages(self) -> list[Mail]:
        """The mails, in the order in which they were sent."""
        return [
            (message.source, message.destinations["ToAddresses"][0], message.subject, message.body)
            for message in _sent()[self._seen :]
        ]


def _sent() -> list[Any]:
    sent: list[Any] = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    return sent
