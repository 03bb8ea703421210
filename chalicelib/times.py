"""Moments as the documents print them: UTC, ISO 8601 with microseconds and `Z`."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """Return the moment as text; text order is time order."""
    # Not strftime, whose years before 1000 have fewer than four digits.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """Return the moment that a text from `iso` is of."""
    return datetime.fromisoformat(text)


def epoch(moment: datetime) -> int:
    """Return whole seconds since 1970, as tokens and DynamoDB's TTL count them."""
    return int(moment.timestamp())
