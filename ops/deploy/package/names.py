"""Names of the resources in the template that several modules name."""

from chalicelib.contract import Surface
from chalicelib.web.endpoint import Endpoint


def logical(endpoint: Endpoint) -> str:
    """Return the beginning of the logical ids of an endpoint's resources."""
    return "".join(part.capitalize() for part in endpoint.name.split("-"))


def function(endpoint: Endpoint) -> str:
    """Return the logical id of an endpoint's function."""
    return f"{logical(endpoint)}Function"


def log(endpoint: Endpoint) -> str:
    """Return the logical id of an endpoint's log group."""
    return f"{logical(endpoint)}Log"


def gateway_role(surface: Surface) -> str:
    """Return the logical id of the role that API Gateway assumes to call a surface's functions."""
    return f"Gateway{surface.value.capitalize()}Role"


def physical(endpoint: Endpoint) -> dict[str, str]:
    """Return the name of an endpoint's function: whoever reads a log or a bill sees which endpoint it is."""
    return {"Fn::Sub": f"${{AWS::StackName}}-{endpoint.name}"}
