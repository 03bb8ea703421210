/** When the client refreshes, waits, repeats and gives up, and what its errors say. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { type ApiError, answer, createCustomerClient, createStaffClient, entries, type TokenPair } from "orders-and-shop-client";

const BASE = "https://api.example/v1";
const STALE: TokenPair = { access: "old", refresh: "first" };
const FRESH = { access: "new", refresh: "second", expired_at: 300 };

/** An API that gives these answers one after the other, and what it was asked. */
function api(...answers: Response[]) {
  const asked: { path: string; query: string; authorization: string | null; body: string }[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname: path, search: query, host } = new URL(request.url);
    assert.equal(host, "api.example");
    asked.push({ path, query, authorization: request.headers.get("Authorization"), body: await request.text() });
    const next = answers.shift();
    assert(next !== undefined, `${path} was not expected`);
    return next;
  };
  return { asked, fetch, paths: () => asked.map(({ path }) => path) };
}

function said(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

const refused = () => said({ detail: "Given token not valid.", code: "token_not_valid", messages: [] }, 401);
const busy = (status: number, seconds = "0") => said({ detail: "Later." }, status, { "Retry-After": seconds });
const user = (client: ReturnType<typeof createStaffClient>) =>
  answer(client.GET("/users/user/{id}/", { params: { path: { id: 5 } } }));
const order = (client: ReturnType<typeof createCustomerClient>, headers = {}) =>
  answer(client.POST("/api/orders", { body: { payment: "cash" }, headers }));

test("a refused token is refreshed and the call made again", async () => {
  const { asked, fetch } = api(refused(), said(FRESH), said({ id: 5 }));
  const kept: (TokenPair | undefined)[] = [];

  await user(createStaffClient({ baseUrl: BASE, tokens: STALE, fetch, onTokens: (pair) => kept.push(pair) }));

  assert.deepEqual(asked.map(({ path, authorization }) => [path, authorization]), [
    ["/v1/users/user/5/", "Bearer old"],
    ["/v1/users/auth/token/refresh/", null],
    ["/v1/users/user/5/", "Bearer new"],
  ]);
  assert.equal(asked[1]?.body, '{"refresh":"first"}');
  assert.deepEqual(kept, [{ access: "new", refresh: "second" }]);
});

test("a write whose token was refused is sent again with its body", async () => {
  const message = "Given token not valid for any token type";
  const { asked, fetch } = api(said({ message }, 403), said(FRESH), said({ sum: "1.00" }));

  await order(createCustomerClient({ baseUrl: BASE, tokens: STALE, fetch }));

  assert.deepEqual([asked[0]?.body, asked[2]?.body], ['{"payment":"cash"}', '{"payment":"cash"}']);
});

test("a token about to expire is refreshed before the call", async () => {
  const { paths, fetch } = api(said({ ...FRESH, expired_at: 5 }), said(FRESH), said({ id: 5 }));
  const client = createStaffClient({ baseUrl: BASE, fetch });

  await client.signIn({ email: "user3@gmail.com", password: "user3user3" });
  await user(client);

  assert.deepEqual(paths(), ["/v1/users/auth/token/", "/v1/users/auth/token/refresh/", "/v1/users/user/5/"]);
});

test("calls at the same time refresh once", async () => {
  const { paths, fetch } = api(refused(), refused(), said(FRESH), said({ id: 5 }), said({ id: 5 }));
  const client = createStaffClient({ baseUrl: BASE, tokens: STALE, fetch });

  await Promise.all([user(client), user(client)]);

  assert.equal(paths().filter((path) => path.endsWith("/refresh/")).length, 1);
});

test("a session that is over is told", async () => {
  const { fetch } = api(refused(), refused());

  await assert.rejects(user(createStaffClient({ baseUrl: BASE, tokens: STALE, fetch })), {
    name: "ApiError",
    message: "401: Given token not valid.",
    code: "token_not_valid",
  });
});

for (const status of [429, 503]) {
  test(`a GET is made again after the pause of a ${status}, once`, async () => {
    const { paths, fetch } = api(busy(status), said({ id: 5 }), busy(status), busy(status));
    const client = createStaffClient({ baseUrl: BASE, tokens: STALE, fetch });

    await user(client);
    await assert.rejects(user(client), { status, retryAfter: 0 });

    assert.equal(paths().length, 4);
  });
}

test("a longer pause than allowed is told at once", async () => {
  const { fetch } = api(busy(429, "11"));

  await assert.rejects(user(createStaffClient({ baseUrl: BASE, tokens: STALE, fetch })), { retryAfter: 11 });
});

test("a write that may have happened is made again only with an idempotency key", async () => {
  const { paths, fetch } = api(busy(503), busy(503), said({ sum: "1.00" }));
  const client = createCustomerClient({ baseUrl: BASE, tokens: STALE, fetch });

  await assert.rejects(order(client), { status: 503 });
  await order(client, { "Idempotency-Key": "abc" });

  assert.equal(paths().length, 3);
});

test("linked pages are followed past an empty one and never to another host", async () => {
  const Link = '<https://elsewhere.example/orders/order-l/1/?limit=2&cursor=a%2Fb>; rel="next"';
  const { asked, fetch } = api(said([{ id: 1 }], 200, { Link }), said([], 200, { Link }), said([{ id: 2 }]));
  const client = createStaffClient({ baseUrl: BASE, tokens: STALE, fetch });
  const ids: number[] = [];

  for await (const { id } of entries((page) =>
    client.GET("/orders/order-l/{organization}/", { params: { path: { organization: 1 }, query: { limit: 2, ...page } } }),
  )) {
    ids.push(id);
  }

  assert.deepEqual(ids, [1, 2]);
  assert.deepEqual(asked.map(({ query }) => query), ["?limit=2", "?limit=2&cursor=a%2Fb", "?limit=2&cursor=a%2Fb"]);
});

test("an error says what the answer says", async () => {
  const invalid = { message: "Validation error.", details: { email: ["No."] } };
  const { fetch } = api(
    said({ name: ["Blank.", "Short."] }, 400, { "X-Request-Id": "abc" }),
    said(invalid, 400),
    new Response("<html>", { status: 502, statusText: "Bad Gateway" }),
  );
  const client = createStaffClient({ baseUrl: BASE, tokens: STALE, fetch });
  const failure = (): Promise<ApiError> =>
    user(client).then(
      () => assert.fail("it was not refused"),
      (error: unknown) => error as ApiError,
    );

  const fields = await failure();
  assert.deepEqual(
    [fields.message, fields.details, fields.requestId, fields.code],
    ["400: name: Blank. Short.", { name: ["Blank.", "Short."] }, "abc", undefined],
  );
  const shop = await failure();
  assert.deepEqual([shop.message, shop.details, shop.body], ["400: Validation error.", { email: ["No."] }, invalid]);
  const gateway = await failure();
  assert.deepEqual([gateway.message, gateway.body], ["502: Bad Gateway", "<html>"]);
});
