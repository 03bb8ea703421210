"""The `rotate` command: a new signing key, without invalidating any token."""

import json
import secrets
import time
from collections.abc import Callable

from chalicelib.config import Settings
from chalicelib.integrations import signing_keys
from ops import CommandError
from ops.deploy.cloud import Cloud, aws_errors_as_command_errors
from ops.deploy.package import stages
from ops.deploy.stack.cloudformation import Stacks

WAIT_SECONDS = signing_keys.CACHE_SECONDS + 60
_DAY = 24 * 3600
_BYTES = 48


def run(stage_name: str, region: str | None, now: bool) -> int:
    """Rotate a stage's signing key, which takes some minutes, and return the exit code."""
    stage = stages.load(stage_name)
    with aws_errors_as_command_errors():
        cloud = Cloud(region)
        secret = Stacks(cloud).outputs(stage.data_stack_name).get("SigningKeysSecret")
        if secret is None:
            raise CommandError(f"{stage.name} is not deployed in {cloud.where}.")
        rotate_keys(SecretText(cloud, secret), now=now)
    print("The new key signs; the one before verifies until the next rotation.")
    return 0


class SecretText:
    """The text of a secret in AWS Secrets Manager."""

    def __init__(self, cloud: Cloud, secret: str) -> None:
        self._client = cloud.client("secretsmanager")
        self._secret = secret

    def read(self) -> str:
        """Return it."""
        return str(self._client.get_secret_value(SecretId=self._secret)["SecretString"])

    def write(self, text: str) -> None:
        """Replace it; Secrets Manager keeps the one before as AWSPREVIOUS."""
        self._client.put_secret_value(SecretId=self._secret, SecretString=text)


def rotate_keys(
    stored: SecretText,
    *,
    now: bool,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Add a key that verifies, wait until every function knows it, then let it sign."""
    added = with_new_key(stored.read(), int(clock()), now=now)
    stored.write(added)
    print(f"Added a key; waiting {WAIT_SECONDS // 60} minutes until every function has read it …", flush=True)
    sleep(WAIT_SECONDS)
    stored.write(with_last_key_first(added))


def with_new_key(text: str, epoch: int, *, now: bool = False) -> str:
    """Return the signing key and a new one behind it, which only verifies; older keys are dropped."""
    current = signing_keys.parse(text)[0]
    age = epoch - _made_at(current.id)
    if age < Settings.refresh_token_seconds and not now:
        days = age // _DAY
        raise CommandError(
            f"the key is {days} days old: tokens of the one before are still good (--now ends them)."
        )
    return _text({current.id: current.secret, f"k{epoch}": secrets.token_urlsafe(_BYTES)})


def with_last_key_first(text: str) -> str:
    """Return the keys with the last one first, where it signs."""
    *others, last = signing_keys.parse(text)
    return _text({key.id: key.secret for key in (last, *others)})


def _made_at(key_id: str) -> int:
    """Return when a key was made; the stack's own, `first`, is as old as can be."""
    digits = key_id.removeprefix("k")
    return int(digits) if digits.isdigit() else 0


def _text(keys: dict[str, str]) -> str:
    return json.dumps(keys, indent=1)
