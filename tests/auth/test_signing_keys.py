"""Keys are read where they are kept, read again in time, and rotated without a good token being refused."""

from dataclasses import replace

import pytest

from chalicelib.auth import tokens
from chalicelib.auth.model import STAFF_AUDIENCE, Session
from chalicelib.config import Settings, SettingsError
from chalicelib.integrations import signing_keys
from chalicelib.integrations.signing_keys import CACHE_SECONDS, SigningKey, StoredKeys, parse
from chalicelib.runtime import Runtime
from ops import CommandError
from ops.deploy.stack import rotate

OLD, NEW = SigningKey("old", "o" * 40), SigningKey("new", "n" * 40)
DAY = 24 * 3600
BEGINNING = 1_800_000_000


class Store:
    """A secret, and the clock of whoever reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.now = 0.0
        self.reads = 0

    def read(self) -> str:
        """Return the secret, as Secrets Manager does."""
        self.reads += 1
        return self.text

    def write(self, text: str) -> None:
        """Replace the secret."""
        self.text = text

    def keys(self) -> StoredKeys:
        """Return what a new instance of a function has."""
        return StoredKeys(self.read, lambda: self.now)


@pytest.mark.parametrize(
    "text",
    [f"new:{NEW.secret},old:{OLD.secret}", f' {{"new": "{NEW.secret}", "old": "{OLD.secret}"}}'],
)
def test_keys_are_a_list_or_a_json_object_the_first_signs(text: str) -> None:
    assert parse(text) == (NEW, OLD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "{",
        "old",
        "old:short",
        '{"old": 1}',
        f'{{"o d": "{OLD.secret}"}}',
        f"a:{OLD.secret},a:{NEW.secret}",
    ],
)
def test_what_is_no_key_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="different ids") as caught:
        parse(text)

    assert OLD.secret not in str(caught.value)
    assert caught.value.__cause__ is None


def test_stored_keys_are_read_when_needed_and_again_after_five_minutes() -> None:
    store = Store(f"old:{OLD.secret}")
    keys = store.keys()
    assert store.reads == 0

    assert (keys[0], len(keys), store.reads) == (OLD, 1, 1)

    store.text = f"new:{NEW.secret},old:{OLD.secret}"
    store.now = CACHE_SECONDS - 1
    assert list(keys) == [OLD]
    store.now = CACHE_SECONDS
    assert (list(keys), store.reads) == ([NEW, OLD], 2)


def test_keys_at_hand_are_kept_when_reading_again_fails() -> None:
    store = Store(f"old:{OLD.secret}")
    keys = store.keys()
    assert keys[0] == OLD

    store.text, store.now = "broken", CACHE_SECONDS

    assert list(keys) == [OLD]


def test_keys_that_were_never_read_are_an_error() -> None:
    with pytest.raises(ValueError, match="different ids"):
        len(Store("broken").keys())


def test_nothing_prints_a_secret() -> None:
    keys = Store(f"old:{OLD.secret}").keys()
    assert keys[0] == OLD

    assert (repr(keys), repr(OLD)) == ("StoredKeys(old)", "SigningKey(id='old')")


def test_settings_take_the_place_of_the_keys_or_the_keys() -> None:
    elsewhere = Settings.from_environment({"TABLE_NAME": "t", "SIGNING_KEYS_SECRET": "arn"})

    assert isinstance(elsewhere.signing_keys, StoredKeys)
    with pytest.raises(SettingsError, match="SIGNING_KEYS is not set"):
        Settings.from_environment({"TABLE_NAME": "t"})


class Instance:
    """One running instance of a function."""

    def __init__(self, store: Store) -> None:
        self._runtime = Runtime(Settings(table_name="t", signing_keys=store.keys()))

    def issue(self) -> str:
        """Return a new token."""
        session = Session(1, STAFF_AUDIENCE, "5", "d", "t", BEGINNING, "r")
        return tokens.issue_pair(replace(session, refresh_id=self._runtime.new_uuid()), self._runtime).access

    def accepts(self, token: str) -> bool:
        """Tell whether a token is good to it; anything else than a good token raises."""
        return tokens.read(token, tokens.ACCESS, STAFF_AUDIENCE, self._runtime).subject == "5"


def test_no_token_is_refused_while_keys_are_rotated() -> None:
    store = Store(f'{{"first": "{OLD.secret}"}}')
    instances, issued = [Instance(store)], []

    def everyone_accepts_everything() -> None:
        issued.extend(instance.issue() for instance in instances)
        assert all(instance.accepts(token) for instance in instances for token in issued)

    everyone_accepts_everything()
    store.text = rotate.with_new_key(store.text, BEGINNING)
    for _ in range(rotate.WAIT_SECONDS // 60):
        instances.append(Instance(store))  # starts in between, and reads what is there by then
        everyone_accepts_everything()
        store.now += 60
    store.text = rotate.with_last_key_first(store.text)
    for _ in range(rotate.WAIT_SECONDS // 60):
        instances.append(Instance(store))
        everyone_accepts_everything()
        store.now += 60

    signed_by = {signing_keys.parse(store.text)[0].id}
    assert signed_by == {f"k{BEGINNING}"}
    assert [key.id for key in signing_keys.parse(store.text)] == [f"k{BEGINNING}", "first"]


def test_a_rotation_adds_waits_and_only_then_signs(capsys: pytest.CaptureFixture[str]) -> None:
    store, waited = Store(f'{{"first": "{OLD.secret}"}}'), []

    def sleep(seconds: float) -> None:
        waited.append((seconds, [key.id for key in parse(store.text)]))

    rotate.rotate_keys(store, now=False, clock=lambda: BEGINNING, sleep=sleep)  # type: ignore[arg-type]

    assert waited == [(rotate.WAIT_SECONDS, ["first", f"k{BEGINNING}"])]
    assert [key.id for key in parse(store.text)] == [f"k{BEGINNING}", "first"]
    assert OLD.secret not in capsys.readouterr().out


def test_a_key_is_not_rotated_while_tokens_of_its_predecessor_live() -> None:
    text = rotate.with_last_key_first(rotate.with_new_key(f"first:{OLD.secret}", BEGINNING))

    with pytest.raises(CommandError, match="13 days old"):
        rotate.with_new_key(text, BEGINNING + 14 * DAY - 1)

    later = rotate.with_new_key(text, BEGINNING + 14 * DAY)
    assert [key.id for key in parse(later)] == [f"k{BEGINNING}", f"k{BEGINNING + 14 * DAY}"]
    assert len(parse(rotate.with_new_key(text, BEGINNING + 1, now=True))) == 2
