"""The smallest dataset that `benchmarks/product.py` seeds: what an outside benchmark brings."""

import uuid
from typing import Any

FOUNDER, MEMBER, CUSTOMER = 1, 5, 6
PROJECT_ADMINISTRATOR = 1
PROJECT_CUSTOMERS = {CUSTOMER}
PROJECT_RIGHTS = {"view_order": "order_view"}
_MOMENT = "2021-09-01T12:00:00.000000Z"
_DATES = {"created_at": _MOMENT, "updated_at": _MOMENT}


def stamp(minutes: int) -> str:
    return f"2021-09-01T12:{minutes % 60:02d}:00.000000Z"


def uid(kind: str, key: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{key}"))


def users() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "uuid": uid("user", number),
            "image": "picture.jpeg",
            "surname": f"user{number}",
            "name": f"user{number}",
            "patronymic": "",
            "address": "",
            "email": f"user{number}@example.com",
            "phone": None,
            "confirmed_email": True,
            "confirmed_phone": False,
            **_DATES,
        }
        for number in (FOUNDER, MEMBER, CUSTOMER)
    ]


def sessions() -> list[dict[str, Any]]:
    return [{"user": user} for user in (FOUNDER, MEMBER)]


def organizations() -> list[dict[str, Any]]:
    named = {"id": 1, "name": "Organization", "description": "", "address": "", "creator": FOUNDER}
    return [{**named, "numbers": None, "links": None, **_DATES}]


def members() -> list[tuple[int, int, list[str]]]:
    return [(MEMBER, 1, ["view_order"])]


def services() -> list[dict[str, Any]]:
    return [{"id": 1, "name": "Programming", "address": "", "phone": "+1", "organization": 1, **_DATES}]


def clients() -> list[dict[str, Any]]:
    return [{"id": 1, "name": "Client", "organization": 1}]


def orders() -> list[dict[str, Any]]:
    named = {"id": 1, "order_code": 249119676806814, "description": "New order", "organization": 1}
    return [
        {**named, "creator": MEMBER, "executor": MEMBER, "client": 1, "service": 1, "done": False, **_DATES}
    ]


def products() -> list[dict[str, Any]]:
    named = {"uuid": uid("product", 1), "name": "telefon", "description": "", "product_type": "rtv"}
    return [{**named, "status": "new", "price": "1000.00", "quantity": 7}]
