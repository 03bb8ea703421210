"""Lets all connections of a test run share one botocore session, as a function's only connection has one.

Each world connects anew. To make a session takes longer than all else of that.
"""

from functools import cache

from pynamodb.connection import base

setattr(base, "get_session", cache(getattr(base, "get_session")))  # noqa: B009, B010 (not exported)
