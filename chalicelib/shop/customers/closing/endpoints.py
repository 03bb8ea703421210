"""Closing a customer's account: `DELETE /api/profile/{uuid}`."""

from chalicelib.auth.customers import CUSTOMER, CustomerCall
from chalicelib.contract import CHECKS_SECRETS, LISTS
from chalicelib.errors import PermissionDenied, Throttled
from chalicelib.shop.customers.closing import service
from chalicelib.shop.customers.closing.schemas import ProfileRemoval
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.service import own_account, password_limits
from chalicelib.shop.errors import CredentialsMismatch
from chalicelib.shop.schemas import StatusMessage, ok
from chalicelib.web.endpoint import DELETE, HASHING, endpoint


@endpoint(
    DELETE,
    "/api/profile/{uuid}",
    who=CUSTOMER,
    takes=ProfileRemoval,
    errors=(PermissionDenied, CredentialsMismatch, Throttled),
    uses=LISTS | CHECKS_SECRETS,
    preload=service.bucket_key,
    loads=own_account,
    throttle=password_limits,
    memory=HASHING,
)
def remove_profile(call: CustomerCall, customer: Customer, given: ProfileRemoval) -> StatusMessage:
    """Close my account and erase my personal data; my bucket is given back, my orders stay."""
    service.close(call, customer, given.password)
    return ok("profile removed")
