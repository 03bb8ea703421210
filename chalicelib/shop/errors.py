"""What can go wrong in the shop: the rows of the Customer API document's error tables, and more."""

from chalicelib.errors import DomainError


class EmailTaken(DomainError):
    """Another customer has this email (2001)."""

    failed_attempt = True


class CredentialsMismatch(DomainError):
    """No customer has this username and this password, or this address and this code (3001)."""


class AlreadyInBucket(DomainError):
    """The product is in the customer's bucket already (1041)."""


class ProductNotAvailable(DomainError):
    """The product is unknown, withdrawn or sold out (1042)."""


class NotEnoughProducts(DomainError):
    """More is wanted than is left (1043)."""


class BucketFull(DomainError):
    """The bucket holds as many different products as one order can take (1044)."""


class BucketEmpty(DomainError):
    """There is nothing in the bucket to order (1083)."""


class InvalidPayment(DomainError):
    """The payment is not CASH, CARD or PAYU."""


class NotReturnable(DomainError):
    """The order's status does not let it be returned (1003)."""


class WrongState(DomainError):
    """The order's status does not let an administrator do this (1003).

    Args:
        allowed: the statuses from which it can be done.
    """

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__(allowed)
        self.allowed = ", ".join(f"`{status}`" for status in allowed)


class StockBelowZero(DomainError):
    """An adjustment would take more off the stock than there is (companion, "Shop administration")."""
