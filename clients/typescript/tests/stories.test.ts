/** What the two documents tell, against the API at API_URL with the demo data. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import {
  ApiError,
  answer,
  createCustomerClient,
  createStaffClient,
  entries,
  pages,
  type Schemas,
} from "orders-and-shop-client";

const baseUrl = process.env.API_URL;
assert(baseUrl, "API_URL names the API");

const TELEWIZOR = "561f3505-018f-4352-bcda-c6d00092eea1";

function newOrder(description: string): Schemas["NewOrder"] {
  return { organization: 1, description, creator: 5, executor: 5, client: 1, service: 1 };
}

test("staff sign in, order, list with several pages, change and delete", async () => {
  const { refresh } = await createStaffClient({ baseUrl }).signIn({ email: "user3@gmail.com", password: "user3user3" });
  const staff = createStaffClient({ baseUrl, tokens: { access: "expired", refresh } });
  for (const description of ["First", "Second"]) {
    const created = await answer(staff.POST("/orders/order-c/", { body: newOrder(description) }));
    assert.deepEqual(created, newOrder(description));
  }

  const path = { organization: 1 };
  const list = (page: { cursor?: string }) =>
    staff.GET("/orders/order-l/{organization}/", { params: { path, query: { executor: 5, limit: 1, ...page } } });
  const orders: Schemas["OrderObject"][] = [];
  let count = 0;
  for await (const page of pages(list)) {
    assert(page.length <= 1);
    orders.push(...page);
    count += 1;
  }
  assert(count >= 3);
  const [second, first] = orders;
  assert(first !== undefined && second !== undefined);
  assert.deepEqual([first.description, second.description], ["First", "Second"]);

  const changed = await answer(
    staff.PATCH("/orders/order-ud/{id}/", {
      params: { path: { id: second.id } },
      body: { organization: 1, done: true },
    }),
  );
  assert.deepEqual(changed, { description: "Second", executor: 5, done: true });
  for (const { id } of [first, second]) {
    const deletion = { params: { path: { id } }, body: { organization: 1 } };
    assert.equal(await answer(staff.DELETE("/orders/order-ud/{id}/", deletion)), undefined);
  }
  await assert.rejects(
    answer(staff.GET("/orders/order-r/{id}/", { params: { path: { id: first.id } } })),
    (error) => error instanceof ApiError && error.status === 404 && error.message === "404: Not found.",
  );

  await staff.signOut();
  assert.equal(staff.tokens(), undefined);
  await assert.rejects(answer(list({})), (error) => error instanceof ApiError && error.status === 401);
});

test("a customer registers, fills the bucket, orders and cancels", async () => {
  const customer = createCustomerClient({ baseUrl });
  const username = `leia-${randomUUID().slice(0, 12)}`;
  const body = { username, password: "longenough", email: `${username}@example.com` };
  const { uuid } = await answer(customer.POST("/api/register", { body }));
  await customer.signIn({ username, password: "longenough" });
  const line = { product: TELEWIZOR, quantity: 1 };
  assert.deepEqual(await answer(customer.POST("/api/bucket", { body: line })), {
    customer: uuid,
    quantity: 1,
    product: TELEWIZOR,
    value: 3000,
  });
  await assert.rejects(
    answer(customer.POST("/api/bucket", { body: line })),
    (error) => error instanceof ApiError && error.status === 409 && error.code === 1041,
  );
  const bucket = [];
  for await (const { product, quantity } of entries((page) => customer.GET("/api/bucket", { params: { query: page } }))) {
    bucket.push({ product, quantity });
  }
  assert.deepEqual(bucket, [line]);

  const placed = await answer(customer.POST("/api/orders", { body: { payment: "cash" } }));
  const path = { uuid: placed.order_uuid };
  const [order, lines] = await answer(customer.GET("/api/orders/{uuid}", { params: { path } }));
  assert.deepEqual([order.status, order.sum, lines.map(({ quantity }) => quantity)], ["new", "3000.00", [1]]);
  const cancelled = await answer(customer.POST("/api/orders/{uuid}/set_canceled", { params: { path } }));
  assert.deepEqual(cancelled, { status: "OK", message: "updated" });
  await customer.signOut();
});

test("the shop's products are walked page by page, with their uuids", async () => {
  const shop = createCustomerClient({ baseUrl });
  const names: string[] = [];

  const list = (page: { cursor?: string }) => shop.GET("/api/products", { params: { query: { page_size: 1, ...page } } });
  for await (const [uuid, product] of entries(list)) {
    assert.match(uuid, /^[0-9a-f-]{36}$/);
    names.push(product.name);
  }

  assert.deepEqual(names.sort(), ["telefon", "telewizor"]);
});
