"""When the Python client refreshes, waits, repeats and gives up, and what its errors say."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from orders_and_shop import ApiError, CustomerClient, StaffClient, TokenPair

REFUSED = httpx.Response(
    401, json={"detail": "Given token not valid.", "code": "token_not_valid", "messages": []}
)
SHOP_REFUSED = httpx.Response(403, json={"message": "Given token not valid for any token type"})
STALE: TokenPair = {"access": "old", "refresh": "first"}
FRESH = {"access": "new", "refresh": "second", "expired_at": 300}

Answers = Callable[[httpx.Request], httpx.Response]


class Api:
    """Answers as it is told to, and keeps what it was asked."""

    def __init__(self, *answers: httpx.Response | Answers) -> None:
        self._answers: Iterator[httpx.Response | Answers] = iter(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = next(self._answers)
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def calls(self) -> list[tuple[str, str | None]]:
        """The path and the access token of each request."""
        return [(asked.url.path, asked.headers.get("Authorization")) for asked in self.asked]

    def staff(self, **options: Any) -> StaffClient:
        """Return a client of it."""
        return StaffClient("https://api.example/v1", http=self._http(), **options)

    def customer(self, **options: Any) -> CustomerClient:
        """Return a client of it."""
        return CustomerClient("https://api.example/v1/", http=self._http(), **options)

    def _http(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self))


def _busy(status: int, seconds: str = "0") -> httpx.Response:
    return httpx.Response(status, json={"detail": "Later."}, headers={"Retry-After": seconds})


def _ok(body: Any, **headers: str) -> httpx.Response:
    return httpx.Response(200, json=body, headers=headers)


def test_a_refused_token_is_refreshed_and_the_call_made_again() -> None:
    api = Api(REFUSED, _ok(FRESH), _ok({"id": 5}))
    kept: list[TokenPair | None] = []

    assert api.staff(tokens=STALE, on_tokens=kept.append).show_user(5)["id"] == 5

    assert api.calls == [
        ("/v1/users/user/5/", "Bearer old"),
        ("/v1/users/auth/token/refresh/", None),
        ("/v1/users/user/5/", "Bearer new"),
    ]
    assert json.loads(api.asked[1].content) == {"refresh": "first"}
    assert kept == [{"access": "new", "refresh": "second"}]


def test_a_token_refused_by_the_shop_is_refreshed_as_well() -> None:
    api = Api(SHOP_REFUSED, _ok(FRESH), _ok({"status": "OK", "message": "product removed"}))

    assert api.customer(tokens=STALE).remove_bucket_line("some")["status"] == "OK"

    assert [path for path, _ in api.calls] == [
        "/v1/api/bucket/some",
        "/v1/api/token/refresh",
        "/v1/api/bucket/some",
    ]


def test_a_token_about_to_expire_is_refreshed_before_the_call() -> None:
    expiring = {"access": "old", "refresh": "first", "expired_at": 5}
    api = Api(_ok(expiring), _ok(FRESH), _ok({"id": 5}))
    client = api.staff()

    client.sign_in_user({"email": "user3@gmail.com", "password": "user3user3"})
    client.show_user(5)

    assert [path for path, _ in api.calls] == [
        "/v1/users/auth/token/",
        "/v1/users/auth/token/refresh/",
        "/v1/users/user/5/",
    ]
    assert client.tokens == {"access": "new", "refresh": "second"}


def test_a_session_that_is_over_is_told() -> None:
    api = Api(REFUSED, REFUSED)

    with pytest.raises(ApiError, match="401, token_not_valid: Given token not valid"):
        api.staff(tokens=STALE).show_user(5)

    assert len(api.asked) == 2


def test_threads_that_share_a_client_refresh_once() -> None:
    refreshed: list[bool] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/refresh/"):
            refreshed.append(True)
            return _ok(FRESH)
        return _ok({"id": 5}) if request.headers["Authorization"] == "Bearer new" else REFUSED

    client = Api(*[answer] * 100).staff(tokens=STALE)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(client.show_user, [5] * 20))

    assert [user["id"] for user in found] == [5] * 20
    assert refreshed == [True]


def test_a_wrong_password_refreshes_nothing() -> None:
    api = Api(httpx.Response(401, json={"detail": "No active account found with the given credentials"}))

    with pytest.raises(ApiError) as refused:
        api.staff(tokens=STALE).sign_in_user({"email": "user3@gmail.com", "password": "wrong"})

    assert (refused.value.status, len(api.asked)) == (401, 1)


@pytest.mark.parametrize("status", [429, 503])
def test_a_get_is_made_again_after_the_pause(status: int) -> None:
    api = Api(_busy(status), _ok({"id": 5}))

    assert api.staff(tokens=STALE).show_user(5)["id"] == 5


@pytest.mark.parametrize("status", [429, 503])
def test_a_call_is_made_again_only_once(status: int) -> None:
    api = Api(_busy(status), _busy(status))

    with pytest.raises(ApiError) as refused:
        api.staff(tokens=STALE).show_user(5)

    assert (refused.value.status, refused.value.retry_after, len(api.asked)) == (status, 0, 2)


def test_a_longer_pause_than_allowed_is_told_at_once() -> None:
    api = Api(_busy(429, "11"))

    with pytest.raises(ApiError) as refused:
        api.staff(tokens=STALE).show_user(5)

    assert (refused.value.retry_after, len(api.asked)) == (11, 1)


def test_a_write_that_may_have_happened_is_not_made_again() -> None:
    api = Api(_busy(503))

    with pytest.raises(ApiError):
        api.customer(tokens=STALE).place_order({"payment": "cash"})

    assert len(api.asked) == 1


def test_a_write_with_an_idempotency_key_is_made_again_with_the_same_one() -> None:
    api = Api(_busy(503), _ok({"sum": "1.00"}))

    api.customer(tokens=STALE).place_order({"payment": "cash"}, headers={"Idempotency-Key": "abc"})

    assert [asked.headers["Idempotency-Key"] for asked in api.asked] == ["abc", "abc"]
    assert [json.loads(asked.content) for asked in api.asked] == [{"payment": "cash"}] * 2


def test_a_write_that_was_refused_for_its_rate_is_made_again() -> None:
    api = Api(_busy(429), _ok({"sum": "1.00"}))

    assert api.customer(tokens=STALE).place_order({"payment": "cash"}) == {"sum": "1.00"}


def test_linked_pages_are_followed_past_an_empty_one_and_never_to_another_host() -> None:
    more = '<https://elsewhere.example/orders/order-l/1/?limit=2&cursor=a%2Fb>; rel="next"'
    api = Api(_ok([{"id": 1}], Link=more), _ok([], Link=more), _ok([{"id": 2}]))

    found = [order["id"] for order in api.staff(tokens=STALE).list_orders(1, done=False, limit=2)]

    assert found == [1, 2]
    assert {asked.url.host for asked in api.asked} == {"api.example"}
    assert [dict(asked.url.params) for asked in api.asked] == [
        {"done": "false", "limit": "2"},
        {"limit": "2", "cursor": "a/b"},
        {"limit": "2", "cursor": "a/b"},
    ]


def test_envelopes_are_followed_by_their_next() -> None:
    first = {
        "count": 2,
        "next": "https://api.example/api/products?cursor=x",
        "previous": None,
        "results": {"a": {}},
    }
    last: dict[str, Any] = {"count": 2, "next": None, "previous": None, "results": {"b": {}}}
    api = Api(_ok(first), _ok(last))

    assert [uuid for uuid, _ in api.customer().list_products()] == ["a", "b"]


def test_nothing_is_asked_before_a_list_is_walked() -> None:
    api = Api()

    api.customer().list_products()

    assert api.asked == []


@pytest.mark.parametrize(
    ("answer", "code", "message", "details"),
    [
        ({"detail": "Not found."}, None, "Not found.", {}),
        ({"code": 1043, "message": "not enough"}, 1043, "not enough", {}),
        ({"name": ["Blank.", "Short."]}, None, "name: Blank. Short.", {"name": ["Blank.", "Short."]}),
        (
            {"message": "Validation error.", "details": {"email": ["No."]}},
            None,
            "Validation error.",
            {"email": ["No."]},
        ),
    ],
)
def test_an_error_says_what_the_answer_says(
    answer: dict[str, Any], code: int | None, message: str, details: dict[str, list[str]]
) -> None:
    api = Api(httpx.Response(400, json=answer, headers={"X-Request-Id": "abc"}))

    with pytest.raises(ApiError) as refused:
        api.customer().show_product("some")

    error = refused.value
    assert (error.status, error.code, error.message, error.details) == (400, code, message, details)
    assert (error.body, error.request_id) == (answer, "abc")


def test_an_error_that_is_no_json_keeps_its_text() -> None:
    api = Api(httpx.Response(502, text="<html>"))

    with pytest.raises(ApiError) as refused:
        api.customer().show_product("some")

    assert (refused.value.body, refused.value.message) == ("<html>", "Bad Gateway")


def test_what_names_a_thing_cannot_lead_to_another_path() -> None:
    api = Api(_ok({}))

    api.customer().show_product("../admin/orders?x")

    assert api.asked[0].url.raw_path == b"/v1/api/products/..%2Fadmin%2Forders%3Fx"
