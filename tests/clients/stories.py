"""What the two documents tell, done with the Python client."""

from uuid import uuid4

import pytest

from orders_and_shop import ApiError, AsyncCustomerClient, AsyncStaffClient, CustomerClient, StaffClient
from orders_and_shop.types import Login, NewOrder, Registration

TELEWIZOR = "561f3505-018f-4352-bcda-c6d00092eea1"


def _order(description: str) -> NewOrder:
    return {
        "organization": 1,
        "description": description,
        "creator": 5,
        "executor": 5,
        "client": 1,
        "service": 1,
    }


def _registration() -> Registration:
    name = f"luke-{uuid4().hex[:12]}"
    return {"username": name, "password": "longenough", "email": f"{name}@example.com"}


def staff(base_url: str) -> None:
    """Sign in, come back with an expired token, order, list with several pages, change, delete, sign out."""
    with StaffClient(base_url) as client:
        signed_in = client.sign_in_user({"email": "user3@gmail.com", "password": "user3user3"})
    with StaffClient(base_url, tokens={"access": "expired", "refresh": signed_in["refresh"]}) as client:
        for description in ("First", "Second"):
            assert client.create_order(_order(description)) == _order(description)

        pages = list(client.list_orders(1, executor=5, limit=1).pages())
        second, first = [order for page in pages for order in page.entries][:2]
        assert [order["description"] for order in (second, first)] == ["Second", "First"]
        assert len(pages) >= 3
        assert all(len(page.entries) <= 1 for page in pages)
        assert list(client.list_orders(1, executor=5)) == [entry for page in pages for entry in page.entries]

        changed = client.change_order(second["id"], {"organization": 1, "done": True})
        assert changed == {"description": "Second", "executor": 5, "done": True}
        replaced = client.replace_order(first["id"], {"organization": 1, "description": "1st", "executor": 5})
        assert replaced == {"description": "1st", "executor": 5}
        assert second["id"] in [order["id"] for order in client.list_orders(1, done=True)]
        for order in (first, second):
            client.delete_order(order["id"], {"organization": 1})
        with pytest.raises(ApiError) as gone:
            client.show_order(first["id"])
        assert (gone.value.status, gone.value.message) == (404, "Not found.")

        client.sign_out_user()
        assert client.tokens is None
        with pytest.raises(ApiError) as unsigned:
            client.list_orders(1).first_page()
        assert unsigned.value.status == 401


def customer(base_url: str) -> None:
    """Register, log in, come back with an expired token, fill the bucket, order, cancel, log out."""
    with CustomerClient(base_url) as client:
        registration = _registration()
        uuid = client.register_customer(registration)["uuid"]
        credentials: Login = {"username": registration["username"], "password": registration["password"]}
        logged_in = client.log_in_customer(credentials)
    with CustomerClient(base_url, tokens={"access": "expired", "refresh": logged_in["refresh"]}) as client:
        left = client.show_product(TELEWIZOR)["quantity"]

        added = client.add_to_bucket({"product": TELEWIZOR, "quantity": 2})
        assert added == {"customer": uuid, "quantity": 2, "product": TELEWIZOR, "value": 3000.0}
        with pytest.raises(ApiError) as twice:
            client.add_to_bucket({"product": TELEWIZOR, "quantity": 1})
        assert (twice.value.status, twice.value.code) == (409, 1041)
        (line,) = client.list_bucket()
        assert client.change_bucket_line(line["bucket_uuid"], {"quantity": 1}) == {"quantity": 1}

        placed = client.place_order({"payment": "cash"})
        order, lines = client.show_my_order(placed["order_uuid"])
        assert (order["status"], order["sum"], [line["quantity"] for line in lines]) == (
            "new",
            "3000.00",
            [1],
        )
        assert client.cancel_order(placed["order_uuid"]) == {"status": "OK", "message": "updated"}
        assert [order["status"] for order in client.list_my_orders(status="returned")] == ["returned"]
        assert client.show_product(TELEWIZOR)["quantity"] == left

        client.log_out_customer()
        assert client.tokens is None


async def staff_async(base_url: str) -> None:
    """Do the staff's story as tasks do."""
    async with AsyncStaffClient(base_url) as client:
        await client.sign_in_user({"email": "user3@gmail.com", "password": "user3user3"})
        for description in ("First", "Second"):
            assert await client.create_order(_order(description)) == _order(description)

        pages = [page async for page in client.list_orders(1, executor=5, limit=1).pages()]
        second, first = [order for page in pages for order in page.entries][:2]
        assert [order["description"] for order in (second, first)] == ["Second", "First"]
        assert len(pages) >= 3

        changed = await client.change_order(second["id"], {"organization": 1, "done": True})
        assert changed["description"] == "Second"
        for order in (first, second):
            await client.delete_order(order["id"], {"organization": 1})
        remaining = [order["id"] async for order in client.list_orders(1)]
        assert not {first["id"], second["id"]} & set(remaining)
        await client.sign_out_user()


async def customer_async(base_url: str) -> None:
    """Do the customer's story as tasks do."""
    async with AsyncCustomerClient(base_url) as client:
        registration = _registration()
        await client.register_customer(registration)
        await client.log_in_customer(
            {"username": registration["username"], "password": registration["password"]}
        )
        await client.add_to_bucket({"product": TELEWIZOR, "quantity": 1})
        (line,) = [line async for line in client.list_bucket()]
        assert line["product"] == TELEWIZOR

        placed = await client.place_order({"payment": "cash"})
        order, _ = await client.show_my_order(placed["order_uuid"])
        assert order["sum"] == "3000.00"
        await client.cancel_order(placed["order_uuid"])
        with pytest.raises(ApiError) as again:
            await client.cancel_order(placed["order_uuid"])
        assert (again.value.status, again.value.code) == (409, 1003)
        await client.log_out_customer()
