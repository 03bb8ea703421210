"""`/api/admin/customers…`."""

from urllib.parse import quote

import pytest

from tests.shop.envelopes import wrong_page_sizes
from tests.shop.refusals import NOT_FOUND, Told, invalid, told
from tests.support.late_items import visible_late
from tests.support.shop import PASSWORD, Administrator, Shop

NONE: Told = (200, {"count": 0, "next": None, "previous": None, "results": []})


def _found(*shown: dict[str, str]) -> tuple[int, object]:
    return 200, {"count": len(shown), "next": None, "previous": None, "results": list(shown)}


def _shown(shop: Shop, administrator: Administrator) -> dict[str, str]:
    customer = shop.customer(first_name="Leia", city="Aldera")
    shown: dict[str, str] = administrator.call("GET", f"customers/{customer.uuid}").json
    return shown


def test_a_customer_is_shown_without_the_password(shop: Shop, administrator: Administrator) -> None:
    customer = shop.customer(first_name="Leia", city="Aldera")

    answer = administrator.call("GET", f"customers/{customer.uuid}")

    expected = {
        "uuid": customer.uuid,
        "username": customer.username,
        "first_name": "Leia",
        "last_name": "",
        "email": customer.email,
        "phone": "",
        "city": "Aldera",
    }
    assert told(answer) == (200, expected)
    assert list(answer.json) == list(expected)


@pytest.mark.parametrize("uuid", ["00000000-0000-4000-8000-000000000000", "1", "%23"])
def test_a_customer_that_is_not_there_is_not_found(administrator: Administrator, uuid: str) -> None:
    assert told(administrator.call("GET", f"customers/{uuid}")) == NOT_FOUND


def test_a_customer_is_found_by_username_without_case(shop: Shop, administrator: Administrator) -> None:
    shown = _shown(shop, administrator)

    for username in (shown["username"], shown["username"].upper()):
        assert told(administrator.call("GET", f"customers?username={username}")) == _found(shown)


def test_a_customer_is_found_by_email_without_case(shop: Shop, administrator: Administrator) -> None:
    shown = _shown(shop, administrator)

    for email in (shown["email"], shown["email"].upper()):
        assert told(administrator.call("GET", f"customers?email={quote(email)}")) == _found(shown)


def test_both_filters_must_fit(shop: Shop, administrator: Administrator) -> None:
    shown, other = _shown(shop, administrator), shop.customer()

    fitting = f"customers?username={shown['username']}&email={quote(shown['email'].upper())}"
    unfitting = f"customers?username={shown['username']}&email={quote(other.email)}"

    assert told(administrator.call("GET", fitting)) == _found(shown)
    assert told(administrator.call("GET", unfitting)) == NONE


@pytest.mark.parametrize(
    "query",
    [
        "username=nobody",
        "email=nobody@shop.example",
        "username=%23&email=x",
        f"username={5_000 * 'x'}",
        f"email={5_000 * 'x'}",
        f"username={1_900 * '%23'}",
        f"email={600 * '%F0%9F%98%80'}",
        f"username={150 * '%EF%B7%BA'}",
        "username=%00",
        "email=%ED%A0%BD@shop.example",
    ],
    ids=lambda query: query[:30],
)
def test_a_username_or_email_that_nobody_has_finds_nobody(administrator: Administrator, query: str) -> None:
    assert told(administrator.call("GET", f"customers?{query}")) == NONE


@pytest.mark.parametrize("name", ["username", "email"])
def test_a_filter_is_given_once(administrator: Administrator, name: str) -> None:
    answer = administrator.call("GET", f"customers?{name}=a&{name}=b")

    assert told(answer) == invalid(**{name: ["Give this parameter once."]})


def test_a_customer_is_found_in_two_calls(shop: Shop, administrator: Administrator) -> None:
    customer = shop.customer()

    with shop.world.count_calls() as counter:
        administrator.call("GET", f"customers?username={customer.username}")

    assert counter.calls == ["BatchGetItem"] * 2


def test_an_empty_filter_leaves_nobody_out(shop: Shop, administrator: Administrator) -> None:
    shown = _shown(shop, administrator)

    unfiltered = told(administrator.call("GET", "customers?page_size=100"))

    assert shown in unfiltered[1]["results"]
    assert told(administrator.call("GET", "customers?username=&email=&page_size=100")) == unfiltered


def test_a_wrong_page_size_is_named(administrator: Administrator) -> None:
    wrong_page_sizes(administrator.call, "customers")
    wrong_page_sizes(administrator.call, "customers?username=a")


def test_a_customer_is_found_however_the_name_is_spelled(shop: Shop, administrator: Administrator) -> None:
    customer = shop.customer(username="Jos\u00e9Found", email="jos\u00e9found@shop.example")

    for query in ("username=jose\u0301found", "email=JOSE\u0301FOUND@shop.example"):
        listed = administrator.call("GET", f"customers?{quote(query, safe='=')}").json
        assert [found["uuid"] for found in listed["results"]] == [customer.uuid]


@pytest.mark.parametrize("leaves", [False, True])
@pytest.mark.parametrize("field", ["username", "email"])
def test_nobody_is_found_by_what_is_not_theirs_any_more(
    shop: Shop, administrator: Administrator, field: str, leaves: bool
) -> None:
    shopper = shop.shopper()
    body = {"username": f"new.{shopper.customer.username}", "email": f"new.{shopper.customer.email}"}
    method, given = ("DELETE", {"password": PASSWORD}) if leaves else ("PUT", body)
    wanted = getattr(shopper.customer, field)

    with visible_late(
        shop.world, lambda: shopper.call(method, f"/api/profile/{shopper.uuid}", given), "/GUARD"
    ):
        assert told(administrator.call("GET", f"customers?{field}={wanted}")) == NONE
