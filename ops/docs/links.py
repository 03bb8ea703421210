"""Links from what was created, or is listed, to what can be done with it."""

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops.docs.components import Json
from ops.docs.naming import operation_id, path_parameters

_OF_RECORD = {"id": "$response.body#/id", "organization": "$response.body#/organization"}
_OF_FIRST = {"id": "$response.body#/0/id", "organization": "$request.path.organization"}

_FOUND_IN: dict[str, dict[str, str]] = {
    "list_orders": _OF_FIRST,
    "list_created_orders": _OF_FIRST,
    "list_orders_to_execute": _OF_FIRST,
    "list_sessions": {"id": "$response.body#/0/id"},
    "create_organization": {"organization": "$response.body#/id"},
    "list_organizations": {"organization": "$response.body#/0/id"},
    "create_member": _OF_RECORD,
    "list_members": _OF_FIRST,
    "list_invitations": {"id": "$response.body#/0/id"},
    "create_role": _OF_RECORD,
    "list_roles": _OF_FIRST,
    "create_service": _OF_RECORD | {"organization": "$response.body#/organization/id"},
    "list_services": _OF_FIRST,
    "create_client": _OF_RECORD,
    "list_clients": _OF_FIRST,
    "register_customer": {"uuid": "$response.body#/uuid"},
    "show_profile": {"uuid": "$response.body#/results/0/uuid"},
    "list_bucket": {"uuid": "$response.body#/results/0/bucket_uuid"},
    "place_order": {"uuid": "$response.body#/order_uuid"},
    "list_my_orders": {"uuid": "$response.body#/results/0/order_uuid"},
    "admin_create_product": {"uuid": "$response.body#/uuid"},
    "admin_list_orders": {"uuid": "$response.body#/results/0/order_uuid"},
    "admin_list_customers": {"uuid": "$response.body#/results/0/uuid"},
}
"""Where an answer has what the paths of the same noun's other endpoints take, the thing's own id first."""


def of(endpoint: Endpoint) -> Json:
    """Return the links of an endpoint's answer."""
    found = _FOUND_IN.get(endpoint.function.__name__, {})
    return {
        operation_id(target): {
            "operationId": operation_id(target),
            "parameters": {name: found[name] for name in path_parameters(target)},
        }
        for target in load_all()
        if _leads_to(endpoint, target, found)
    }


def _leads_to(endpoint: Endpoint, target: Endpoint, found: dict[str, str]) -> bool:
    same_noun = target.function.__module__ == endpoint.function.__module__ and target is not endpoint
    taken = path_parameters(target)
    return same_noun and next(iter(found), None) in taken and set(taken) <= set(found)
