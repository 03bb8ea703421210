"""Services of an organization."""

from chalicelib.frozen import frozen


@frozen
class Service:
    """Something that an organization does; a deleted one stays readable in the orders that name it."""

    id: int
    organization: int
    name: str
    address: str
    phone: str
    created_at: str
    updated_at: str
    deleted: bool = False
    version: int = 1
