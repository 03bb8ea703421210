"""Lets all connections of a test run share one botocore session, as a function's only connection has one.

Each world connects anew. To make a session takes longer than all else of that.
"""

from functools import cache

from botocore import session

session.get_session = cache(session.get_session)
