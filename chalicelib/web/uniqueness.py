"""What must be unique, and how a body's check asks for it."""

from collections.abc import Callable, Mapping
from typing import Any

Unique = Mapping[str, Callable[[Any], str | None]]
"""For a field that must be unique, what tells why a value can't be had; None when it can.

Asked only when another field is wrong, so that all are named at once. Otherwise nobody asks: the write finds
out, and asking before it would cost a call and prove nothing.
"""
