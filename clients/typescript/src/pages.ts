import { type Call, answer } from "./answer.js";

/** The query that asks for a page: none for the first one. */
export interface PageQuery {
  cursor?: string;
}

/** What a page lists: objects, or pairs of a uuid and an object. */
export type Entry<Page> = Page extends readonly (infer E)[]
  ? E
  : Page extends { results: readonly (infer E)[] }
    ? E
    : Page extends { results: Readonly<Record<string, infer E>> }
      ? [string, E]
      : never;

/**
 * Walk the pages of a list, of both kinds: bare arrays with a `Link` header, and envelopes with `next`.
 *
 * @param ask makes the call with the query of the next page, after the query of its own.
 */
export async function* pages<Page>(ask: (page: PageQuery) => Call<Page>): AsyncGenerator<Page, void, void> {
  let query: PageQuery | undefined = {};
  while (query !== undefined) {
    const call = ask(query);
    const page = await answer(call);
    yield page;
    query = nextQuery(page, (await call).response);
  }
}

/** Walk the entries of a list. */
export async function* entries<Page>(ask: (page: PageQuery) => Call<Page>): AsyncGenerator<Entry<Page>, void, void> {
  for await (const page of pages(ask)) {
    const listed: unknown = Array.isArray(page) ? page : (page as { results: unknown }).results;
    yield* (Array.isArray(listed) ? listed : Object.entries(listed as object)) as Iterable<Entry<Page>>;
  }
}

/** The next page's cursor: the call's own address and parameters stay, so that no token goes to another host. */
function nextQuery(page: unknown, response: Response): PageQuery | undefined {
  const address = Array.isArray(page) ? linked(response.headers.get("link") ?? "") : (page as { next: string | null }).next;
  const cursor = address ? new URL(address).searchParams.get("cursor") : null;
  return cursor === null ? undefined : { cursor };
}

function linked(header: string): string | undefined {
  return /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(header)?.[1];
}
