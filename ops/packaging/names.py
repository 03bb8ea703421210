"""Names of a row's resources in the template."""

from chalicelib.contract import Route


def logical(route: Route) -> str:
    """Return the beginning of the logical ids of a row's resources."""
    return "".join(part.capitalize() for part in route.name.split("-"))


def function(route: Route) -> str:
    """Return the logical id of a row's function."""
    return f"{logical(route)}Function"


def log(route: Route) -> str:
    """Return the logical id of a row's log group."""
    return f"{logical(route)}Log"


def physical(route: Route) -> dict[str, str]:
    """Return the name of a row's function: whoever reads a log or a bill sees which endpoint it is."""
    return {"Fn::Sub": f"${{AWS::StackName}}-{route.name}"}
