"""AWS services other than the table.

botocore is imported inside functions, so that a Lambda function that uses neither the table nor these
services does not load it.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import Any

# Well below a function's timeout, so that there is time to answer when a service hangs.
_CONNECT_SECONDS, _READ_SECONDS = 2, 4
_ATTEMPTS = 2

_shared_session: Any = None


def share_session(session: Any) -> None:
    """Let single calls use the table's session, which has already found its credentials."""
    global _shared_session
    _shared_session = session


def session() -> Any:
    """Return the botocore session for single calls: the shared one, or a new one where none is shared."""
    from botocore.session import Session

    return _shared_session or Session()


@cache
def client(service: str) -> Any:
    """Return the process's botocore client of a service, say `ses`; it is made when it is first used."""
    from botocore.config import Config
    from botocore.session import Session

    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"total_max_attempts": _ATTEMPTS},
    )
    return Session().create_client(service, config=config)


def secret_string(
    secret: str, session: Any, url: str | None = None, sleep: Callable[[float], None] = time.sleep
) -> str:
    """Return the text of a secret in Secrets Manager.

    Args:
        secret: its name or ARN.
        session: the botocore session that has the region, the credentials and the CA bundle.
        url: where Secrets Manager is, by default AWS's own address for the region.
        sleep: waits before the second try.

    Raises:
        BotoCoreError: Secrets Manager is out of reach, or the session lacks a region or credentials.
        ClientError: Secrets Manager refuses.
    """
    from chalicelib.integrations.json_service import SECRETS_MANAGER, JsonService

    service = JsonService(SECRETS_MANAGER, session, url, retries=_ATTEMPTS - 1, sleep=sleep)
    return str(service.call("GetSecretValue", {"SecretId": secret})["SecretString"])
