import createFetchClient, { type Client } from "openapi-fetch";

import { answer } from "./answer.js";
import type { components, paths } from "./schema.js";
import { Session, type SessionOptions, type TokenPair } from "./session.js";

export { type Call, answer } from "./answer.js";
export { ApiError } from "./errors.js";
export { type Entry, type PageQuery, entries, pages } from "./pages.js";
export type { components, operations, paths } from "./schema.js";
export type { SessionOptions, TokenPair } from "./session.js";

/** The schemas of the API document, by name. */
export type Schemas = components["schemas"];

/** A client of openapi-fetch with a session: `GET`, `POST` and so on take the paths of the API document. */
export interface ApiClient<Credentials, SignedIn> extends Client<paths> {
  /** Sign in, and go on as that account. */
  signIn(credentials: Credentials): Promise<SignedIn>;
  /** End the session. */
  signOut(): Promise<void>;
  /** The tokens of who is signed in. */
  tokens(): TokenPair | undefined;
}

export type StaffClient = ApiClient<Schemas["Credentials"], Schemas["Tokens"]>;
export type CustomerClient = ApiClient<Schemas["Login"], Schemas["LoggedIn"]>;

/** A client for staff: the Orders API and the shop's administration. */
export function createStaffClient(options: SessionOptions): StaffClient {
  const session = new Session(options, "/users/auth/token/refresh/");
  const client = createFetchClient<paths>({ baseUrl: options.baseUrl, fetch: session.fetch });
  return {
    ...client,
    tokens: () => session.tokens,
    signIn: async (body) => {
      const tokens = await answer(client.POST("/users/auth/token/", { body, fetch: session.fetchUnsigned }));
      session.begin(tokens);
      return tokens;
    },
    signOut: async () => {
      await answer(client.POST("/users/auth/logout/"));
      session.end();
    },
  };
}

/** A client for customers of the shop. */
export function createCustomerClient(options: SessionOptions): CustomerClient {
  const session = new Session(options, "/api/token/refresh");
  const client = createFetchClient<paths>({ baseUrl: options.baseUrl, fetch: session.fetch });
  return {
    ...client,
    tokens: () => session.tokens,
    signIn: async (body) => {
      const loggedIn = await answer(client.POST("/api/login", { body, fetch: session.fetchUnsigned }));
      session.begin(loggedIn);
      return loggedIn;
    },
    signOut: async () => {
      await answer(client.POST("/api/logout"));
      session.end();
    },
  };
}
