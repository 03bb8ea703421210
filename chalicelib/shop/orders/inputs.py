"""Orders and payments as they come in, and what lists of orders can be filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib.shop.fields import Moment
from chalicelib.shop.orders.model import PAYMENTS, STATUSES
from chalicelib.web.fields import Field
from chalicelib.web.query import ChoiceParameter


class Payment(Field):
    """A payment in any case; None for anything else."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the payment in lower case."""
        payment = value.lower() if isinstance(value, str) else None
        return payment if payment in PAYMENTS else None

    def schema(self) -> dict[str, Any]:
        """Return the schema of a payment."""
        choices = sorted(PAYMENTS)
        in_any_case = ("".join(f"[{letter}{letter.upper()}]" for letter in choice) for choice in choices)
        return {
            "type": "string",
            "pattern": f"^(?:{'|'.join(in_any_case)})$",
            "description": f"{', '.join(f'`{choice}`' for choice in choices)}; in any case.",
            "examples": choices,
        }


@dataclass(frozen=True, kw_only=True)
class NewShopOrder:
    """How the order will be paid; it takes everything in the bucket."""

    payment: Annotated[str | None, Payment(null=True)]  # None: what was sent is not a payment


@dataclass(frozen=True, kw_only=True)
class PaymentNote:
    """When an order was paid; the time of the request if absent."""

    date_paid: Annotated[str | None, Moment()] = None


@dataclass(frozen=True, kw_only=True)
class OrderFilters:
    """What a list is filtered by."""

    status: Annotated[str | None, ChoiceParameter(STATUSES)] = None
