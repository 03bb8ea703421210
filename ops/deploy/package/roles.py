"""The roles, with nothing beyond what each needs.

The functions have one per kind of access that endpoints of a module declare, API Gateway has one per surface
to call them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from chalicelib.contract import Surface, Use
from chalicelib.table.items import INDEXES
from chalicelib.web.endpoint import Endpoint
from ops.deploy.package import names
from ops.deploy.package.key_families import FAMILIES
from ops.deploy.package.stages import Stage

_ACTIONS = {
    Use.GET: "dynamodb:BatchGetItem",  # reads go by key, and all of a request's together
    Use.QUERY: "dynamodb:Query",
    Use.PUT: "dynamodb:PutItem",
    Use.UPDATE: "dynamodb:UpdateItem",
    Use.DELETE: "dynamodb:DeleteItem",
    Use.CHECK: "dynamodb:ConditionCheckItem",
}
_READS = frozenset({Use.GET, Use.QUERY})
POLICY = "access"
"""The name of each role's policy."""
MAIL = "Mail"
"""The id of the statement that lets mail out."""
_TABLE = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}"

Statement = dict[str, Any]


class Access(NamedTuple):
    """A kind of access: endpoints of one kind share a role."""

    module: str
    table: frozenset[Use]
    sends_mail: bool
    signing_keys: bool

    @property
    def role(self) -> str:
        """The logical id of the role."""
        parts = self.module.removeprefix("chalicelib.").removesuffix(".endpoints").split(".")
        actions = [access.value for access in Use if access in self.table]
        beside = ["mail"] * self.sends_mail + ["keys"] * self.signing_keys
        return "".join(part.capitalize() for part in ("role", *parts, *actions, *beside))


def access_of(endpoint: Endpoint) -> Access:
    """Return the kind of access that an endpoint declares."""
    return Access(
        module=endpoint.function.__module__,
        table=endpoint.uses.intersection(_ACTIONS),
        sends_mail=Use.SEND_MAIL in endpoint.uses,
        signing_keys=endpoint.uses_signing_keys,
    )


def function_roles(endpoints: Iterable[Endpoint], stage: Stage) -> dict[str, Any]:
    """Return the role of each kind of access, by logical id."""
    kinds: dict[Access, list[Endpoint]] = defaultdict(list)
    for endpoint in endpoints:
        kinds[access_of(endpoint)].append(endpoint)
    return {kind.role: _function_role(kind, of_kind, stage) for kind, of_kind in kinds.items()}


def gateway_roles(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """Return the role that API Gateway assumes to call the functions of each surface, by logical id."""
    surfaces: dict[Surface, list[Endpoint]] = defaultdict(list)
    for endpoint in endpoints:
        surfaces[endpoint.surface].append(endpoint)
    return {
        names.gateway_role(surface): _role("apigateway.amazonaws.com", [_calls(of_surface)])
        for surface, of_surface in surfaces.items()
    }


def _function_role(access: Access, endpoints: list[Endpoint], stage: Stage) -> dict[str, Any]:
    statements = [
        *_table(access),
        *_keys(access),
        *_mail(access, stage),
        _logs(endpoints),
        _traces(),
    ]
    return _role("lambda.amazonaws.com", statements)


def _role(service: str, statements: list[Statement]) -> dict[str, Any]:
    # Without a condition on aws:SourceAccount, which API Gateway does not state (decision 25).
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": _document(trust),
            "Policies": [{"PolicyName": POLICY, "PolicyDocument": _document(*statements)}],
        },
    }


def _document(*statements: Statement) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(sid: str, actions: list[str], resources: list[Any]) -> Statement:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources}


def _table(access: Access) -> Iterator[Statement]:
    """A transaction needs the right to each of its writes, and no other."""
    table, families = [{"Fn::Sub": _TABLE}], FAMILIES[access.module]
    reads = [_ACTIONS[use] for use in (Use.GET, Use.QUERY) if use in access.table]
    writes = [action for use, action in _ACTIONS.items() if use in access.table - _READS]
    if reads:
        yield _of_keys(families.reads, _allow("Reads", reads, table))
    if Use.QUERY in access.table:
        indexes = [{"Fn::Sub": f"{_TABLE}/index/{name}"} for name in INDEXES]
        yield _of_keys(families.reads, _allow("Indexes", [_ACTIONS[Use.QUERY]], indexes))
    if writes:
        yield _of_keys(families.writes, _allow("Writes", writes, table))


def _of_keys(families: tuple[str, ...], statement: Statement) -> Statement:
    """Restrict a statement to partition keys, in an index to the index's own."""
    leading = {"dynamodb:LeadingKeys": list(families)}
    return {**statement, "Condition": {"ForAllValues:StringLike": leading}}


def _keys(access: Access) -> list[Statement]:
    if not access.signing_keys:
        return []
    return [_allow("SigningKeys", ["secretsmanager:GetSecretValue"], [{"Ref": "SigningKeysSecret"}])]


def _mail(access: Access, stage: Stage) -> list[Statement]:
    if not (access.sends_mail and stage.mail_sender):
        return []
    domain = stage.mail_sender.rpartition("@")[2]
    identity = f"arn:${{AWS::Partition}}:ses:${{AWS::Region}}:${{AWS::AccountId}}:identity/{domain}"
    return [
        {
            **_allow(MAIL, ["ses:SendEmail"], [{"Fn::Sub": identity}]),
            "Condition": {"StringEquals": {"ses:FromAddress": stage.mail_sender}},
        }
    ]


def _logs(endpoints: list[Endpoint]) -> Statement:
    # The ARN of a log group ends in `:*`, its streams: Lambda names them when it starts an instance.
    groups = [{"Fn::GetAtt": [names.log(endpoint), "Arn"]} for endpoint in endpoints]
    return _allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], groups)


def _calls(endpoints: list[Endpoint]) -> Statement:
    functions = [{"Fn::GetAtt": [names.function(endpoint), "Arn"]} for endpoint in endpoints]
    return _allow("Functions", ["lambda:InvokeFunction"], functions)


def _traces() -> Statement:
    # X-Ray knows no resources to write to: AWS offers nothing finer than `*` for these two actions.
    return _allow("XRayHasNoResources", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"])
