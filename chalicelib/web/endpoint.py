"""Endpoints: functions, each with one declaration that says everything about it.

Registration, packaging, roles, the access matrix of the tests and the documents read these declarations.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Any, ParamSpec

from chalicelib.auth.permissions import Permission
from chalicelib.auth.throttling import Limits
from chalicelib.contract import READS, OrganizationIn, Surface, Use
from chalicelib.errors import DomainError
from chalicelib.frozen import frozen
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.fields import References, Taken
from chalicelib.web.paging import Paging
from chalicelib.web.request import Request

GET, POST, PUT, PATCH, DELETE = "GET", "POST", "PUT", "PATCH", "DELETE"

HASHING = 1024
"""Megabytes of functions that hash passwords: CPU is allotted by memory, and PBKDF2 needs CPU."""

MAILING_SECONDS = 1.0
"""Minimum duration of answers that must not reveal whether mail was sent: more than SES mostly needs."""

Keys = Iterable[Key | None]
P = ParamSpec("P")


@frozen
class OrganizationOf:
    """The organization of a record that the path names, known only once that record was read.

    Args:
        find: returns its id; raises NotFound where there is no such record.
    """

    find: Callable[[Request, Preloaded], int]


def _nothing() -> None:
    """Stand in for the function, which the decorator adds."""


def _no_keys(request: Request) -> Keys:
    return ()


def _no_further_keys(request: Request, preloaded: Preloaded) -> Keys:
    return ()


def _nothing_more(call: Call[Any], body: Mapping[str, Any]) -> Iterable[str]:
    return ()


def no_limits(request: Request, preloaded: Preloaded | None) -> Limits:
    """Return no limits: the default of `throttle=`."""
    return ()


@frozen(kw_only=True)
class Endpoint:
    """One endpoint.

    Attributes:
        method, path: as API Gateway has them, without the trailing slash that every path also works with.
        function: takes a `Call`, then, as far as the endpoint has them, the record that `loads` returned, the
            filters, and the typed input; returns a typed answer. It decides on what was read and adds its
            writes to `call.work`. Its docstring documents the endpoint.
        who: who may call.
        organization: where the request names the organization in which the right is needed.
        takes: the type of the body; None where the endpoint reads none.
        partial: whether the body may leave out any field (PATCH).
        query: the type of the query's parameters, besides those of pages.
        paging: the style of a list's pages; None for anything but a list.
        own_list: whether the list is the principal's own, so that its cursors work for nobody else.
        status: of a successful answer.
        errors: the errors that it can answer, besides those of every endpoint of its kind.
        uses: the table operations and other services that it needs; its role allows no others.
        new_id: the sequence from which it takes an id.
        preload: keys known from the request, read in the same call as the session.
        preload_next: keys known only from what was read, read in one further call.
        loads: returns the record that the path names, before the body's fields are validated; raises the
            error for a missing one.
        references: for fields that name related records, the ids that exist.
        requires: returns fields that this request needs besides those that are always required.
        taken: returns the reason why a value that must be unique is taken, None if it is free.
        throttle: returns the limits of a request, as far as they are known: called before anything is read,
            and again after each further read.
        memory: megabytes of its function.
        timeout: seconds after which its function is stopped.
        min_seconds: minimum duration of an answer, so that timing does not reveal whether mail was sent.
    """

    method: str = field(kw_only=False)
    path: str = field(kw_only=False)
    who: Permission
    function: Callable[..., Any] = _nothing
    organization: OrganizationIn | OrganizationOf | None = None
    takes: type[Any] | None = None
    partial: bool = False
    query: type[Any] | None = None
    paging: Paging | None = None
    own_list: bool = False
    status: int = 200
    errors: tuple[type[DomainError], ...] = ()
    uses: frozenset[Use] = READS
    new_id: str | None = None
    preload: Callable[[Request], Keys] = _no_keys
    preload_next: Callable[[Request, Preloaded], Keys] = _no_further_keys
    loads: Callable[[Call[Any]], Any] | None = None
    references: Callable[[Call[Any]], References] | None = None
    requires: Callable[[Call[Any], Mapping[str, Any]], Iterable[str]] = _nothing_more
    taken: Callable[[Call[Any]], Taken] | None = None
    throttle: Callable[[Request, Preloaded | None], Limits] = no_limits
    memory: int = 512
    timeout: int = 15
    min_seconds: float = 0

    @property
    def name(self) -> str:
        """The endpoint's name in logs and deployments, unique among all."""
        return self.function.__name__.replace("_", "-")

    @property
    def reference(self) -> str:
        """Where to import the endpoint from, `package.module:function`: the value of `ENDPOINT`."""
        return f"{self.function.__module__}:{self.function.__name__}"

    @property
    def surface(self) -> Surface:
        """Whose API it is part of."""
        if self.path.startswith("/api/admin/"):
            return Surface.ADMINISTRATION
        return Surface.CUSTOMER if self.path.startswith("/api/") else Surface.STAFF

    @property
    def reads_body(self) -> bool:
        """Whether the endpoint reads the request's body."""
        return self.takes is not None or self.organization_in_body

    @property
    def organization_in_body(self) -> bool:
        """Whether the body names the organization in which the right is needed."""
        return self.organization in (OrganizationIn.BODY, OrganizationIn.BODY_OR_LIST)

    @property
    def public_get(self) -> bool:
        """Whether its answers are the same for everybody; what they show may be a moment old."""
        return self.method == GET and self.who.public

    @property
    def uses_signing_keys(self) -> bool:
        """Whether it verifies tokens, or signs them."""
        return not self.who.public or Use.SIGN in self.uses

    @property
    def summary(self) -> str:
        """What the endpoint does, in a line."""
        return (self.function.__doc__ or "").partition("\n")[0]

    @property
    def answer(self) -> Any:
        """The type of the answer."""
        return self.function.__annotations__["return"]

    def list_name(self, request: Request, filters: Any) -> str:
        """Return what identifies the requested list; cursors are signed for this list only."""
        owner = request.subject if self.own_list else None
        return repr((self.name, sorted(request.path.items()), filters, owner))


def _declaring(make: Callable[P, Endpoint]) -> Callable[P, Callable[[Callable[..., Any]], Endpoint]]:
    def declare(*place: P.args, **declared: P.kwargs) -> Callable[[Callable[..., Any]], Endpoint]:
        made = make(*place, **declared)
        return lambda function: replace(made, function=function)

    return declare


endpoint = _declaring(Endpoint)
"""Makes a function an endpoint, as a decorator; see `Endpoint` for what is declared."""
