"""Runs `manage.py local` as its user does: a process of its own, over HTTP, and nothing is left behind."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
HANGING_SECONDS = 120  # after which a command that neither serves nor ends is killed, and its test fails
OWN_VARIABLES = ("AWS_", "TABLE_NAME", "SIGNING_KEYS", "LOG_LEVEL", "ACCESS_TOKEN_SECONDS")


@dataclass(frozen=True)
class Request:
    """A request; as written in the arguments of `curl` or by hand."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Command:
    """The running command, and what it printed up to its first request to try."""

    process: subprocess.Popen[str]
    printed: str

    @property
    def base_url(self) -> str:
        return self._after("Serving on ").split()[0]

    @property
    def token(self) -> str:
        return self._after("A token of user3@gmail.com: ")

    @property
    def curl(self) -> Request:
        words = shlex.split(self.printed[self.printed.index("  curl ") :].replace("\\\n", " "))[1:]
        options = [(words[at], words[at + 1]) for at in range(len(words) - 1) if words[at].startswith("-")]
        (url,) = [word for word in words if word.startswith("http")]
        headers = dict(value.split(": ", 1) for option, value in options if option == "-H")
        data = dict(options).get("-d")
        return Request(dict(options).get("-X", "GET"), url, headers, data.encode() if data else None)

    def _after(self, beginning: str) -> str:
        (line,) = [line for line in self.printed.splitlines() if line.startswith(beginning)]
        return line.removeprefix(beginning)

    def send(self, method: str, target: str, **headers: str) -> Reply:
        return send(Request(method, self.base_url + target, headers))

    def interrupt(self, number: signal.Signals) -> tuple[int, str]:
        """Send a signal, wait for the end, and return the exit code and what is on stderr."""
        self.process.send_signal(number)
        _, complaint = self.process.communicate(timeout=HANGING_SECONDS)
        return self.process.returncode, complaint


def connect(url: str) -> HTTPConnection:
    parts = urlsplit(url)
    assert parts.hostname is not None
    return HTTPConnection(parts.hostname, parts.port, timeout=HANGING_SECONDS)


def send(request: Request) -> Reply:
    connection = connect(request.url)
    target = "/" + request.url.split("/", 3)[3]
    try:
        connection.request(request.method, target, request.body, dict(request.headers))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, headers, answer.read())
    finally:
        connection.close()


def bare_environment() -> dict[str, str]:
    """Return the environment of somebody who never set anything up."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OWN_VARIABLES)}


@contextmanager
def serving(*arguments: str) -> Iterator[Command]:
    """Run the command until the block ends; nothing of it is left then."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "local", "--port", "0", *arguments],
        cwd=ROOT,
        env=bare_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    guard = threading.Timer(HANGING_SECONDS, process.kill)
    guard.start()
    try:
        yield Command(process, _introduction(process))
    finally:
        guard.cancel()
        if process.poll() is None:
            process.kill()
        process.communicate()


def _introduction(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if "  curl " in printed and not line.endswith("\\\n"):
            return printed
    raise AssertionError(f"it ended before it served: {process.communicate()[1]}")


def refused(*arguments: str) -> str:
    """Run the command, which has to end with a failure, and return its one line on stderr."""
    told = subprocess.run(
        [sys.executable, "manage.py", "local", *arguments],
        cwd=ROOT,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGING_SECONDS,
    )
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    return told.stderr.strip()
