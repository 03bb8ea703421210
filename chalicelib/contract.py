"""The vocabulary of endpoint declarations."""

from enum import Enum


class Surface(Enum):
    """Whose API an endpoint belongs to; decides the audience of its tokens and the form of its errors."""

    STAFF = "staff"
    CUSTOMER = "customer"
    ADMINISTRATION = "administration"


class OrganizationIn(Enum):
    """Where a request names the organization in which it needs a right."""

    PATH = "path"
    BODY = "body"
    BODY_OR_LIST = "body, also as a list of one"


class Use(Enum):
    """What an endpoint may do outside of its process; its function's role allows just that."""

    GET = "get"
    QUERY = "query"
    PUT = "put"
    UPDATE = "update"
    DELETE = "delete"
    CHECK = "check"
    SEND_MAIL = "send mail"
    SIGN = "sign"


NOTHING: frozenset[Use] = frozenset()
READS = frozenset({Use.GET})
LISTS = READS | {Use.QUERY}
WRITES = READS | {Use.PUT}
ADDS = WRITES | {Use.UPDATE}  # new ids come from a sequence; stock and counts change by addition
DELETES = READS | {Use.DELETE}
SIGNS = frozenset({Use.SIGN})  # tokens or codes, on public endpoints; verifying a token needs no declaration
CHECKS = frozenset({Use.CHECK})  # what is written holds only while something else is as it was read
CHECKS_SECRETS = ADDS | DELETES | CHECKS  # counts failed attempts, and resets the count after a success
