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


@cache
def session() -> Any:
    """Return the process's botocore session, for the table and for single calls.

    Of botocore's handlers of events it has those for the calls of every service. None of the hundred for
    single services is for DynamoDB or Secrets Manager.
    """
    from botocore.handlers import BUILTIN_HANDLERS
    from botocore.session import Session

    session = Session(include_builtin_handlers=False)
    for event, handler, *_ in BUILTIN_HANDLERS:
        if "." not in event:
            session.register(event, handler)
    return session


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
