"""Names of the resources in the template that several modules name."""

from chalicelib.contract import Route, Surface


def logical(route: Route) -> str:
    """Return the beginning of the logical ids of a row's resources."""
    return "".join(part.capitalize() for part in route.name.split("-"))


def function(route: Route) -> str:
    """Return the logical id of a row's function."""
    return f"{logical(route)}Function"


def log(route: Route) -> str:
    """Return the logical id of a row's log group."""
    return f"{logical(route)}Log"


def gateway_role(surface: Surface) -> str:
    """Return the logical id of the role that API Gateway assumes to call a surface's functions."""
    return f"Gateway{surface.value.capitalize()}Role"


def physical(route: Route) -> dict[str, str]:
    """Return the name of a row's function: whoever reads a log or a bill sees which endpoint it is."""
    return {"Fn::Sub": f"${{AWS::StackName}}-{route.name}"}
