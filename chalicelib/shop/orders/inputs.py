"""Orders and payments as they come in, and what lists of orders can be filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib.shop.fields import Moment
from chalicelib.shop.orders.model import PAYMENTS, STATUSES
from chalicelib.web.fields import Field
from chalicelib.web.query import ChoiceParameter


class Payment(Field):
    """A payment in any case; None for whatever is none."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the payment in lower case."""
        payment = value.lower() if isinstance(value, str) else None
        return payment if payment in PAYMENTS else None


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """How an order is going to be paid; None where what was sent is no payment."""

    payment: Annotated[str | None, Payment(null=True)]


@dataclass(frozen=True, kw_only=True)
class PaymentNote:
    """When an order was paid; None for now."""

    date_paid: Annotated[str | None, Moment()] = None


@dataclass(frozen=True, kw_only=True)
class OrderFilters:
    """What a list is narrowed to."""

    status: Annotated[str | None, ChoiceParameter(STATUSES)] = None
