"""Lets all connections of a test run share one botocore session, as a function's only connection has one.

Each world connects anew. With a session of its own it would look through botocore's four hundred services and
parse DynamoDB's description again, which is most of what making a world costs.
"""

from functools import cache

from pynamodb.connection import base

setattr(base, "get_session", cache(getattr(base, "get_session")))  # noqa: B009, B010 (not exported)
