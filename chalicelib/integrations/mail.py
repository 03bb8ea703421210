"""Outgoing mail: through Amazon SES, or into the log where no sender is configured.

The client is created on first use, so functions that send no mail never load it.
"""

from chalicelib import log
from chalicelib.errors import Unavailable
from chalicelib.integrations import aws
from chalicelib.integrations.mail_texts import Mail
from chalicelib.runtime import Runtime


def send(recipient: str, mail: Mail, runtime: Runtime) -> None:
    """Send a mail.

    Raises:
        Unavailable: Amazon SES does not take it, or is out of reach.
    """
    sender, (subject, text) = runtime.settings.mail_sender, mail
    if sender is None:
        log.mail(recipient=recipient, subject=subject, text=text)
        return
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        aws.client("ses").send_email(
            Source=sender,
            Destination={"ToAddresses": [recipient]},
            Message={"Subject": _utf8(subject), "Body": {"Text": _utf8(text)}},
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def send_if_possible(recipient: str, mail: Mail, runtime: Runtime) -> None:
    """Send a mail on a best-effort basis: a failure is logged and not raised."""
    try:
        send(recipient, mail, runtime)
    except Unavailable as error:
        log.failure(request_id="", route="mail", error=error.__cause__ or error)


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
