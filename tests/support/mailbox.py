"""The mail that Amazon SES would have sent, as moto keeps it."""

from typing import Any

import boto3
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from tests.engines.engine import REGION

SENDER = "orders@example.com"


class Mailbox:
    """What was sent since it was opened, to everybody."""

    def __init__(self) -> None:
        client = boto3.session.Session(region_name=REGION).client("ses")
        client.verify_email_identity(EmailAddress=SENDER)
        self._seen = len(_sent())

    @property
    def messages(self) -> list[tuple[str, str, str, str]]:
        """Sender, recipient, subject and text of each mail, in the order in which they were sent."""
        return [
            (message.source, message.destinations["ToAddresses"][0], message.subject, message.body)
            for message in _sent()[self._seen :]
        ]

    def code(self) -> str:
        """Return the confirmation code in the last mail."""
        return "".join(filter(str.isdigit, self.messages[-1][-1].partition(".")[0]))


def _sent() -> list[Any]:
    sent: list[Any] = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    return sent
