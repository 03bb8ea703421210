"""What the page consists of, wherever it is served."""

import gzip
import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

from chalicelib.contract import Surface
from ops.demo.accounts import Account
from ops.docs import openapi
from ops.docs.operations import CUSTOMER_TOKEN, STAFF_TOKEN
from ops.docs.page.serving import PAGE

_HERE = Path(__file__).parent
_ASSETS = _HERE / "assets"
SCALAR_VERSION = "1.76.0"
SCALAR = _HERE / "scalar" / f"scalar-{SCALAR_VERSION}.js.gz"
BUNDLE = SCALAR.stem
LICENSE = "scalar-license.txt"  # its copyright notice goes wherever it goes
DOCUMENT = "openapi.json"

# Scalar sets styles of its own, hence 'unsafe-inline'; nobody else's text gets into them.
_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
)
NO_FRAMES = "frame-ancestors 'none'"  # counts in a header only
REFERRER_POLICY = "no-referrer"
_SIGN_IN = {
    Surface.STAFF: (STAFF_TOKEN, "/users/auth/token/", "email"),
    Surface.CUSTOMER: (CUSTOMER_TOKEN, "/api/login", "username"),
}


def policy(*apis: str) -> str:
    """Return the page's content security policy.

    Args:
        apis: the origins that its requests go to, beside its own.
    """
    return "; ".join((*_POLICY, " ".join(("connect-src 'self'", *apis))))


def assets() -> dict[str, bytes]:
    """Return what is the same wherever the page is served, but for Scalar."""
    return {
        **{name: (_ASSETS / name).read_bytes() for name in ("page.css", "page.js")},
        LICENSE: (SCALAR.parent / "LICENSE").read_bytes(),
    }


def bundle() -> bytes:
    """Return Scalar, as npm publishes it."""
    return gzip.decompress(SCALAR.read_bytes())


def page(accounts: Iterable[Account] = (), apis: Iterable[str] = ()) -> bytes:
    """Return the page.

    Args:
        accounts: whom it offers to sign in.
        apis: the origins that its requests go to, beside its own.
    """
    template = Template((_ASSETS / PAGE).read_text(encoding="utf-8"))
    text = template.substitute(policy=policy(*apis), bundle=BUNDLE, demo=_demo(tuple(accounts)))
    return text.encode()


def document(server: str) -> bytes:
    """Return the committed document, for the API at an address."""
    described = json.loads(openapi.FILE.read_bytes()) | {"servers": [{"url": server}]}
    return json.dumps(described, ensure_ascii=False).encode()


def _demo(accounts: tuple[Account, ...]) -> str:
    if not accounts:
        return ""
    buttons = "\n".join(map(_button, accounts))
    return (
        f'<section id="demo" aria-label="Demo accounts">\nSign in as\n{buttons}\n'
        '<output></output>\n<button type="button" data-copy hidden>Copy token</button>\n</section>\n'
    )


def _button(account: Account) -> str:
    scheme, address, name = _SIGN_IN[account.surface]
    settings = {
        "type": "button",
        "title": account.role,
        "aria-pressed": "false",
        "data-scheme": scheme,
        "data-address": address,
        "data-credentials": json.dumps({name: account.name, "password": account.password}),
    }
    attributes = " ".join(f'{key}="{escape(value)}"' for key, value in settings.items())
    return f"<button {attributes}>{escape(account.name)}</button>"
