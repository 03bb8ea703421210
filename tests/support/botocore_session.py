"""Lets the connections of a test run share what botocore makes of its descriptions, as if they were one.

Each world connects anew. By itself it would look through botocore's four hundred services, parse DynamoDB's
description and the rules for its address, and look for older names of each event: most of what making a world
costs.
"""

from collections.abc import Callable
from typing import Any

from botocore import client, hooks, regions


def _made_once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes one object of each description, which the session reads once and keeps."""
    made: dict[int, tuple[Any, Any]] = {}  # each beside its description, lest another gets the same id

    def shared(*args: Any, **kwargs: Any) -> Any:
        description = args[0] if args else kwargs["ruleset_data"]
        if id(description) not in made:
            made[id(description)] = description, make(*args, **kwargs)
        return made[id(description)][1]

    return shared


client.ServiceModel = _made_once(client.ServiceModel)
regions.EndpointProvider = _made_once(regions.EndpointProvider)
hooks.EventAliaser._alias_event_name = staticmethod(hooks.EventAliaser(None)._alias_event_name)
