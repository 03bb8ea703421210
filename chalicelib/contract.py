"""The words in which `routes.py` states the contract."""

from dataclasses import dataclass
from enum import Enum

from chalicelib.auth.permissions import Permission


class Surface(Enum):
    """Whose API a route belongs to; decides the audience of its tokens and the form of its errors."""

    STAFF = "staff"
    CUSTOMER = "customer"
    ADMINISTRATION = "administration"


class Table(Enum):
    """What a route may do to the table; its function's role allows just that."""

    GET = "get"
    QUERY = "query"
    PUT = "put"
    UPDATE = "update"
    DELETE = "delete"


class OrganizationIn(Enum):
    """Where a request names the organization that its right is needed in."""

    PATH = "path"
    BODY = "body"
    BODY_OR_LIST = "body, also as a list of one"
    ORDER = "the order in the path"


class Use(Enum):
    """What an endpoint may do outside of its process; its function's role allows just that."""

    GET = "get"
    QUERY = "query"
    PUT = "put"
    UPDATE = "update"
    DELETE = "delete"
    SEND_MAIL = "send mail"


NOTHING: frozenset[Use] = frozenset()
READS = frozenset({Use.GET})
LISTS = READS | {Use.QUERY}
WRITES = READS | {Use.PUT}
ADDS = WRITES | {Use.UPDATE}  # new ids come from a counter; stock and counts change by addition
DELETES = READS | {Use.DELETE}


@dataclass(frozen=True)
class Route:
    """One endpoint.

    Attributes:
        method, path: as API Gateway has them, without the trailing slash that every path also works with.
        surface: whose API it is part of.
        handler: `module.function` below `chalicelib`; the function's name names the route.
        permission: who may call it.
        success: the status of the answer when all went well.
        organization: where the organization comes from, None when the permission needs none.
        table: what it may do to the table.
        reads_body: whether the request's body means anything.
        sends_mail: whether it may send mail through Amazon SES.
        memory: megabytes of the function.
        timeout: seconds after which the function is stopped.
    """

    method: str
    path: str
    surface: Surface
    handler: str
    permission: Permission
    success: int = 200
    organization: OrganizationIn | None = None
    table: frozenset[Table] = frozenset({Table.GET})
    reads_body: bool = False
    sends_mail: bool = False
    memory: int = 512
    timeout: int = 15

    @property
    def name(self) -> str:
        """The route's name in logs and deployments, unique among all routes."""
        return self.handler.rpartition(".")[2].replace("_", "-")
