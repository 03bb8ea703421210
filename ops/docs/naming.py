"""How the document calls endpoints and their paths."""

import re

from chalicelib.contract import Surface
from chalicelib.web.endpoint import Endpoint


def operation_id(endpoint: Endpoint) -> str:
    """Return the name by which generated clients call the endpoint; it is part of the contract."""
    first, *others = endpoint.function.__name__.split("_")
    return first + "".join(word.capitalize() for word in others)


def path(endpoint: Endpoint) -> str:
    """Return the path as the documents print it: the staff's with a slash at the end, the shop's without."""
    is_file = "." in endpoint.path.rpartition("/")[2]
    return f"{endpoint.path}/" if endpoint.surface is Surface.STAFF and not is_file else endpoint.path


def path_parameters(endpoint: Endpoint) -> list[str]:
    """Return the names in the path."""
    return re.findall(r"{(\w+)}", endpoint.path)


def answers(endpoint: Endpoint, method: str, called: str) -> bool:
    """Tell whether it is the endpoint that answers a call."""
    pattern = re.sub(r"{\w+}", "[^/]+", endpoint.path)
    called_path = called.partition("?")[0].removesuffix("/")
    return method == endpoint.method and re.fullmatch(pattern, called_path) is not None
