"""The template of what outlives the API: table, signing keys, archives."""

from chalicelib.table.items import INDEXES, PROJECTED
from ops.deploy.package.build import read_template
from ops.deploy.package.package import Template
from ops.deploy.package.stages import ROOT, Stage

_SOURCE = ROOT / ".chalice" / "data.yml"
_KEPT_ALWAYS = ("GatewayLogging", "GatewayLoggingRole")


def data_template(stage: Stage) -> Template:
    """Return the template; in production nothing in it is ever deleted, and the table can't be."""
    template = read_template(_SOURCE)
    resources = template["Resources"]
    kept = "Retain" if stage.production else "Delete"
    for name, resource in resources.items():
        if name not in _KEPT_ALWAYS:
            resource["DeletionPolicy"] = resource["UpdateReplacePolicy"] = kept
    table = resources["Table"]["Properties"]
    table["DeletionProtectionEnabled"] = stage.production
    table["TableName"] = stage.stack_name
    table["AttributeDefinitions"] = [
        {"AttributeName": name, "AttributeType": "S"}
        for name in ("pk", "sk", *(f"{index}{key}" for index in INDEXES for key in ("pk", "sk")))
    ]
    table["GlobalSecondaryIndexes"] = [_index(name) for name in INDEXES]
    resources["SigningKeys"]["Properties"]["Name"] = f"{stage.stack_name}/signing-keys"
    return template


def _index(name: str) -> dict[str, object]:
    return {
        "IndexName": name,
        "KeySchema": [
            {"AttributeName": f"{name}pk", "KeyType": "HASH"},
            {"AttributeName": f"{name}sk", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(PROJECTED)},
    }
