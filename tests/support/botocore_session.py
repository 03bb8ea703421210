"""Lets all connections of a test run share one botocore session, as a function's only connection has one.

Each world connects anew. With a session of its own it would look through botocore's four hundred services and
parse DynamoDB's description again, which is most of what making a world costs.
"""

from functools import cache

import pynamodb.connection.base

pynamodb.connection.base.get_session = cache(pynamodb.connection.base.get_session)
