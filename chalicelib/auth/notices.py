"""Notices that tell the owner of an account what was done to it."""

from contextlib import suppress
from typing import Any

from chalicelib.auth import mail_quota
from chalicelib.errors import Throttled
from chalicelib.integrations import mail
from chalicelib.integrations.mail_texts import Mail
from chalicelib.web.call import Call


def tell(call: Call[Any], email: str, notice: Mail) -> None:
    """Mail a notice after the commit, at most a few a day to one address.

    Args:
        call: has read the address's mail quota.
        email: the address that the account has had.
        notice: what is said.
    """
    with suppress(Throttled):
        mail_quota.record(call.work, mail_quota.NOTICES, email, call.preloaded, call.runtime)
        call.work.after_commit(lambda: mail.send_if_possible(email, notice, call.runtime))
