"""AWS services other than the table.

botocore is imported inside functions, so that a Lambda function that uses neither the table nor these
services does not load it.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

# Well below a function's timeout, so that there is time to answer when a service hangs.
_CONNECT_SECONDS, _READ_SECONDS = 2, 4
_ATTEMPTS = 2
_WAIT_SECONDS = 0.5

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
    secret: str, session: Any, endpoint_url: str | None = None, sleep: Callable[[float], None] = time.sleep
) -> str:
    """Return the text of a secret in Secrets Manager, by one signed call: no client is made for it.

    Args:
        secret: its name or ARN.
        session: the botocore session that has the region, the credentials and the CA bundle.
        endpoint_url: where Secrets Manager is, by default AWS's own for the region.
        sleep: waits before the second try.

    Raises:
        BotoCoreError: Secrets Manager is out of reach, or the session lacks a region or credentials.
        ClientError: Secrets Manager refuses.
    """
    from botocore.exceptions import ClientError, NoRegionError
    from botocore.parsers import JSONParser

    region = session.get_config_variable("region")
    if not region:
        raise NoRegionError
    url = endpoint_url or secrets_manager_url(region)
    response = _send(_signed_request(url, {"SecretId": secret}, session, region), session, sleep)
    content = {"status_code": response.status_code, "headers": response.headers, "body": response.content}
    if response.status_code != 200:
        raise ClientError(JSONParser().parse(content, None), "GetSecretValue")
    return str(json.loads(response.content)["SecretString"])


def secrets_manager_url(region: str) -> str:
    """Return where AWS has Secrets Manager for a region."""
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"https://secretsmanager.{region}.{domain}"


def _signed_request(url: str, parameters: dict[str, str], session: Any, region: str) -> Any:
    """Return the signed request, as botocore's HTTP session takes it."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest

    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "secretsmanager.GetSecretValue"}
    request = AWSRequest("POST", url, headers=headers, data=json.dumps(parameters).encode())
    SigV4Auth(session.get_credentials(), "secretsmanager", region).add_auth(request)
    return request.prepare()


def _send(request: Any, session: Any, sleep: Callable[[float], None]) -> Any:
    """Return the response; a call is repeated if the service was busy or out of reach."""
    from botocore.exceptions import BotoCoreError
    from botocore.httpsession import URLLib3Session
    from botocore.utils import get_environ_proxies

    http = URLLib3Session(
        verify=session.get_config_variable("ca_bundle") or True,
        proxies=get_environ_proxies(request.url),
        timeout=(_CONNECT_SECONDS, _READ_SECONDS),
    )
    for _ in range(_ATTEMPTS - 1):
        with suppress(BotoCoreError):
            response = http.send(request)
            if response.status_code < 500 and b"ThrottlingException" not in response.content:
                return response
        sleep(_WAIT_SECONDS)
    return http.send(request)
