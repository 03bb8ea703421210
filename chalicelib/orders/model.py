"""Service orders, and the codes that people call them by."""

from hashlib import blake2b

from chalicelib.accounts.model import User
from chalicelib.frozen import frozen
from chalicelib.organizations.model import Organization
from chalicelib.organizations.services.model import Service


@frozen
class Order:
    """A service order. `creator` and `executor` are user ids, `client` and `service` ids in the organization.

    `organization_creator` never changes: it is kept here so that an order is shown with one read less.
    """

    id: int
    order_code: int
    organization: int
    organization_creator: int
    description: str
    creator: int
    executor: int
    client: int
    service: int
    created_at: str
    updated_at: str
    done: bool = False
    version: int = 1


@frozen
class OrdersWithRelated:
    """Orders with everything that is shown with them; services are found by organization and id.

    `former_members` has, by organization, the users who left it: nobody else can have been named there.
    """

    orders: list[Order]
    users: dict[int, User]
    organizations: dict[int, Organization]
    services: dict[tuple[int, int], Service]
    former_members: dict[int, frozenset[int]]


# An order code is computed from the order's id by a bijection on the 15-digit numbers, so that two ids can
# never share a code and no guard item is needed. The bijection is a small Feistel network (a keyed
# permutation of 50-bit numbers) that is walked until it falls below 9·10^14, moved so that order 1 has the
# code that the Orders API document prints. The constants are part of the data: changing one would let a new
# order repeat an old order's code.
_SMALLEST = 10**14
_SPAN = 9 * 10**14
_HALF_BITS = 25
_HALF_MASK = (1 << _HALF_BITS) - 1
_ROUND_KEYS = (b"order-code-1", b"order-code-2", b"order-code-3", b"order-code-4")
_DOCUMENTED_CODE_OF_ORDER_1 = 249119676806814


def _round(half: int, key: bytes) -> int:
    digest = blake2b(half.to_bytes(4, "big"), key=key, digest_size=4).digest()
    return int.from_bytes(digest, "big") & _HALF_MASK


def _permute(number: int) -> int:
    left, right = number >> _HALF_BITS, number & _HALF_MASK
    for key in _ROUND_KEYS:
        left, right = right, left ^ _round(right, key)
    return left << _HALF_BITS | right


def _walk(number: int) -> int:
    number = _permute(number)
    while number >= _SPAN:
        number = _permute(number)
    return number


_SHIFT = (_DOCUMENTED_CODE_OF_ORDER_1 - _SMALLEST - _walk(1)) % _SPAN


def order_code(order_id: int) -> int:
    """Return the code of an order: 15 digits, unique for all time, not guessable from the id by eye.

    Args:
        order_id: the order's id, 1 to 9·10^14 - 1.

    Raises:
        ValueError: the id is out of range.
    """
    if not 0 < order_id < _SPAN:
        raise ValueError(f"no order code for id {order_id}")
    return _SMALLEST + (_walk(order_id) + _SHIFT) % _SPAN
